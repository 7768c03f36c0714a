import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Build, ReadModel, ReadModelRow, ReadModelStore } from '#domain/contracts/read-models.js';
import { ReadModelFailure } from '#domain/contracts/read-models.js';
import { callRecords } from '#projections/call-records/call-records.read-model.js';
import { callJourney } from '#projections/call-journey/call-journey.read-model.js';

export type OpenReadModels = (models: readonly ReadModel[]) => Promise<ReadModelStore>;

const recordOf = (name: string, more: ReadModelRow = {}): ReadModelRow => ({
  recordId: `record-acme.${name}`,
  merchantId: 'acme',
  position: 1,
  callId: `call-acme.${name}`,
  contactId: `contact-acme.${name}`,
  origin: 'https://acme.example',
  requestedAt: 1_767_600_000_000,
  endedAt: 1_767_600_060_000,
  talk: 12_345,
  cause: 'normal-clearing',
  ...more,
});

const journeyOf = (name: string): ReadModelRow => ({
  contactId: `contact-acme.${name}`,
  merchantId: 'acme',
  steps: '1 2',
  firstPosition: 1,
  lastPosition: 3,
  events: 2,
  startedAt: 1,
  lastAt: 2,
  open: [],
  failed: true,
  calls: [`call-acme.${name}`, 'call-acme."quoted", \\ {and} braced'],
  agents: [],
});

const at = (position: number) => ({ position, eventId: `event-${position}` });
const none = { deleted: [], setAside: [] };

