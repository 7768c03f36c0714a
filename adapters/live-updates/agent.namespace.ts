import type { AgentId } from '#domain/kernel/ids.js';
import type { AgentDesktop } from '#domain/views/agent-desktop.js';
import { agentRequestSchema } from '../wire/agent.schemas.js';
import { parseRequest } from '../wire/parse-request.js';
import { problemOf } from '../wire/problems.js';
import { reportRateLimited } from '../wire/report-rate-limited.js';
import { endedBecause } from '../wire/staff-session.js';
import { admitAgent } from './agent-admission.js';
import { agentRoom, popRoom, queueRoom, signInRoom } from './agent-socket.js';
import type { AgentNamespace, AgentNeeds, AgentSocket, FromAgent } from './agent-socket.js';
import { acknowledgementOf, isAnswer, refusal, type Answer } from './answers.js';
import { guarded } from './edge.js';
import { admitted } from './admitted.js';
import { guardSocket } from './guard-socket.js';
import { addressBehind } from './handshake.js';
import { orderedRooms, type OrderedRooms, type Snapshot } from './ordered-rooms.js';
import { popReplay, type PopReplay } from './pop-replay.js';
import { presence } from './presence.js';
import { tellCrowd } from './tell-crowd.js';

const events: ReadonlySet<string> = new Set<keyof FromAgent>(['request', 'colleagues']);

type Tools = Readonly<{ desktops: OrderedRooms<AgentDesktop>; pops: PopReplay }>;

const desktopOf = ({ desk }: AgentNeeds, agentId: AgentId): Snapshot<AgentDesktop> | undefined => {
  const found = desk.desktop(agentId);
  return found && { position: found.position, screen: found.desktop };
};

/** Everything that a desk shows, then what was missed; only after that, what happens from now on. */
const welcome = async (socket: AgentSocket, needs: AgentNeeds, { desktops, pops }: Tools): Promise<void> => {
  const { identity, centreId, position } = socket.data;
  const { agentId, merchantId, sessionId } = identity;
  await socket.join([agentRoom(agentId), queueRoom(centreId), signInRoom(merchantId, sessionId)]);
  const profile = needs.desk.profile(agentId);
  if (profile) socket.emit('profile', profile);
  desktops.enter(agentRoom(agentId), socket.id, desktopOf(needs, agentId));
  socket.emit('queue', needs.desk.queue(centreId));
  if (position !== undefined) {
    await pops.catchUp(agentId, position, (pop) => {
      socket.emit('screen-pop', pop);
    });
  }
  if (socket.connected) await socket.join(popRoom(agentId));
};

const answerRequests = (socket: AgentSocket, needs: AgentNeeds): void => {
  const { identity } = socket.data;

  /** Signed in still? If not, the answer says so and the socket goes. */
  const whileSignedIn = (answer: Answer, run: () => void): void => {
    const ended = endedBecause(identity, needs);
    if (!ended) {
      run();
      return;
    }
    answer(refusal(problemOf(ended)));
    socket.disconnect(true);
  };

  const ask = async (sent: unknown, answer: Answer): Promise<void> => {
    const parsed = parseRequest(agentRequestSchema, sent);
    if (!parsed.ok) {
      answer(refusal(parsed.problem));
      return;
    }
    try {
      answer(acknowledgementOf(await needs.desk.request(identity.agentId, parsed.value)));
    } catch (error) {
      needs.log.error({ error, request: parsed.value.type }, 'an agent could not be answered');
      answer(refusal(problemOf('internal-error')));
    }
  };

  socket.on('request', (sent, given) => {
    const answer: Answer = isAnswer(given) ? given : () => undefined;
    whileSignedIn(answer, () => void ask(sent, answer));
  });
  socket.on('colleagues', (given) => {
    if (!isAnswer(given)) return;
    whileSignedIn(given, () => {
      given(needs.desk.colleagues(identity.agentId));
    });
  });
};

const endWithSignIn = (socket: AgentSocket, { clock }: AgentNeeds): void => {
  const cancel = clock.schedule(Math.max(0, socket.data.identity.expiresAt - clock.now()), () => {
    socket.disconnect(true);
  });
  socket.on('disconnect', cancel);
};

const passOn = (namespace: AgentNamespace, { feed }: AgentNeeds, { desktops, pops }: Tools): void => {
  const watched = (room: string): boolean => namespace.adapter.rooms.has(room);

  feed.onDesktop((agentId, position, desktop) => {
    desktops.push(agentRoom(agentId), { position, screen: desktop });
  });
  feed.onPop((agentId, pop) => {
    if (watched(popRoom(agentId))) namespace.to(popRoom(agentId)).emit('screen-pop', pop);
    pops.happened(agentId, pop);
  });
  feed.onQueue((centreId, queue) => {
    tellCrowd(namespace, queueRoom(centreId), (some) => {
      some.emit('queue', queue);
    });
  });
  feed.onSignedOut((merchantId, sessionId) => {
    namespace.in(signInRoom(merchantId, sessionId)).disconnectSockets(true);
  });
};

/** A profile that changes may take the desk to another centre, or away. */
const followProfiles = (namespace: AgentNamespace, { feed }: AgentNeeds): void => {
  feed.onProfile((agentId, profile) => {
    const room = agentRoom(agentId);
    for (const id of namespace.adapter.rooms.get(room) ?? []) {
      const socket = namespace.sockets.get(id);
      if (!socket) continue;
      void socket.leave(queueRoom(socket.data.centreId));
      socket.data.centreId = profile.centreId;
      void socket.join(queueRoom(profile.centreId));
    }
    if (profile.roles.includes('agent')) namespace.to(room).emit('profile', profile);
    else namespace.in(room).disconnectSockets(true);
  });
};

/** Namespace `/agent`: desks, mirrored to every tab of an agent. */
export const serveAgents = (namespace: AgentNamespace, needs: AgentNeeds): void => {
  const { desk, log, closing } = needs;
  const pops = popReplay(desk);
  const desktops = orderedRooms<AgentDesktop>((to, { position, screen }) => {
    namespace.to(to).emit('desktop', position, screen);
  });
  const present = presence<AgentId>();
  const safely = guarded(log, 'an agent could not be seated');

  namespace.use(admitted((socket) => admitAgent(socket, needs), log));

  namespace.on('connection', (socket) => {
    const { agentId, merchantId } = socket.data.identity;
    const from = addressBehind(socket.handshake, needs.settings);
    guardSocket(socket, {
      events,
      rate: needs.settings.rate,
      clock: needs.clock,
      onFlood: () => {
        reportRateLimited(needs, merchantId, { what: `socket of ${agentId}`, from });
      },
    });
    safely(() => {
      if (present.enter(agentId)) desk.present(agentId);
    });
    socket.on('disconnect', () => {
      safely(() => {
        if (!present.leave(agentId)) return;
        desktops.forget(agentRoom(agentId));
        if (!closing()) desk.absent(agentId);
      });
    });
    endWithSignIn(socket, needs);
    answerRequests(socket, needs);
    welcome(socket, needs, { desktops, pops }).catch((error: unknown) => {
      log.error({ error, agentId }, 'an agent could not be shown what is on');
      // The client comes back by itself, with its position.
      socket.conn.close();
    });
  });

  passOn(namespace, needs, { desktops, pops });
  followProfiles(namespace, needs);
};
