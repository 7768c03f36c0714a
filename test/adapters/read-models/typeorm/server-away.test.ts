import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { typeormReadModels, type ReadModels } from '#adapters/read-models/typeorm/typeorm.read-models.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import { ReadModelFailure } from '#domain/contracts/read-models.js';
import { readModels as models } from '#projections/read-models.js';
import { projectReadModels, type ReadModelProjection } from '#src/application/read-models/project-read-models.js';
import { happens } from '#test/support/call-history-events.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { skipWithout } from '#test/support/outside-service.js';
import { missingPostgresPrograms, startPostgres, type PostgresServer } from '#test/support/postgres.js';
import { acme } from '#test/support/store-events.js';

const patience = 20_000;

describe('the PostgreSQL server of the read models', () => {
  let server: PostgresServer;
  let events: EventStore;
  let readModels: ReadModels;
  let projection: ReadModelProjection;
  const warnings: string[] = [];
  before(async function () {
    this.timeout(30_000);
    skipWithout(this, missingPostgresPrograms());
    server = await startPostgres();
    events = memoryStore({ clock: fakeClock() }).events;
    readModels = typeormReadModels({ location: { url: server.url('postgres') }, models, clock: systemClock });
    const warn = (_fields: object, message: string): void => void warnings.push(message);
    const log = { debug: () => {}, info: () => {}, warn, error: () => {} };
    projection = projectReadModels({ events, readModels: readModels.store, clock: systemClock, log });
  });
  after(async () => {
    await projection.close();
    await readModels.close();
    await server.stop();
  });

  const charge = (customer: string): Promise<number> =>
    happens(events, { kind: 'charged', merchant: acme, customer, agent: 'anna', text: 'sale', late: 2 });
  const customers = async (): Promise<readonly string[]> =>
    (await readModels.history.callRecords(acme, { limit: 99 })).map(({ row }) => row.contactId.slice(13)).toReversed();

  it('holds what happens while it is there', async () => {
    expect(await projection.reached(await charge('c1'), patience)).to.equal(true);
    expect(await customers()).to.deep.equal(['c1']);
  });

  it('goes away: calls go on, a question has no answer for the moment, and the operator is told once', async function () {
    this.timeout(30_000);
    await server.kill();
    for (const customer of ['c2', 'c3', 'c4']) await charge(customer);
    expect(await projection.reached(await events.lastPosition(), 50)).to.equal(false);
    const failure = await customers().catch((thrown: unknown) => thrown);
    expect(failure).to.be.instanceOf(ReadModelFailure).and.have.property('failure', 'unavailable');
    while (warnings.length === 0) await nextTurn();
    expect(warnings).to.have.length(1);
  });

  it('comes back: the rows go on where they were, and nothing is missing or there twice', async function () {
    this.timeout(30_000);
    await server.startAgain();
    expect(await projection.reached(await charge('c5'), patience)).to.equal(true);
    expect(await customers()).to.deep.equal(['c1', 'c2', 'c3', 'c4', 'c5']);
    expect((await readModels.store.setAside(models[1])).length).to.equal(0);
  });

  it('is away when the product starts: it is waited for, and then filled', async function () {
    this.timeout(30_000);
    await server.kill();
    const late = typeormReadModels({ location: { url: server.url('postgres') }, models, clock: systemClock });
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const starting = projectReadModels({ events, readModels: late.store, clock: systemClock, log });
    expect(await starting.reached(1, 50)).to.equal(false);
    await server.startAgain();
    expect(await starting.reached(await events.lastPosition(), patience)).to.equal(true);
    await starting.close();
    await late.close();
  });
});
