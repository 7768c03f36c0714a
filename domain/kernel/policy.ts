import type { TrunklineCommand } from '../commands.js';
import type { EventType, LogEventOf } from '../events.js';
import type { PolicyViews } from '../policies/views.js';

type WithoutTime<Command> = Command extends TrunklineCommand ? Omit<Command, 'at'> : never;
/** A command as a policy asks for it: its time is when the log took the event, by the log's own clock. */
export type Asked<Command extends TrunklineCommand = TrunklineCommand> = Readonly<WithoutTime<Command>>;

/**
 * When this has happened, that is to be asked for. Pure: it sees the event and folds of the log up to it. Its commands may
 * be dispatched again after a crash, so what it asks for must be nothing new the second time.
 */
export type Policy<Type extends EventType = EventType> = Readonly<{
  name: string;
  on: readonly Type[];
  decide: (event: LogEventOf<Type>, views: PolicyViews) => readonly Asked[];
}>;

export const policy = <Type extends EventType>(given: Policy<Type>): Policy<Type> => given;
