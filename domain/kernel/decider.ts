import type { Instant } from './time.js';

/** Something asked for, or reported: `target` is the stream that decides, `at` the time by the source's clock. */
export type Command<Type extends string, Target extends string, Data = Readonly<Record<never, never>>> = Readonly<{
  type: Type;
  target: Target;
  at: Instant;
  data: Data;
}>;

/** A fact in the past tense. */
export type DomainEvent<Type extends string, Data = Readonly<Record<never, never>>> = Readonly<{
  type: Type;
  data: Data;
}>;

export type Decision<Event, Reason extends string = never> =
  Readonly<{ outcome: 'accepted'; events: readonly Event[] }> | Readonly<{ outcome: 'rejected'; reason: Reason }>;

/** Pure: same command and state, same decision. Time and ids arrive in the command. */
export type Decider<AnyCommand, State, Event, Reason extends string = never> = Readonly<{
  initialState: State;
  decide: (command: AnyCommand, state: State) => Decision<Event, Reason>;
  evolve: (state: State, event: Event) => State;
}>;

export const accept = <Event>(...events: readonly Event[]): Decision<Event> => ({ outcome: 'accepted', events });
export const reject = <Reason extends string>(reason: Reason): Decision<never, Reason> => ({
  outcome: 'rejected',
  reason,
});

/** A repeated or late report: already known, so nothing new happened. */
export const ignore: Decision<never> = accept();
