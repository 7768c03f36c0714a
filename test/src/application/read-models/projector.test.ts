import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { typeormReadModels } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import { ReadModelFailure, type ReadModel, type ReadModelStore } from '#domain/contracts/read-models.js';
import { callJourney } from '#projections/call-journey/call-journey.read-model.js';
import { callRecords } from '#projections/call-records/call-records.read-model.js';
import { createProjector, type Projector } from '#src/application/read-models/projector.js';
import { happens, type Happening } from '#test/support/call-history-events.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';
import { acme } from '#test/support/store-events.js';
import { collect } from '#test/support/store-harness.js';

const what = (kind: Happening['kind'], customer: string): Happening => ({
  kind,
  merchant: acme,
  customer,
  agent: 'anna',
  text: 'sale',
  late: 2,
});

/** A model with one fault of its own. */
const faulty = (model: ReadModel, fault: Partial<Pick<ReadModel, 'keysOf' | 'evolve'>>): ReadModel => ({
  ...model,
  ...fault,
});

describe('read models meet an event that they cannot take', () => {
  let events: EventStore;
  let clock: FakeClock;
  let warnings: object[];
  let store: ReadModelStore;
  beforeEach(async () => {
    clock = fakeClock();
    events = memoryStore({ clock }).events;
    warnings = [];
    for (const customer of ['c1', 'c2', 'c3']) {
      await happens(events, what('clicked', customer));
      await happens(events, what('charged', customer));
    }
  });
  afterEach(() => store.close());

  const log = {
    debug: () => {},
    info: () => {},
    warn: (fields: object) => void warnings.push(fields),
    error: () => {},
  };
  const projectorOf = async (...models: readonly ReadModel[]): Promise<Projector> => {
    ({ store } = typeormReadModels({ location: 'memory', models, clock }));
    const builds = (await store.standings()).flatMap(({ answering }) => answering ?? []);
    return createProjector(builds, { readModels: store, clock, log, isClosed: () => false });
  };
  const all = () => collect(events.readAll({ after: 0 }));
  const rowsOf = async (projector: Projector, ...keys: readonly string[]): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const build of projector.builds()) found.push(...(await store.load(build, keys)).keys());
    return found;
  };
  const records = ['record-acme.c1', 'record-acme.c2', 'record-acme.c3'];
  const journeys = ['contact-acme.c1', 'contact-acme.c2', 'contact-acme.c3'];

  it('because the fold fails: it is set aside with its reason, the operator is told, and the rest goes on', async () => {
    const broken = faulty(callRecords, {
      evolve: (row, event, key) => {
        if (event.position === 4) throw new Error('no such cause');
        return callRecords.evolve(row as never, event, key);
      },
    });
    const projector = await projectorOf(broken, callJourney);
    expect(await projector.take(await all())).to.equal('taken');
    expect(projector.position()).to.equal(6);
    expect(await rowsOf(projector, ...records)).to.have.members(['record-acme.c1', 'record-acme.c3']);
    expect(await rowsOf(projector, ...journeys)).to.have.length(3);
    const setAside = { position: 4, type: 'CallRecordIssued', reason: 'no such cause' };
    expect(await store.setAside(broken)).to.deep.equal([setAside]);
    expect(await store.setAside(callJourney)).to.deep.equal([]);
    expect(warnings).to.deep.equal([{ model: 'call-records', ...setAside }]);
  });

  it('because it cannot say whose it is: likewise', async () => {
    const broken = faulty(callJourney, {
      keysOf: (event) => {
        if (event.position === 3) throw new Error('whose?');
        return callJourney.keysOf(event);
      },
    });
    const projector = await projectorOf(broken);
    expect(await projector.take(await all())).to.equal('taken');
    expect(await store.setAside(broken)).to.deep.equal([{ position: 3, type: 'IconClicked', reason: 'whose?' }]);
    expect(await rowsOf(projector, ...journeys)).to.have.length(3);
  });

  it('because the database refuses the row: found among all the others, and only for that model', async () => {
    const broken = faulty(callRecords, {
      evolve: (row, event, key) => {
        const next = callRecords.evolve(row as never, event, key);
        return event.position === 4 && next ? { ...next, endedAt: 'yesterday' } : next;
      },
    });
    const projector = await projectorOf(broken, callJourney);
    expect(await projector.take(await all())).to.equal('taken');
    expect(projector.position()).to.equal(6);
    expect(await rowsOf(projector, ...records)).to.have.members(['record-acme.c1', 'record-acme.c3']);
    expect(await rowsOf(projector, ...journeys)).to.have.length(3);
    expect((await store.setAside(broken)).map(({ position }) => position)).to.deep.equal([4]);
    const [journey] = [...(await store.load(projector.builds()[1] as never, ['contact-acme.c2'])).values()];
    expect(journey, 'the journey has both its events, each once').to.include({ events: 2 });
  });

  it('but while the database is away nothing is set aside: it is tried until it is back', async () => {
    const projector = await projectorOf(callRecords);
    let away = 3;
    const unsteady: ReadModelStore = {
      ...store,
      write: async (changes, upTo) => {
        away -= 1;
        if (away >= 0) throw new ReadModelFailure('unavailable', 'connection refused');
        return store.write(changes, upTo);
      },
    };
    const patient = createProjector(projector.builds(), { readModels: unsteady, clock, log, isClosed: () => false });
    const taking = patient.take(await all());
    let taken: string | undefined;
    void taking.then((outcome) => (taken = outcome));
    for (let turn = 0; turn < 1_000 && taken === undefined; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(100);
    }
    expect(taken).to.equal('taken');
    expect(away).to.equal(-1);
    expect(await rowsOf(patient, ...records)).to.have.length(3);
    expect(await store.setAside(callRecords)).to.deep.equal([]);
    expect(warnings, 'one word, not one each time').to.have.length(1);
  });
});
