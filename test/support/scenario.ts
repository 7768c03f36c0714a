import { expect } from 'chai';
import type { Decider } from '#domain/kernel/decider.js';

/** The three ends that a command can come to. Each fails the test unless it is exactly what the decider said. */
export type Outcome<Event, Reason extends string> = Readonly<{
  /** These events, all of them, in this order; at least one. */
  thenHappened: (...events: readonly Event[]) => void;
  /** Refused, for this reason. */
  thenRejected: (reason: Reason) => void;
  /** Known already: accepted, and nothing new happened. */
  thenNothing: () => void;
}>;

export type Given<Command, Event, Reason extends string> = (...history: readonly Event[]) => Readonly<{
  when: (command: Command) => Outcome<Event, Reason>;
}>;

/**
 * Tells a decider's stories: `given(...events).when(command).thenHappened(...events)`. Each story also shows that the
 * decider is pure: it leaves the state as it found it, and decides the same when it is asked again.
 */
export const scenarioFor =
  <Command, State, Event, Reason extends string>({
    initialState,
    decide,
    evolve,
  }: Decider<Command, State, Event, Reason>): Given<Command, Event, Reason> =>
  (...history) => ({
    when: (command) => {
      const lived = (): State => history.reduce<State>((state, event) => evolve(state, event), initialState);
      const state = lived();
      const untouched = structuredClone(state);
      const decision = decide(command, state);
      const after = [state, lived()];
      expect(after, 'a state is replaced, never changed in place').to.deep.equal([untouched, untouched]);
      expect(decide(command, state), 'the same command and state give the same decision').to.deep.equal(decision);
      return {
        thenHappened: (...events) => {
          expect(events, 'no event is thenNothing()').to.not.have.length(0);
          expect(decision).to.deep.equal({ outcome: 'accepted', events });
        },
        thenRejected: (reason) => {
          expect(decision).to.deep.equal({ outcome: 'rejected', reason });
        },
        thenNothing: () => {
          expect(decision).to.deep.equal({ outcome: 'accepted', events: [] });
        },
      };
    },
  });
