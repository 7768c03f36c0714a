import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CloudEvent } from '#adapters/event-publisher/cloud-event.js';
import { webhookId } from '#domain/kernel/ids.js';
import { acme, openDeliveringLog, type DeliveringLog } from '#test/support/webhooks/delivering-log.js';
import { openEndpoint, type Endpoint } from '#test/support/webhooks/endpoint.js';

const expectInOrder = (events: readonly CloudEvent[]): void => {
  const last = new Map<string, string>();
  for (const { subject, sequence } of events) {
    expect(sequence > (last.get(subject) ?? ''), `${subject}: ${sequence} after ${last.get(subject)}`).to.equal(true);
    last.set(subject, sequence);
  }
};

/** The work between two chances for others, in ms of the processor: whatever else the machine is doing. 99 of 100 are shorter. */
const measureStretches = () => {
  const stretches: number[] = [];
  let before = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    stretches.push((user + system) / 1_000);
    before = process.cpuUsage();
  }, 1);
  return {
    end: (): number => {
      clearInterval(timer);
      return stretches.sort((one, other) => one - other)[Math.floor(stretches.length * 0.99)] ?? 0;
    },
  };
};

describe('webhooks on a busy floor', () => {
  let log: DeliveringLog;
  let endpoints: Endpoint[];
  beforeEach(async () => {
    log = await openDeliveringLog();
    endpoints = await Promise.all([openEndpoint(), openEndpoint(), openEndpoint()]);
  });
  afterEach(async () => {
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
    await log.close();
  });
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    for (let waited = 0; !holds(); waited += 10) {
      if (waited > 20_000) {
        throw new Error(`waited in vain until ${what}: ${JSON.stringify(log.complaints.slice(0, 3))}`);
      }
      await pause(10);
    }
  };
  const defineAll = async (): Promise<void> => {
    for (const [index, { url }] of endpoints.entries()) await log.define(`w${index}`, url);
    await until('all are open', () =>
      endpoints.every((_, index) => log.webhooks.deliveredUpTo(webhookId(acme, `w${index}`)) !== undefined),
    );
  };

  it('keep up with a thousand events a second while one of three endpoints hangs', async function () {
    this.timeout(60_000);
    const [hanging, ...well] = endpoints;
    hanging?.answer(() => 'by-hand');
    await defineAll();
    const stretches = measureStretches();
    const seconds = 4;
    for (let tick = 0; tick < seconds * 50; tick += 1) {
      await Promise.all([log.append(20, 200), pause(20)]);
    }
    const longest = stretches.end();
    const behind = well.map((endpoint) => seconds * 1_000 - endpoint.taken().length);
    await until('all is told', () => well.every((endpoint) => endpoint.taken().length === seconds * 1_000));
    for (const endpoint of well) expectInOrder(endpoint.taken());
    expect(Math.max(...behind), 'events behind at the end').to.be.below(1_000);
    expect(hanging?.received.length, 'deliveries that hang').to.be.within(1, 8);
    expect(longest, 'ms of work in one go, for which a pop would have waited').to.be.below(50);
    expect(log.complaints).to.deep.equal([]);
  });

  it('come after a burst that is longer than what is kept in memory, in order and each once', async function () {
    this.timeout(60_000);
    await defineAll();
    for (let burst = 0; burst < 5; burst += 1) await log.append(600, 50);
    await until('all is told', () => endpoints.every((endpoint) => endpoint.taken().length >= 3_000));
    for (const endpoint of endpoints) {
      expectInOrder(endpoint.taken());
      expect(new Set(endpoint.taken().map(({ id }) => id)).size).to.equal(3_000);
      expect(endpoint.received.length).to.equal(3_000);
    }
  });

  it('of an endpoint that answers with nothing but faults now and then lose nothing', async function () {
    this.timeout(60_000);
    let asked = 0;
    const [moody] = endpoints;
    moody?.answer(() => ((asked += 1) % 40 === 0 ? 500 : 200));
    await defineAll();
    for (let tick = 0; tick < 20; tick += 1) await Promise.all([log.append(20, 60), pause(10)]);
    await until('all is told', () => endpoints.every((endpoint) => endpoint.taken().length >= 400));
    expect(new Set(moody?.taken().map(({ id }) => id)).size).to.equal(400);
    expectInOrder(moody?.taken() ?? []);
  });
});