/** What every store of rows promises. `open` opens the same place each time within a case. */
export const readModelsContract = (place: () => Promise<OpenReadModels>): void => {
  describe('a store of read models', () => {
    let open: OpenReadModels;
    let store: ReadModelStore;
    let records: Build;
    beforeEach(async () => {
      open = await place();
      store = await open([callRecords, callJourney]);
      records = await answering(callRecords);
    });
    afterEach(() => store.close());

    const answering = async (model: ReadModel, of = store): Promise<Build> => {
      const standing = (await of.standings()).find(({ model: { name } }) => name === model.name);
      if (!standing?.answering) throw new Error(`${model.name} does not answer`);
      return standing.answering;
    };
    const keysOf = (rows: readonly ReadModelRow[]): string[] => rows.map(({ recordId }) => String(recordId));
    const write = (build: Build, position: number, ...rows: readonly ReadModelRow[]) =>
      store.write([{ build, rows, ...none }], at(position));

    it('begins with nothing, at the beginning of the log', async () => {
      expect(records).to.include({ slot: 'a', position: 0 });
      expect(await store.load(records, ['record-acme.r1'])).to.deep.equal(new Map());
    });

    it('gives rows back as they were written, whatever stands in them', async () => {
      const rows = [
        recordOf('r1'),
        recordOf('r2', { linkId: 'link-acme.shoes', port: 0, answeredAt: 1_767_600_030_000 }),
        recordOf('r3', { origin: '{"} \\ \' , NULL null \u2028 Zürich 🇨🇭 (%s) $1 ?' }),
      ];
      await write(records, 5, ...rows);
      expect([...(await store.load(records, keysOf(rows))).values()]).to.have.deep.members(rows);
      const journeys = await answering(callJourney);
      await store.write([{ build: journeys, rows: [journeyOf('c1')], ...none }], at(5));
      expect([...(await store.load(journeys, ['contact-acme.c1'])).values()]).to.deep.equal([journeyOf('c1')]);
    });

    it('writes thousands of rows at once, and changes and deletes as many', async () => {
      const many = Array.from({ length: 3_001 }, (_none, nth) => recordOf(`r${nth}`, { position: nth + 1 }));
      await write(records, 10, ...many);
      const changed = many.map((row) => ({ ...row, talk: 1, port: 7 }));
      const [gone = '', ...left] = keysOf(many);
      const build = { ...records, position: 10 };
      await store.write([{ build, rows: changed, deleted: [], setAside: [] }], at(20));
      await store.write([{ build: { ...build, position: 20 }, rows: [], deleted: [gone], setAside: [] }], at(21));
      const found = await store.load(records, [gone, ...left]);
      expect([...found.keys()]).to.have.members(left);
      expect(left.map((key) => found.get(key))).to.deep.equal(changed.slice(1));
    });

    it('knows after it was opened again how far it has come', async () => {
      await write(records, 5, recordOf('r1'));
      const again = await open([callRecords]);
      expect(await answering(callRecords, again)).to.include({ position: 5, eventId: 'event-5' });
      expect((await again.load(records, ['record-acme.r1'])).size).to.equal(1);
      await again.close();
    });

    it('writes nothing for a writer who is not where he thinks he is', async () => {
      await write(records, 5, recordOf('r1'));
      expect(await write(records, 6, recordOf('r2'))).to.equal('superseded');
      expect(await write({ ...records, position: 4 }, 6, recordOf('r2'))).to.equal('superseded');
      expect((await store.load(records, ['record-acme.r2'])).size).to.equal(0);
      expect(await answering(callRecords)).to.include({ position: 5 });
    });

    it('lets one of two writers at the same place write, and both models or neither', async () => {
      const journeys = await answering(callJourney);
      const other = await open([callRecords, callJourney]);
      const change = [
        { build: records, rows: [recordOf('r1')], ...none },
        { build: journeys, rows: [journeyOf('c1')], ...none },
      ];
      const outcomes = await Promise.all([store.write(change, at(3)), other.write(change, at(4))]);
      expect(outcomes).to.have.members(['written', 'superseded']);
      const [first, second] = [await answering(callRecords), await answering(callJourney)];
      expect(first.position).to.equal(second.position);
      await other.close();
    });

    it('says whose rows it refuses, and has written nothing', async () => {
      const journeys = await answering(callJourney);
      const bad = { ...recordOf('r2'), endedAt: 'yesterday' };
      const failure = await store
        .write(
          [
            { build: journeys, rows: [journeyOf('c1')], ...none },
            { build: records, rows: [recordOf('r1'), bad], ...none },
          ],
          at(9),
        )
        .then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
      expect(failure).to.be.instanceOf(ReadModelFailure).and.include({ failure: 'bad-data', model: 'call-records' });
      expect(await answering(callJourney)).to.include({ position: 0 });
      expect((await store.load(journeys, ['contact-acme.c1'])).size).to.equal(0);
    });

    it('keeps what was set aside, with the reason', async () => {
      const setAside = [{ position: 7, type: 'CallRecordIssued', reason: 'no cause' }];
      await store.write([{ build: records, rows: [], deleted: [], setAside }], at(8));
      expect(await store.setAside(callRecords)).to.deep.equal(setAside);
      expect(await store.setAside(callJourney)).to.deep.equal([]);
    });

    it('takes a text with NUL, and says with a sign that there was one', async () => {
      await write(records, 5, recordOf('r1', { origin: 'a\0b' }));
      const [row] = [...(await store.load(records, ['record-acme.r1'])).values()];
      expect(row).to.have.property('origin', 'a\uFFFDb');
    });

    describe('builds a model anew', () => {
      it('beside what answers, and then lets it answer in its place', async () => {
        await write(records, 5, recordOf('old'));
        const beside = await store.beginBeside(callRecords);
        expect(beside).to.include({ slot: 'b', position: 0 });
        await write(beside, 5, recordOf('new'));
        expect(await answering(callRecords)).to.include({ slot: 'a' });
        expect(await store.switchTo([{ ...beside, position: 5 }])).to.equal('switched');
        const now = await answering(callRecords);
        expect(now).to.include({ slot: 'b', position: 5 });
        expect([...(await store.load(now, ['record-acme.new', 'record-acme.old'])).keys()]).to.deep.equal([
          'record-acme.new',
        ]);
        expect((await store.load(records, ['record-acme.old'])).size, 'the old rows are gone').to.equal(0);
      });

      it('but does not let it answer before it has come as far', async () => {
        const beside = await store.beginBeside(callRecords);
        await write(records, 5, recordOf('r1'));
        await write(beside, 4);
        expect(await store.switchTo([{ ...beside, position: 4 }])).to.equal('behind');
        expect(await answering(callRecords)).to.include({ slot: 'a', position: 5 });
      });

      it('from the beginning when somebody begins again, whose build it then is', async () => {
        const first = await store.beginBeside(callRecords);
        await write(first, 4, recordOf('r1'));
        const second = await store.beginBeside(callRecords);
        expect(await write({ ...first, position: 4 }, 5)).to.equal('superseded');
        expect(await store.switchTo([{ ...first, position: 4 }])).to.equal('superseded');
        expect((await store.load(second, ['record-acme.r1'])).size).to.equal(0);
      });
    });
  });
};
