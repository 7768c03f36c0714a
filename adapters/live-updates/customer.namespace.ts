import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { AccessControl } from '#domain/contracts/access-control.js';
import type { CallWindowFeed, CustomerDesk } from '#domain/contracts/customer-desk.js';
import { platform, tenantOf, type IconSessionId } from '#domain/kernel/ids.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { CustomerToServer, ServerToCustomer } from '#domain/views/live-messages.js';
import { customerRequestSchema } from '../wire/customer.schemas.js';
import { parseRequest } from '../wire/parse-request.js';
import { problemOf } from '../wire/problems.js';
import { reportRateLimited } from '../wire/report-rate-limited.js';
import { admitted } from './admitted.js';
import { acknowledgementOf, ConnectionRefused, isAnswer, refusal, type Answer } from './answers.js';
import { guarded, type Edge } from './edge.js';
import { guardSocket } from './guard-socket.js';
import { addressBehind } from './handshake.js';
import { orderedRooms, type Snapshot } from './ordered-rooms.js';
import { presence } from './presence.js';

/** Clients send anything: what it is, the schemas say. */
type FromCustomer = { [Event in keyof CustomerToServer]: (...sent: unknown[]) => void };
type CustomerSeat = { sessionId: IconSessionId };
type CustomerSocket = Socket<FromCustomer, ServerToCustomer, DefaultEventsMap, CustomerSeat>;
export type CustomerNamespace = Namespace<FromCustomer, ServerToCustomer, DefaultEventsMap, CustomerSeat>;

export type CustomerNeeds = Edge &
  Readonly<{ access: Pick<AccessControl, 'verifyCustomerToken'>; desk: CustomerDesk; feed: CallWindowFeed }>;

const events: ReadonlySet<string> = new Set<keyof FromCustomer>(['request', 'closing']);

const windowRoom = (sessionId: IconSessionId): string => `${tenantOf(sessionId)}:window:${sessionId}`;

const windowOf = ({ desk }: CustomerNeeds, sessionId: IconSessionId): Snapshot<CallWindow> | undefined => {
  const found = desk.window(sessionId);
  return found && { position: found.position, screen: found.window };
};

/** @throws {ConnectionRefused} */
const admitCustomer = async (socket: CustomerSocket, needs: CustomerNeeds): Promise<CustomerSeat> => {
  const { token } = socket.handshake.auth as Readonly<{ token?: unknown }>;
  const verified =
    typeof token === 'string'
      ? await needs.access.verifyCustomerToken(token)
      : ({ outcome: 'invalid', reason: 'no-token' } as const);
  if (verified.outcome === 'valid') return verified.claims;
  const from = addressBehind(socket.handshake, needs.settings);
  needs.backOffice.recordRefusal(platform, { why: verified.reason, what: 'socket /customer', from });
  throw new ConnectionRefused(problemOf(verified.reason));
};

const answerRequests = (socket: CustomerSocket, { desk, log }: CustomerNeeds): void => {
  const ask = async (sent: unknown, answer: Answer): Promise<void> => {
    const parsed = parseRequest(customerRequestSchema, sent);
    if (!parsed.ok) {
      answer(refusal(parsed.problem));
      return;
    }
    try {
      answer(acknowledgementOf(await desk.request(socket.data.sessionId, parsed.value)));
    } catch (error) {
      log.error({ error, request: parsed.value.type }, 'a customer could not be answered');
      answer(refusal(problemOf('internal-error')));
    }
  };
  socket.on('request', (sent, given) => void ask(sent, isAnswer(given) ? given : () => undefined));
};

/** Namespace `/customer`: the call window of one click. */
export const serveCustomers = (namespace: CustomerNamespace, needs: CustomerNeeds): void => {
  const { desk, feed, log, closing } = needs;
  const windows = orderedRooms<CallWindow>((to, { position, screen }) => {
    namespace.to(to).emit('window', position, screen);
  });
  const present = presence<IconSessionId>();
  const safely = guarded(log, 'a call window could not be served');

  const keepPresence = (socket: CustomerSocket): void => {
    const { sessionId } = socket.data;
    let closed = false;
    if (present.enter(sessionId)) desk.present(sessionId);
    socket.on('closing', () => {
      safely(() => {
        if (closed) return;
        closed = true;
        desk.absent(sessionId, true);
      });
    });
    socket.on('disconnect', () => {
      safely(() => {
        if (!present.leave(sessionId)) return;
        windows.forget(windowRoom(sessionId));
        if (!closed && !closing()) desk.absent(sessionId, false);
      });
    });
  };

  namespace.use(admitted((socket) => admitCustomer(socket, needs), log));

  namespace.on('connection', (socket) => {
    const { sessionId } = socket.data;
    const from = addressBehind(socket.handshake, needs.settings);
    guardSocket(socket, {
      events,
      rate: needs.settings.rate,
      clock: needs.clock,
      onFlood: () => {
        reportRateLimited(needs, tenantOf(sessionId), { what: `socket of ${sessionId}`, from });
      },
    });
    safely(() => {
      keepPresence(socket);
      answerRequests(socket, needs);
      void socket.join(windowRoom(sessionId));
      windows.enter(windowRoom(sessionId), socket.id, windowOf(needs, sessionId));
    });
  });

  feed.onWindow((sessionId, position, window) => {
    windows.push(windowRoom(sessionId), { position, screen: window });
  });
};
