import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LogEvent } from '#domain/events.js';
import { fold } from '#projections/projection.js';
import { signIns } from '#projections/sign-ins/sign-ins.projection.js';

const hour = 3_600_000;
const [anna, ben] = ['agent-acme.anna', 'agent-acme.ben'];

const after = (...said: readonly (readonly [type: string, who: string, sessionId: string, at: number])[]) => {
  const view = signIns.empty();
  for (const [type, who, sessionId, recordedAt] of said) {
    const event = { type, data: { who, sessionId }, meta: { merchantId: 'acme' }, recordedAt };
    fold(signIns, view, event as unknown as LogEvent);
  }
  return view;
};
const openOf = (view: ReturnType<typeof after>, who: string): readonly string[] => [
  ...(view.open.get(who)?.keys() ?? []),
];

describe('the sign-ins of an agent', () => {
  it('go on until they are ended, each by itself', () => {
    const view = after(
      ['SignedIn', anna, 'a1', 0],
      ['SignedIn', anna, 'a2', 1],
      ['SignedIn', ben, 'b1', 2],
      ['SignedOut', anna, 'a1', 3],
    );
    expect([openOf(view, anna), openOf(view, ben), [...view.ended.keys()]]).to.deep.equal([['a2'], ['b1'], ['a1']]);
  });

  it('are forgotten when their tokens are good for nothing any more', () => {
    const view = after(
      ['SignedIn', anna, 'a1', 0],
      ['SignedIn', anna, 'a2', 23 * hour],
      ['SignedIn', anna, 'a3', 25 * hour],
    );
    expect(openOf(view, anna)).to.deep.equal(['a2', 'a3']);
    const ended = after(['SignedOut', anna, 'a1', 0], ['SignedOut', anna, 'a2', 25 * hour]);
    expect([...ended.ended.keys()]).to.deep.equal(['a2']);
  });

  it('leave nothing behind', () => {
    expect(after(['SignedIn', anna, 'a1', 0], ['SignedOut', anna, 'a1', 1]).open.size).to.equal(0);
  });
});
