import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { EventFilter } from '#domain/contracts/event-store.js';
import { aCall, anEvent, anna, boris, someEvents } from '#test/support/store-events.js';
import {
  collect,
  happened,
  positionsOf,
  positionsTold,
  range,
  revisionsOf,
  typesOf,
} from '#test/support/store-harness.js';
import { freshStore, type OpenStore } from '../store-under-test.js';

/** More than any store hands over in one go. */
const manyEvents = 1700;

/** Reading: one stream, the whole log, single positions. */
export const readingContract = (open: OpenStore): void => {
  describe('whoever reads a stream', () => {
    const given = freshStore(open);

    it('gets its events in order, and nobody else’s', async () => {
      const { events } = given.store;
      const call = aCall();
      await happened(events, call, 'CallDelivered');
      await happened(events, anna, 'AgentLoggedOn');
      await happened(events, call, 'CallEstablished');
      const read = await events.readStream(call);
      expect(typesOf(read)).to.deep.equal(['CallDelivered', 'CallEstablished']);
      expect(read.map(({ stream }) => stream)).to.deep.equal([call, call]);
    });

    it('gets nothing of a call that there never was', async () => {
      expect(await given.store.events.readStream(aCall())).to.deep.equal([]);
    });

    it('may begin at a revision, also at one that is not there yet', async () => {
      const { events } = given.store;
      await events.append({ stream: anna, expected: 'any', events: someEvents(5) });
      expect(revisionsOf(await events.readStream(anna, 3))).to.deep.equal([3, 4]);
      expect(await events.readStream(anna, 5)).to.deep.equal([]);
    });

    it('gets all of an agent’s long history', async () => {
      const { events } = given.store;
      await events.append({ stream: anna, expected: 'any', events: someEvents(manyEvents) });
      expect(revisionsOf(await events.readStream(anna, 1))).to.deep.equal(range(1, manyEvents - 1));
    });
  });

  describe('whoever reads the log', () => {
    const given = freshStore(open);

    const read = async (after: number, filter?: EventFilter, limit?: number): Promise<number[]> =>
      positionsOf(
        await collect(
          given.store.events.readAll({ after, ...(filter && { filter }), ...(limit !== undefined && { limit }) }),
        ),
      );

    /** Seven events; answers where each of them stands. */
    const aMorning = async (): Promise<[number, number, number, number, number, number, number]> => {
      const { events } = given.store;
      const call = aCall();
      return positionsTold([
        ...(await happened(events, anna, 'LoggedOn', 'Ready')),
        ...(await happened(events, call, 'Delivered', 'Established')),
        ...(await happened(events, boris, 'LoggedOn')),
        ...(await happened(events, call, 'Cleared')),
        ...(await happened(events, anna, 'Cleared')),
      ]) as [number, number, number, number, number, number, number];
    };

    it('gets everything in the order in which it was taken', async () => {
      const all = await aMorning();
      expect(await read(0)).to.deep.equal(all);
    });

    it('may go on after any position, or stop after some events', async () => {
      const [, two, three, four, five, six, seven] = await aMorning();
      expect(await read(four)).to.deep.equal([five, six, seven]);
      expect(await read(two, undefined, 3)).to.deep.equal([three, four, five]);
      expect(await read(seven)).to.deep.equal([]);
      expect(await read(seven + 92)).to.deep.equal([]);
      expect(await read(seven - 1)).to.deep.equal([seven]);
      expect(await read(three - 1, { types: ['Cleared'] })).to.deep.equal([six, seven]);
      expect(await read(1)).to.include(two);
      expect(await read(0, undefined, 0)).to.deep.equal([]);
    });

    it('may ask for kinds of streams, for types of events, or for both', async () => {
      const all = await aMorning();
      const [one, two, , , five, six, seven] = all;
      expect(await read(0, { categories: ['agent'] })).to.deep.equal([one, two, five, seven]);
      expect(await read(0, { categories: ['agent', 'call'] })).to.deep.equal(all);
      expect(await read(0, { types: ['LoggedOn', 'Cleared'] })).to.deep.equal([one, five, six, seven]);
      expect(await read(0, { categories: ['call'], types: ['Cleared', 'LoggedOn'] })).to.deep.equal([six]);
      expect(await read(one, { types: ['LoggedOn', 'Cleared'] }, 2)).to.deep.equal([five, six]);
      expect(await read(0, {})).to.deep.equal(all);
    });

    it('gets nothing when it asks for nothing that is there', async () => {
      await aMorning();
      expect(await read(0, { categories: ['billing' as never] })).to.deep.equal([]);
      expect(await read(0, { types: ['Held'] })).to.deep.equal([]);
      expect(await read(0, { types: [] })).to.deep.equal([]);
      expect(await read(0, { categories: [] })).to.deep.equal([]);
    });

    it('finds the few events it wants among many, wherever they are', async () => {
      const { events } = given.store;
      const rare: number[] = [];
      for (const before of [0, 255, 1, 700, 3, 900]) {
        if (before > 0) await events.append({ stream: anna, expected: 'any', events: someEvents(before, 'Ready') });
        const result = await events.append({ stream: aCall(), expected: 'any', events: [anEvent('Delivered')] });
        if (result.outcome === 'appended') rare.push(result.position);
      }
      await events.append({ stream: anna, expected: 'any', events: someEvents(600, 'Ready') });
      expect(await read(0, { categories: ['call'] })).to.deep.equal(rare);
      expect(await read(rare[3] ?? 0, { types: ['Delivered'] })).to.deep.equal(rare.slice(4));
      expect(await read(0, { types: ['Delivered'] }, 3)).to.deep.equal(rare.slice(0, 3));
    });

    it('gets many events of many kinds without a gap', async () => {
      const { events } = given.store;
      for (const type of ['Ready', 'NotReady']) {
        await events.append({ stream: anna, expected: 'any', events: someEvents(manyEvents, type) });
      }
      const all = positionsOf(await events.readStream(anna));
      expect(all).to.have.length(2 * manyEvents);
      const [first = 0] = all;
      expect(await read(0)).to.deep.equal(all);
      expect(await read(first, { types: ['NotReady', 'Ready'] })).to.deep.equal(all.slice(1));
      expect(await read(first, { types: ['NotReady'] }, 1000)).to.deep.equal(all.slice(manyEvents, manyEvents + 1000));
    });

    it('gets what was there when it began, though the log grows meanwhile', async () => {
      const { events } = given.store;
      const [, ...others] = await aMorning();
      const reading = events.readAll({ after: 0 })[Symbol.asyncIterator]();
      await reading.next();
      await happened(events, boris, 'LoggedOff');
      const rest = await collect({ [Symbol.asyncIterator]: () => reading });
      expect(positionsOf(rest)).to.deep.equal(others);
    });
  });

  describe('whoever knows positions', () => {
    const given = freshStore(open);

    it('gets those events in the order asked, and nothing for positions that are not there', async () => {
      const { events } = given.store;
      const [one = 0, , three = 0] = positionsTold(await happened(events, anna, 'LoggedOn', 'Ready', 'NotReady'));
      const read = await events.readAt([three, three + 96, one, 0, -1, three]);
      expect(typesOf(read)).to.deep.equal(['NotReady', 'LoggedOn', 'NotReady']);
      expect(await events.readAt([])).to.deep.equal([]);
    });

    it('knows where the log ends', async () => {
      const { events } = given.store;
      expect(await events.lastPosition()).to.equal(0);
      const [, last] = positionsTold(await happened(events, anna, 'LoggedOn', 'Ready'));
      expect(await events.lastPosition()).to.equal(last);
    });
  });
};
