import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { partInCall, type PartInCall } from '#src/simulate/part-in-call.js';
import type { PlannedAction } from '#src/simulate/planned-actions.js';
import { fakeClock } from '#test/support/fake-clock.js';

const actions: readonly PlannedAction[] = [
  { by: 'customer', since: 'established', after: 50, do: 'hang-up' },
  { by: 'first-agent', since: 'delivered', after: 100, do: 'answer' },
  { by: 'first-agent', since: 'established', after: 300, do: 'hang-up' },
  { by: 'first-agent', since: 'established', after: 200, do: 'hold' },
  { by: 'first-agent', since: 'left', after: 10, do: 'wrap-up', disposition: 'sale' },
];

describe('the part of an agent in a planned call', () => {
  let clock: ReturnType<typeof fakeClock>;
  let done: string[];
  let part: PartInCall;
  beforeEach(() => {
    clock = fakeClock();
    done = [];
    part = partInCall({ actor: 'first-agent', actions, clock, perform: (action) => done.push(action.do) });
  });

  it('is played when its moments come, each thing at its time, and nobody else’s part with it', () => {
    part.reached('delivered');
    clock.advance(99);
    expect(done).to.deep.equal([]);
    clock.advance(1);
    part.reached('established');
    clock.advance(1_000);
    expect(done).to.deep.equal(['answer', 'hold', 'hang-up']);
  });

  it('is played once, however often a moment is told', () => {
    part.reached('delivered');
    clock.advance(500);
    part.reached('delivered');
    clock.advance(500);
    expect(done).to.deep.equal(['answer']);
  });

  it('goes on with the wrap-up when the call is over before the rest was done', () => {
    part.reached('established');
    clock.advance(200);
    part.dropAll();
    part.reached('left');
    clock.advance(1_000);
    expect(done).to.deep.equal(['hold', 'wrap-up']);
    expect(clock.waiting()).to.equal(0);
  });
});
