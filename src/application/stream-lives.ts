import type { Call } from '#domain/call/call.state.js';
import type { IconSession } from '#domain/icon-session/icon-session.state.js';
import type { StreamCategory } from '#domain/kernel/ids.js';

/** How long streams of one kind go on, which settles how their states are remembered. */
export type StreamLife =
  /**
   * As long as the installation: each call adds to it. There are as many as were configured, so their states are kept in
   * memory and in snapshots. `version`: to be raised with every change of what the decider makes of events.
   */
  | Readonly<{ goes: 'on'; version: number }>
  /** As long as a call, and a page of the log: it is read again when something late is said of it. */
  | Readonly<{ goes: 'with-a-call'; isOver: (state: unknown) => boolean }>;

const always = (): boolean => true;

export const streamLives: Readonly<Record<StreamCategory, StreamLife>> = {
  merchant: { goes: 'on', version: 1 },
  gateway: { goes: 'on', version: 1 },
  agent: { goes: 'on', version: 1 },
  queue: { goes: 'on', version: 1 },
  channels: { goes: 'on', version: 1 },
  access: { goes: 'on', version: 1 },
  webhook: { goes: 'on', version: 1 },
  clock: { goes: 'on', version: 1 },
  session: { goes: 'with-a-call', isOver: (state) => (state as IconSession).status === 'closed' },
  call: { goes: 'with-a-call', isOver: (state) => (state as Call).status === 'over' },
  // Two or three events each: as quickly read as remembered.
  pop: { goes: 'with-a-call', isOver: always },
  record: { goes: 'with-a-call', isOver: always },
  erasure: { goes: 'with-a-call', isOver: always },
};

export const goesOn = (category: string): boolean => streamLives[category as StreamCategory].goes === 'on';
