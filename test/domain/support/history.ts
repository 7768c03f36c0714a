import { expect } from 'chai';
import type { Decider } from '#domain/kernel/decider.js';

/** Shows that what happens later leaves every state before it as it was. */
export const expectStatesKept = <Command, State, Event, Reason extends string>(
  { initialState, evolve }: Pick<Decider<Command, State, Event, Reason>, 'initialState' | 'evolve'>,
  history: readonly Event[],
): void => {
  const states: State[] = [initialState];
  const asTheyWere: State[] = [structuredClone(initialState)];
  let state = initialState;
  for (const event of history) {
    state = evolve(state, event);
    states.push(state);
    asTheyWere.push(structuredClone(state));
  }
  expect(states).to.deep.equal(asTheyWere);
};
