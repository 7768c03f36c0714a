import { expect } from 'chai';
import { describe, it } from 'mocha';
import { recentEvents } from '#adapters/event-store/sqlite/recent-events.js';
import { encodeBody } from '#adapters/event-store/event-codec.js';
import { mondayMorning } from '#test/support/fake-clock.js';
import { anEvent, anna } from '#test/support/store-events.js';
import { positionsOf, range } from '#test/support/store-harness.js';

/** The end of a log that had ten events when it was opened. */
const given = (added: number, data: object = {}) => {
  const recent = recentEvents(10);
  for (const position of range(11, 10 + added)) {
    const body = encodeBody(anEvent('Ready', data));
    recent.add({ position, stream: anna, revision: position - 1, type: 'Ready', recordedAt: mondayMorning, body });
  }
  return recent;
};

describe('the end of the log, kept in memory', () => {
  it('has what was committed since it was opened, and nothing from before', () => {
    const recent = given(3);
    expect(recent.last()).to.equal(13);
    expect(recent.pageAfter(9, undefined, 100)).to.equal(undefined);
    expect(positionsOf(recent.pageAfter(10, undefined, 100)?.events ?? [])).to.deep.equal([11, 12, 13]);
    expect(recent.pageAfter(12, undefined, 100)?.upTo).to.equal(13);
    expect(recent.pageAfter(13, undefined, 100)).to.deep.equal({ events: [], upTo: 13 });
  });

  it('hands over so many at a time, and says how far it looked', () => {
    const page = given(9).pageAfter(11, undefined, 4);
    expect(positionsOf(page?.events ?? [])).to.deep.equal([12, 13, 14, 15]);
    expect(page?.upTo).to.equal(15);
    expect(given(9).pageAfter(11, { types: ['LoggedOn'] }, 4)).to.deep.equal({ events: [], upTo: 19 });
  });

  it('gives all subscribers the same object', () => {
    const recent = given(1);
    const [one, other] = [recent.pageAfter(10, undefined, 1), recent.pageAfter(10, { types: ['Ready'] }, 1)];
    expect(one?.events[0]).to.equal(other?.events[0]);
  });

  it('forgets the oldest, so who lags behind must read the log', () => {
    const recent = given(20_000);
    expect(recent.pageAfter(10, undefined, 1)).to.equal(undefined);
    expect(positionsOf(recent.pageAfter(20_000, undefined, 100)?.events ?? [])).to.deep.equal(range(20_001, 20_010));
  });

  it('holds few events when they are large', () => {
    const recent = given(64, { page: 'x'.repeat(1024 * 1024) });
    expect(recent.pageAfter(40, undefined, 1)).to.equal(undefined);
    expect(positionsOf(recent.pageAfter(70, undefined, 100)?.events ?? [])).to.deep.equal([71, 72, 73, 74]);
  });
});
