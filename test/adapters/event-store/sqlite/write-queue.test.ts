import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openness } from '#adapters/event-store/openness.js';
import type { BatchResult, WriteBatch } from '#adapters/event-store/sqlite/write-batch.js';
import { writeQueue } from '#adapters/event-store/sqlite/write-queue.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { aCall, anEvent } from '#test/support/store-events.js';
import { failureIn, range } from '#test/support/store-harness.js';

const answerTo = ({ streams, effects, now }: WriteBatch): BatchResult => ({
  recordedAt: now,
  positions: streams.map((_, index) => index + 1),
  heads: streams.map(() => 0),
  effects: effects.map(() => 'new'),
});

/** A queue whose writer answers, or fails while the disk is full. */
const given = () => {
  const batches: WriteBatch[] = [];
  const disk = { full: false };
  const queue = writeQueue({
    thread: {
      write: async (batch) => {
        batches.push(batch);
        if (disk.full) throw new EventStoreFailure('disk-full', 'no room');
        return answerTo(batch);
      },
    },
    clock: fakeClock(),
    open: openness(),
    committed: () => undefined,
    answered: () => undefined,
  });
  const append = () => queue.append({ stream: aCall(), expected: 'any', events: [anEvent()] });
  return { queue, batches, disk, append };
};

describe('writes that come together', () => {
  it('in one turn are one batch, whatever they are', async () => {
    const { queue, batches, append } = given();
    await Promise.all([append(), queue.begin('dial/1'), append(), queue.save('desk', 7)]);
    expect(batches).to.have.length(1);
    expect(batches[0]?.streams).to.have.length(2);
    expect(batches[0]?.effects).to.deep.equal([['dial/1', 'begin']]);
    expect(batches[0]?.checkpoints).to.deep.equal([['desk', 7]]);
  });

  it('in a crowd are sent on before the turn is over, so that the writer can begin', () => {
    const { batches, append } = given();
    range(1, 100).forEach(() => void append());
    expect(batches.length).to.be.greaterThan(1);
  });

  it('take completed effects along, which wait for nobody', async () => {
    const { queue, batches, append } = given();
    await queue.complete('dial/1');
    expect(batches).to.have.length(0);
    await append();
    expect(batches.map(({ effects }) => effects)).to.deep.equal([[['dial/1', 'complete']]]);
  });

  it('record a completed effect soon, though nobody else writes', async () => {
    const { queue, batches } = given();
    await queue.complete('dial/1');
    while (batches.length === 0) await new Promise(setImmediate);
    expect(batches[0]?.effects).to.deep.equal([['dial/1', 'complete']]);
  });

  it('record a completed effect with the next batch when the disk was full', async () => {
    const { queue, batches, disk, append } = given();
    disk.full = true;
    await queue.complete('dial/1');
    expect((await failureIn(append())).failure).to.equal('disk-full');
    disk.full = false;
    await append();
    expect(batches.map(({ effects }) => effects)).to.deep.equal([[['dial/1', 'complete']], [['dial/1', 'complete']]]);
  });
});
