import { io, type Socket } from 'socket.io-client';
import type { Clock } from '#domain/contracts/clock.js';
import type { IconReference } from '#domain/contracts/customer-desk.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { CustomerToServer, ServerToCustomer } from '#domain/views/live-messages.js';
import { isRobot } from './hire-robots.js';
import type { Note, Observation } from './observation.js';
import { partInCall } from './part-in-call.js';
import type { PlannedCall } from './planned-calls.js';

export type CustomerNeeds = Readonly<{
  server: string;
  clock: Clock;
  note: Note;
  /** The icon as it stands on the page. */
  icon: () => Promise<IconReference>;
  /** Places the click, and answers the token of the call window. */
  click: (icon: IconReference) => Promise<string>;
  /** The call is over for the customer. */
  over: () => void;
}>;

/** A customer in the middle of a call. */
export type CustomerRobot = Readonly<{
  /** The customer hears that somebody has answered, or has joined. */
  hears: (moment: 'established' | 'joined') => void;
  hangUp: () => void;
}>;

type Unnoted<Each = Observation> = Each extends Observation ? Omit<Each, 'call' | 'at'> : never;
type WindowSocket = Socket<ServerToCustomer, CustomerToServer>;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'not-reached';

/** A customer who clicks, waits, talks, looks at what is pushed, and does what the plan has for a customer. */
export const customerRobot = (planned: PlannedCall, needs: CustomerNeeds): CustomerRobot => {
  const { server, clock, icon, click, over } = needs;
  let socket: WindowSocket | undefined;
  let isOver = false;
  let hungUp = false;
  let windowSeen = false;
  const agentNames = new Set<string>();
  const pagesSeen = new Set<string>();

  const note = (observation: Unnoted): void => {
    needs.note({ ...observation, call: planned.index, at: clock.now() });
  };

  const end = (): void => {
    isOver = true;
    part.dropAll();
    socket?.close();
    over();
  };

  const askToEnd = (): void => void socket?.emit('request', { type: 'hang-up' }, () => undefined);
  const hangUp = (): void => {
    if (isOver || hungUp) return;
    hungUp = true;
    note({ saw: 'customer-hangs-up' });
    askToEnd();
  };

  const part = partInCall({ actor: 'customer', actions: planned.actions, clock, perform: hangUp });

  const meets = (agentName: string): void => {
    if (agentNames.has(agentName)) return;
    agentNames.add(agentName);
    note({ saw: 'answered', agentName });
    // A robot's answer is heard from the robot; a person's is only seen.
    if (!isRobot(agentName)) part.reached('established');
  };

  const show = ({ pushId, url }: NonNullable<CallWindow['push']>): void => {
    if (pagesSeen.has(pushId)) return;
    pagesSeen.add(pushId);
    note({ saw: 'page', url });
    socket?.emit('request', { type: 'page-shown', pushId, url }, () => undefined);
  };

  const see = (window: CallWindow): void => {
    if (isOver) return;
    if (!windowSeen) note({ saw: 'window' });
    windowSeen = true;
    if (window.agentName !== undefined) meets(window.agentName);
    if (window.push) show(window.push);
    if (window.state !== 'ended' && window.state !== 'failed') return;
    note({ saw: 'window-over', state: window.state, cause: window.cause ?? 'unknown' });
    end();
  };

  const open = (token: string): void => {
    socket = io(`${server}/customer`, { auth: { token }, transports: ['websocket'], forceNew: true });
    socket.on('window', (_position, window) => {
      see(window);
    });
    if (hungUp) askToEnd();
  };

  const place = async (): Promise<void> => {
    const found = await icon();
    note({ saw: 'click' });
    part.reached('clicked');
    open(await click(found));
  };
  place().catch((error: unknown) => {
    note({ saw: 'click-refused', code: codeOf(error) });
    end();
  });
  return { hears: part.reached, hangUp };
};
