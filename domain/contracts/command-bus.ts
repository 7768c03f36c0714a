import type { TrunklineCommand } from '../commands.js';
import type { Actor } from '../kernel/message.js';

/** Where a command comes from. */
export type Cause = Readonly<{
  actor: Actor;
  /** The event or request that led to it; made up when left out. */
  causationId?: string;
  /** The first cause of the chain; the causation id when left out. */
  correlationId?: string;
}>;

/**
 * `accepted`: durable, or nothing new happened (then `events` is 0). `rejected`: a rule says no. `failed`: the log could
 * not take it; nothing is known to be written.
 */
export type CommandOutcome =
  | Readonly<{ outcome: 'accepted'; events: number; position: number }>
  | Readonly<{ outcome: 'rejected'; reason: string }>
  | Readonly<{ outcome: 'failed'; failure: string }>;

/** Takes commands to the aggregate they are addressed to. */
export interface CommandBus {
  dispatch(command: TrunklineCommand, cause: Cause): Promise<CommandOutcome>;
}
