import type { AgentRequest } from '../contracts/agent-desk.js';
import type { CustomerRequest } from '../contracts/customer-desk.js';
import type { AgentDesktop, Colleague, DeskProfile, QueueGlance } from './agent-desktop.js';
import type { CallWindow } from './call-window.js';
import type { PopMessage } from './pop-message.js';

export type { PopMessage };

/** RFC 9457; `code` is the machine's word for `title`. */
export type Problem = Readonly<{ type: string; title: string; status: number; detail?: string; code: string }>;

export type Acknowledgement = Readonly<{ ok: true; position: number }> | Readonly<{ ok: false; problem: Problem }>;
type Answer = (answer: Acknowledgement) => void;

/** Namespace `/agent`. Handshake `auth`: `{ token, position? }`; with a position, pops after it are told first. */
export type ServerToAgent = {
  profile: (profile: DeskProfile) => void;
  desktop: (position: number, desktop: AgentDesktop) => void;
  'screen-pop': (pop: PopMessage) => void;
  queue: (queue: QueueGlance) => void;
};
export type AgentToServer = {
  request: (request: AgentRequest, answer: Answer) => void;
  colleagues: (answer: (colleagues: readonly Colleague[]) => void) => void;
};

/** Namespace `/customer`. Handshake `auth`: `{ token }`, as answered to the click. */
export type ServerToCustomer = { window: (position: number, window: CallWindow) => void };
export type CustomerToServer = {
  request: (request: CustomerRequest, answer: Answer) => void;
  /** The window is being closed: the call ends without waiting for the socket to time out. */
  closing: () => void;
};
