import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { AppendResult, ExpectedRevision } from '#domain/contracts/event-store.js';
import { aCall, anEvent, anna, boris, someEvents } from '#test/support/store-events.js';
import {
  collect,
  failureIn,
  happened,
  logPositions,
  positionsOf,
  range,
  revisionsOf,
  typesOf,
} from '#test/support/store-harness.js';
import { freshStore, type OpenStore, type StoreTraits } from '../store-under-test.js';

const outcomesOf = (results: readonly AppendResult[]): string[] => results.map(({ outcome }) => outcome).sort();

/** Writing: expected revisions, conflicts, order. */
export const appendContract = (open: OpenStore, { positions }: StoreTraits): void => {
  describe('whoever writes', () => {
    const given = freshStore(open);

    it("begins a call's stream at revision 0, and the log above position 0", async () => {
      const { events } = given.store;
      const result = await events.append({ stream: aCall(), expected: 'no-stream', events: [anEvent()] });
      const [position = 0] = await logPositions(events);
      expect(result).to.deep.equal({ outcome: 'appended', revision: 0, position });
      expect(position).to.be.greaterThan(0);
    });

    it('is told revision and position of the last of several events, which stand one after the other', async () => {
      const { events } = given.store;
      const call = aCall();
      await happened(events, anna, 'AgentLoggedOn');
      const result = await events.append({ stream: call, expected: 'no-stream', events: someEvents(3) });
      const [, ...ofCall] = await logPositions(events);
      expect(result).to.deep.equal({ outcome: 'appended', revision: 2, position: ofCall[2] });
      expect(positionsOf(await events.readStream(call))).to.deep.equal(ofCall);
    });

    it('goes on with a call from the revision it has seen', async () => {
      const { events } = given.store;
      const call = aCall();
      await happened(events, call, 'CallDelivered', 'CallEstablished');
      const result = await events.append({ stream: call, expected: 1, events: [anEvent('CallHeld')] });
      expect(result).to.deep.equal({ outcome: 'appended', revision: 2, position: await events.lastPosition() });
    });

    it('needs not know the revision to add to a stream, or to begin one', async () => {
      const { events } = given.store;
      expect(outcomesOf(await happened(events, anna, 'AgentLoggedOn', 'AgentReady'))).to.deep.equal([
        'appended',
        'appended',
      ]);
      expect(revisionsOf(await events.readStream(anna))).to.deep.equal([0, 1]);
    });

    const refusals: [why: string, there: number, expected: ExpectedRevision, actual: number | 'no-stream'][] = [
      ['begins a call that has begun', 2, 'no-stream', 1],
      ['has not seen the last event', 2, 0, 1],
      ['claims to have seen an event that is not there yet', 2, 2, 1],
      ['claims to have seen the first event of a call that has none', 0, 0, 'no-stream'],
      ['expects a revision that no stream can have', 0, -1, 'no-stream'],
      ['expects a revision that no stream can have, of one that is there', 2, -2, 1],
    ];
    for (const [why, there, expected, actual] of refusals) {
      it(`is refused, and writes nothing, when it ${why}`, async () => {
        const { events } = given.store;
        const call = aCall();
        await happened(events, call, ...Array.from({ length: there }, () => 'CallDelivered'));
        const result = await events.append({ stream: call, expected, events: someEvents(2) });
        expect(result).to.deep.equal({ outcome: 'conflict', actual });
        expect(await events.readStream(call)).to.have.length(there);
        expect(await logPositions(events)).to.have.length(there);
      });
    }

    it('is not disturbed by another who is refused at the same time', async () => {
      const { events } = given.store;
      const call = aCall();
      await happened(events, call, 'CallDelivered');
      const results = await Promise.all([
        events.append({ stream: anna, expected: 'no-stream', events: [anEvent('LoggedOn'), anEvent('Ready')] }),
        events.append({ stream: call, expected: 'no-stream', events: someEvents(3, 'Lost') }),
        events.append({ stream: boris, expected: 'any', events: [anEvent('LoggedOff')] }),
        events.append({ stream: call, expected: 0, events: [anEvent('CallEstablished')] }),
      ]);
      const [, , second, third, fourth] = await logPositions(events);
      expect(results).to.deep.equal([
        { outcome: 'appended', revision: 1, position: second },
        { outcome: 'conflict', actual: 0 },
        { outcome: 'appended', revision: 0, position: third },
        { outcome: 'appended', revision: 1, position: fourth },
      ]);
      const [, ...log] = await collect(events.readAll({ after: 0 }));
      expect(log.map(({ stream, type }) => [stream, type])).to.deep.equal([
        [anna, 'LoggedOn'],
        [anna, 'Ready'],
        [boris, 'LoggedOff'],
        [call, 'CallEstablished'],
      ]);
    });

    it('wins once, when fifty try to answer the same call at the same time', async () => {
      const { events } = given.store;
      const call = aCall();
      await happened(events, call, 'CallDelivered');
      const answers = range(1, 50).map((nth) => anEvent('CallEstablished', { agent: nth }));
      const results = await Promise.all(
        answers.map((answer) => events.append({ stream: call, expected: 0, events: [answer] })),
      );
      expect(outcomesOf(results)).to.deep.equal(['appended', ...range(1, 49).map(() => 'conflict')].sort());
      expect(typesOf(await events.readStream(call))).to.deep.equal(['CallDelivered', 'CallEstablished']);
    });

    it('shares the log with others, in an order that all agree on, however many write at once', async () => {
      const { events } = given.store;
      const calls = range(1, 40).map(aCall);
      await Promise.all(calls.map((call) => happened(events, call, 'CallDelivered', 'CallEstablished', 'CallCleared')));
      const log = await collect(events.readAll({ after: 0 }));
      expect(log).to.have.length(120);
      expect(positionsOf(log)).to.deep.equal([...new Set(positionsOf(log))].sort((one, other) => one - other));
      if (positions === 'counted') expect(positionsOf(log)).to.deep.equal(range(1, 120));
      for (const call of calls) {
        const types = typesOf(log.filter(({ stream }) => stream === call));
        expect(types).to.deep.equal(['CallDelivered', 'CallEstablished', 'CallCleared']);
      }
    });

    it('is told that an append without events is none', async () => {
      const { events } = given.store;
      const thrown = await events
        .append({ stream: anna, expected: 'any', events: [] })
        .catch((error: unknown) => error);
      expect(thrown).to.be.instanceOf(RangeError);
    });

    it('is told that data which JSON cannot say was not written, and others write on', async () => {
      const { events } = given.store;
      const unsayable: Record<string, unknown> = {};
      unsayable['itself'] = unsayable;
      const [refused, accepted] = await Promise.allSettled([
        events.append({ stream: anna, expected: 'any', events: [anEvent(), anEvent('CallHeld', unsayable)] }),
        events.append({ stream: boris, expected: 'any', events: [anEvent()] }),
      ]);
      expect(refused.status).to.equal('rejected');
      const position = await events.lastPosition();
      expect(accepted).to.deep.equal({ status: 'fulfilled', value: { outcome: 'appended', revision: 0, position } });
      expect(await events.readStream(anna)).to.deep.equal([]);
    });
  });

  describe('when the store is closed', () => {
    const given = freshStore(open);

    it('what was under way has been answered', async () => {
      const { events, close } = given.store;
      const results = range(1, 20).map(() => events.append({ stream: aCall(), expected: 'any', events: [anEvent()] }));
      await close();
      expect(outcomesOf(await Promise.all(results))).to.deep.equal(range(1, 20).map(() => 'appended'));
    });

    it('whoever comes later is told so, in every way', async () => {
      const { events, effects, checkpoints, close } = given.store;
      await close();
      const tries = [
        events.append({ stream: anna, expected: 'any', events: [anEvent()] }),
        events.readStream(anna),
        collect(events.readAll({ after: 0 })),
        events.readAt([1]),
        events.lastPosition(),
        effects.begin('effect'),
        effects.complete('effect'),
        checkpoints.load('consumer'),
        checkpoints.save('consumer', 1),
        (async () => events.subscribe({ after: 0, handle: () => undefined, onStopped: () => undefined }))(),
      ];
      for (const attempt of tries) expect((await failureIn(attempt)).failure).to.equal('closed');
    });

    it('it may be closed again', async () => {
      await given.store.close();
      await given.store.events.close();
    });
  });
};
