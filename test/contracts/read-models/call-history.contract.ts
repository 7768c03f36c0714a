import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { CallHistory, CallRecordPage } from '#domain/contracts/call-history.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { ReadModelStore } from '#domain/contracts/read-models.js';
import { agentId, contactId, merchantId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { positionsOf } from '#projections/call-journey/steps.js';
import { createProjector } from '#src/application/read-models/projector.js';
import { happens, type Happening } from '#test/support/call-history-events.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { collect } from '#test/support/store-harness.js';

export type ReadModelsUnderTest = Readonly<{ store: ReadModelStore; history: CallHistory }>;

const [acme, globex] = [merchantId('acme'), merchantId('globex')];
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What analysts can ask, of rows that the events of calls have made. */
export const callHistoryContract = (open: () => Promise<ReadModelsUnderTest>): void => {
  describe('the history of calls', () => {
    let events: EventStore;
    let models: ReadModelsUnderTest;
    beforeEach(async () => {
      events = memoryStore({ clock: fakeClock() }).events;
      models = await open();
    });
    afterEach(() => models.store.close());

    const tell = async (merchant: typeof acme, customer: string, kinds: readonly Happening['kind'][], more = {}) => {
      const said = { merchant, customer, agent: 'anna', text: 'sale', late: 2, ...more };
      for (const kind of kinds) await happens(events, { kind, ...said });
    };
    const projected = async (): Promise<CallHistory> => {
      const { store, history } = models;
      const builds = (await store.standings()).flatMap(({ answering }) => answering ?? []);
      const clock = fakeClock();
      const projector = createProjector(builds, { readModels: store, clock, log, isClosed: () => false });
      await projector.take(await collect(events.readAll({ after: 0 })));
      return history;
    };

    it('leads from a contact to its events in the log, and sums them up', async () => {
      await tell(acme, 'c1', ['clicked', 'elsewhere', 'requested', 'queued']);
      await tell(globex, 'c1', ['clicked', 'identified']);
      await tell(acme, 'c1', ['identified', 'delivered', 'delivered']);
      const history = await projected();
      const row = await history.journey(contactId(acme, 'c1'));
      expect(positionsOf(row?.steps ?? '')).to.deep.equal([1, 3, 4, 7, 8, 9]);
      expect(row).to.deep.include({
        merchantId: acme,
        events: 6,
        firstPosition: 1,
        lastPosition: 9,
        identified: 7,
        linkId: 'link-acme.shoes',
        open: ['call-acme.c1', 'call-acme.c1-centre'],
        agents: ['agent-acme.anna'],
        failed: false,
      });
      expect(await history.journey(contactId(acme, 'c9'))).to.equal(undefined);
    });

    it('lists journeys, newest first, page by page, and none twice', async () => {
      const names = Array.from({ length: 7 }, (_none, nth) => `c${nth}`);
      for (const name of names) await tell(acme, name, ['clicked', 'viewed']);
      await tell(acme, 'c0', ['viewed']);
      const history = await projected();
      const seen: string[] = [];
      for (let before: ReturnType<typeof contactId> | undefined; ;) {
        const page = await history.journeys(acme, { limit: 3, ...(before !== undefined && { before }) });
        seen.push(...page.map(({ contactId: id }) => id));
        before = page.at(-1)?.contactId;
        if (page.length < 3) break;
      }
      expect(seen).to.deep.equal(names.toReversed().map((name) => `contact-acme.${name}`));
    });

    it('knows of each record who answered, and what was said of it last', async () => {
      await tell(acme, 'c1', ['delivered']);
      await tell(acme, 'c1', ['delivered', 'established'], { agent: 'boris' });
      await tell(acme, 'c1', ['said', 'charged'], { agent: 'boris', text: 'wrong number' });
      await tell(acme, 'c1', ['said'], { agent: 'anna', text: 'no sale' });
      const [found] = await (await projected()).callRecords(acme, { limit: 9 });
      expect(found?.row).to.deep.include({ recordId: 'record-acme.c1', contactId: 'contact-acme.c1', talk: 2 });
      expect(
        found?.parts.map(({ agentId: id, disposition, answeredAt }) => [id, disposition, answeredAt !== undefined]),
      ).to.deep.equal([
        ['agent-acme.anna', 'no sale', false],
        ['agent-acme.boris', 'wrong number', true],
      ]);
    });

    it('finds records by time, agent and outcome, and pages within what it finds', async () => {
      const start = 1_767_600_000_000;
      for (let nth = 0; nth < 10; nth += 1) {
        const agent = nth % 2 === 0 ? 'anna' : 'boris';
        await tell(acme, `c${nth}`, ['delivered', 'established', 'charged'], { agent, late: 1_000 * nth + 1 });
      }
      const history = await projected();
      const ask = async (page: Partial<CallRecordPage>): Promise<readonly string[]> =>
        (await history.callRecords(acme, { limit: 100, ...page })).map(({ row }) => row.recordId.slice(12));
      expect(await ask({})).to.deep.equal(['c9', 'c8', 'c7', 'c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0']);
      expect(await ask({ from: instant(start + 4_001), to: instant(start + 7_001) })).to.deep.equal(['c6', 'c5', 'c4']);
      // Every third "established" names no agent.
      const boris = agentId(acme, 'boris');
      const his = ['c9', 'c7', 'c5', 'c3', 'c1'].filter((name) => (1_000 * Number(name.slice(1)) + 1) % 3 !== 0);
      expect(await ask({ agentId: boris })).to.deep.equal(his);
      expect(await ask({ agentId: boris, limit: 1, after: 'record-acme.c7' })).to.deep.equal(
        his.slice(his.indexOf('c7') + 1).slice(0, 1),
      );
      expect(await ask({ cause: 'normal-clearing', limit: 2 })).to.deep.equal(['c9', 'c8']);
      expect(await ask({ cause: 'busy' })).to.deep.equal([]);
    });

    it('shows nothing of another merchant, whatever is asked', async () => {
      await tell(acme, 'c1', ['clicked', 'delivered', 'established', 'said', 'charged'], { late: 1 });
      await tell(globex, 'c1', ['clicked', 'delivered', 'established', 'said', 'charged'], { late: 1 });
      const history = await projected();
      const records = await history.callRecords(acme, { limit: 99 });
      expect(records.map(({ row }) => row.recordId)).to.deep.equal(['record-acme.c1']);
      expect(records[0]?.parts.map(({ agentId: id }) => id)).to.deep.equal(['agent-acme.anna']);
      expect((await history.journeys(acme, { limit: 99 })).map(({ contactId: id }) => id)).to.deep.equal([
        'contact-acme.c1',
      ]);
      expect(await history.callRecords(acme, { limit: 9, after: 'record-globex.c1' })).to.deep.equal([]);
      expect(await history.callRecords(acme, { limit: 9, agentId: agentId(globex, 'anna') })).to.deep.equal([]);
      expect(await history.journeys(acme, { limit: 9, before: contactId(globex, 'c1') })).to.deep.equal([]);
    });
  });
};
