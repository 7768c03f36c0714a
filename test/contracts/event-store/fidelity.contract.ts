import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { instant } from '#domain/kernel/time.js';
import { mondayMorning } from '#test/support/fake-clock.js';
import { aCall, anEvent, anna, boris } from '#test/support/store-events.js';
import { collect, gate, happened } from '#test/support/store-harness.js';
import { freshStore, type OpenStore, type StoreTraits } from '../store-under-test.js';

const nasty = (largestEvent: number): [what: string, data: object][] => [
  ['names in all scripts and with emoji', { name: 'Zoë Ångström · Ελένη · 王秀英 · أحمد', mood: '👩🏽‍💻🏳️‍🌈' }],
  ['a half character', { cut: '\ud83d', other: '\udc69 tail' }],
  ['control characters and quotes', { text: 'line\nfeed\u0000\u001f"\\\u2028\'; DROP TABLE events;--' }],
  ['markup', { html: '<script>alert(1)</script>', sip: 'From: "x"\r\nVia: y' }],
  [
    'a form with a field named __proto__',
    JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1}}') as object,
  ],
  ['numbers at the edge', { big: Number.MAX_SAFE_INTEGER, tiny: Number.MIN_VALUE, below: -1.5e300, exact: 0.1 }],
  ['nothing, in its many forms', { nothing: null, empty: '', none: [], blank: {} }],
  ['a page as large as can be', { page: 'é'.repeat(largestEvent / 2 - 1024) }],
];

/** What comes back is what was said, and when. */
export const fidelityContract = (open: OpenStore, { clock: whose, largestEvent }: StoreTraits): void => {
  describe('an event comes back', () => {
    const given = freshStore(open);

    it('with everything it was given, and its place', async () => {
      const { events } = given.store;
      const call = aCall();
      const event = { ...anEvent('OfAnotherTime', { by: 'anna' }), schemaVersion: 3 };
      await happened(events, anna, 'LoggedOn');
      await events.append({ stream: call, expected: 'no-stream', events: [event] });
      const [, logged] = await collect(events.readAll({ after: 0 }));
      const { position, recordedAt } = logged ?? {};
      expect(await events.readStream(call)).to.deep.equal([
        { ...event, stream: call, revision: 0, position, recordedAt },
      ]);
    });

    for (const [what, data] of nasty(largestEvent)) {
      it(`as it was, with ${what}`, async () => {
        const { events } = given.store;
        await events.append({ stream: anna, expected: 'any', events: [anEvent('PageViewed', data)] });
        const [read] = await events.readStream(anna);
        expect(read?.data).to.deep.equal(data);
        expect(Object.keys(read?.data ?? {})).to.deep.equal(Object.keys(data));
        expect(Object.getPrototypeOf(read?.data)).to.equal(Object.prototype);
      });
    }

    it('as it was, whatever JSON can say', async () => {
      const { events } = given.store;
      const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { noNullPrototype: true });
      await fc.assert(
        fc.asyncProperty(objects, async (said) => {
          const stream = aCall();
          const data = JSON.parse(JSON.stringify(said)) as object;
          await events.append({ stream, expected: 'no-stream', events: [anEvent('PageViewed', data)] });
          expect((await events.readStream(stream))[0]?.data).to.deep.equal(data);
        }),
        { numRuns: 60 },
      );
    });

    it('as it was when it was handed over, whatever becomes of the object, in memory or on disk', async () => {
      const { events } = given.store;
      const data = { state: 'ready' };
      const seen: unknown[] = [];
      const handed = gate();
      events.subscribe({
        after: 0,
        handle: (batch) => {
          seen.push(...batch.map((event) => event.data));
          handed.open();
        },
        onStopped: () => undefined,
      });
      const appending = events.append({ stream: anna, expected: 'any', events: [anEvent('Ready', data)] });
      data.state = 'changed';
      await Promise.all([appending, handed.opened]);
      expect(seen).to.deep.equal([{ state: 'ready' }]);
      expect((await events.readStream(anna))[0]?.data).to.deep.equal({ state: 'ready' });
    });
  });

  describe('the log’s own time', () => {
    const given = freshStore(open);

    it('does not go back from one event to the next', async () => {
      const { events } = given.store;
      await happened(events, anna, 'LoggedOn', 'Ready', 'NotReady');
      const times = (await collect(events.readAll({ after: 0 }))).map(({ recordedAt }) => recordedAt);
      expect(times).to.have.length(3);
      expect(times).to.deep.equal([...times].sort((one, other) => one - other));
    });

    if (whose === 'own') return;

    it('is the clock’s at the moment of recording', async () => {
      const { store, clock } = given;
      await happened(store.events, anna, 'LoggedOn');
      clock.advance(1500);
      await happened(store.events, boris, 'LoggedOn');
      const recorded = await collect(store.events.readAll({ after: 0 }));
      expect(recorded.map(({ recordedAt }) => recordedAt - mondayMorning)).to.deep.equal([0, 1500]);
    });

    it('stands still while the clock has been put back, and goes on with it', async () => {
      const { store, clock } = given;
      await happened(store.events, anna, 'LoggedOn');
      clock.set(instant(mondayMorning - 3_600_000));
      await happened(store.events, anna, 'Ready');
      clock.set(instant(mondayMorning + 10));
      await happened(store.events, anna, 'NotReady');
      const recorded = await store.events.readStream(anna);
      expect(recorded.map(({ recordedAt }) => recordedAt - mondayMorning)).to.deep.equal([0, 0, 10]);
    });
  });
};
