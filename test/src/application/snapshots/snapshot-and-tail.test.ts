import { expect } from 'chai';
import fc from 'fast-check';
import { before, describe, it } from 'mocha';
import type { LogEvent } from '#domain/events.js';
import { categoryOf } from '#domain/kernel/ids.js';
import { forgetChanges, projections } from '#src/application/live-views.js';
import { emptyLogState, folderOf, type LogState } from '#src/application/log-state.js';
import { decodeSnapshot, encodeSnapshot } from '#src/application/snapshots/snapshot-format.js';
import { streamLives } from '#src/application/stream-lives.js';
import { logOf, recordBusyDay } from '#test/support/busy-day/busy-day.js';

describe('a snapshot and the log after it', () => {
  let log: readonly LogEvent[];
  const folded = (state: LogState, events: readonly LogEvent[]): LogState => {
    events.forEach(folderOf(state));
    forgetChanges(state.folds);
    return state;
  };
  before(async () => {
    const day = await recordBusyDay();
    log = [...logOf(day, 3)];
  });

  it('make the same as the whole log, for every view and every stream, wherever it is taken', () => {
    const whole = folded(emptyLogState(), log);
    fc.assert(
      fc.property(fc.nat(log.length), (at) => {
        const before = encodeSnapshot(folded(emptyLogState(), log.slice(0, at)), 'a log');
        const state = folded(decodeSnapshot(before), log.slice(at));
        for (const name of Object.keys(projections) as (keyof typeof projections)[]) {
          expect(state.folds[name], name).to.deep.equal(whole.folds[name]);
        }
        expect(state.streams).to.deep.equal(whole.streams);
        expect(state).to.deep.include({ position: whole.position, eventId: whole.eventId });
      }),
      { numRuns: 40 },
    );
  });

  it('hold the state of each stream that goes on, and of no other', () => {
    const { streams } = folded(emptyLogState(), log);
    const expected = new Set(log.map(({ stream }) => stream));
    for (const stream of expected) {
      const { goes } = streamLives[categoryOf(stream) as keyof typeof streamLives];
      expect(streams.has(stream), stream).to.equal(goes === 'on');
    }
    const kinds = new Set([...streams.keys()].map(categoryOf));
    expect([...kinds]).to.include.members(['merchant', 'gateway', 'agent', 'queue', 'channels']);
  });

  it('leave out a stream whose beginning was not seen', () => {
    const gateway = log.find(({ type }) => type === 'PortLeased')?.stream;
    const { streams } = folded(
      emptyLogState(),
      log.filter(({ stream, revision }) => stream !== gateway || revision > 0),
    );
    expect(gateway && streams.has(gateway)).to.equal(false);
  });
});
