import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { simulatedNetwork, type Reporting } from '#adapters/telephony/simulated/simulated-network.js';
import { simulatedTelephony } from '#adapters/telephony/simulated/simulated.telephony.js';
import type { TelephonyReport } from '#domain/contracts/telephony.js';
import { callId } from '#domain/kernel/ids.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { acme, centre, gatewayOf, simulation, type Simulation } from './network-under-test.js';

const manyCalls = async (reporting: Partial<Reporting>, seed = 1): Promise<Simulation> => {
  const network = simulation({ seed, gateways: [gatewayOf(500)], reporting });
  for (let port = 0; port < 500; port += 1) await network.dial(port);
  network.clock.advance(10_000);
  for (let port = 0; port < 500; port += 1) {
    await network.telephony.clearCall(network.request(port).callId, 'normal-clearing');
  }
  await network.untilQuiet();
  return network;
};

/** Originated, NetworkReached, Queued, Cleared at the gateway; ConnectionCleared and Cleared at the centre. */
const toldOfManyCalls = 500 * 6;

describe('reports of an imperfect network', () => {
  it('all come, once and in order, on a calm day', async () => {
    const { reports } = await manyCalls({});
    expect(reports).to.have.length(toldOfManyCalls);
  });

  it('are lost as often as they are set to be', async () => {
    const { reports } = await manyCalls({ lost: 0.1 });
    expect(reports.length / toldOfManyCalls).to.be.closeTo(0.9, 0.02);
  });

  it('are lost each for itself: few calls lose all or nothing', async () => {
    const { of, request } = await manyCalls({ lost: 0.5 });
    const told = Array.from({ length: 500 }, (_none, port) => of(request(port).callId).length);
    expect(told.filter((count) => count === 1 || count === 2).length / 500).to.be.closeTo(0.75, 0.06);
  });

  it('come twice as often as they are set to, the second time later', async () => {
    const { reports } = await manyCalls({ doubled: 0.2 });
    expect(reports.length / toldOfManyCalls).to.be.closeTo(1.2, 0.02);
    const twice = reports.filter((report, index) => reports.indexOf(report) !== index);
    expect(twice).to.have.length(reports.length - toldOfManyCalls);
  });

  it('are overtaken by later ones when they are late, and say when it happened', async () => {
    const calm = await manyCalls({});
    const { reports } = await manyCalls({ late: 0.1, lateBy: { from: 2_000, to: 20_000 } });
    expect(reports).to.have.length(toldOfManyCalls);
    const outOfOrder = reports.filter((report, index) => {
      const before = reports[index - 1];
      return before !== undefined && before.at > report.at;
    });
    expect(outOfOrder.length).to.be.greaterThan(toldOfManyCalls / 50);
    const timesOf = (all: readonly TelephonyReport[]) =>
      all.map(({ callId, type, at }) => `${callId} ${type} ${at}`).sort();
    expect(timesOf(reports)).to.deep.equal(timesOf(calm.reports));
  });

  it('are not out of order merely because each takes its time', async () => {
    const { reports, of } = await manyCalls({ delay: { from: 0, to: 3_000 } });
    for (const { callId } of reports.filter(({ type }) => type === 'Originated')) {
      expect(of(callId)).to.deep.equal(['Originated', 'NetworkReached', 'Cleared gateway normal-clearing']);
    }
  });

  it('bear the time of a gateway’s or a switch’s own clock', async () => {
    const [gateway] = [gatewayOf(1)];
    const network = simulation({
      gateways: [{ ...gateway, reporting: { clockSkew: -90_000 } }],
      centres: [{ ...centre, reporting: { clockSkew: 60_000 } }],
      timing: { transit: { from: 500, to: 500 }, seize: { from: 100, to: 100 } },
    });
    const start = network.clock.now();
    await network.waiting();
    expect(network.reports.map(({ type, at }) => `${type} ${at - start}`)).to.deep.equal([
      'Originated -90000',
      'NetworkReached -89900',
      'Queued 60600',
    ]);
  });

  it('meet the fate that a script has for them, and no other does', async () => {
    const network = simulation({
      gateways: [{ ...gatewayOf(3), reporting: { script: [{ report: 'Originated', occurrence: 2, fate: 'lost' }] } }],
      centres: [
        {
          ...centre,
          reporting: {
            script: [
              { report: 'Queued', occurrence: 1, fate: { lateBy: 5_000 } },
              { report: 'Queued', occurrence: 3, fate: 'doubled' },
            ],
          },
        },
      ],
      timing: { transit: { from: 300, to: 300 }, seize: { from: 0, to: 0 } },
      reporting: { lateBy: { from: 9_000, to: 9_000 } },
    });
    for (const port of [0, 1, 2]) await network.dial(port);
    await network.untilQuiet();
    const arrivals = network.reports.flatMap((report) => (report.type === 'Queued' ? [report.ani.raw.slice(-1)] : []));
    expect(arrivals.join()).to.equal('1,2,0,2');
    expect(network.reports.filter(({ type }) => type === 'Originated')).to.have.length(2);
    expect(network.of(network.request(1).callId)).to.deep.equal(['NetworkReached']);
  });
});

describe('the same seed and the same requests', () => {
  const storm: Partial<Reporting> = { lost: 0.1, doubled: 0.1, late: 0.1, delay: { from: 0, to: 500 } };

  it('give the same reports, to the millisecond', async () => {
    const [one, other] = [await manyCalls(storm, 7), await manyCalls(storm, 7)];
    expect(one.reports).to.deep.equal(other.reports);
  });

  it('give others with another seed', async () => {
    const [one, other] = [await manyCalls(storm, 7), await manyCalls(storm, 8)];
    expect(one.reports).to.not.deep.equal(other.reports);
  });

  it('give one call the same fate, however many others there are', async () => {
    const alone = simulation({ seed: 7, gateways: [gatewayOf(500)], reporting: storm });
    const { callId } = alone.request(123);
    await alone.dial(123);
    await alone.untilQuiet();
    const crowd = simulation({ seed: 7, gateways: [gatewayOf(500)], reporting: storm });
    for (let port = 0; port < 500; port += 1) await crowd.dial(port);
    await crowd.untilQuiet();
    const storyOf = ({ reports }: Simulation) => reports.filter((report) => report.callId === callId);
    expect(storyOf(crowd)).to.deep.equal(storyOf(alone));
    expect(storyOf(alone)).to.not.be.empty;
  });
});

describe('a report that is not taken', () => {
  const line = simulation().request();

  const open = (takeReport: (report: TelephonyReport) => Promise<void>) => {
    const clock = fakeClock();
    const complaints: string[] = [];
    const telephony = simulatedTelephony({
      network: simulatedNetwork({ seed: 1, gateways: [gatewayOf(8)], centres: [centre] }),
      clock,
      takeReport,
      reportNotTaken: ({ type }, reason) => void complaints.push(`${type}: ${String(reason)}`),
    });
    return { clock, telephony, complaints };
  };

  const work = async (clock: ReturnType<typeof fakeClock>, seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      await setImmediate();
    }
  };

  it('is complained of and offered again until it is, and none of the same call overtakes it', async () => {
    const taken: string[] = [];
    let full = true;
    const { clock, telephony, complaints } = open(async ({ type, callId }) => {
      if (full && callId === line.callId) throw new Error('disk full');
      taken.push(type);
    });
    await telephony.makeCall(line);
    await work(clock, 3);
    expect(complaints).to.deep.equal(Array.from({ length: 3 }, () => 'Originated: Error: disk full'));
    expect(taken).to.deep.equal(['Queued']);
    full = false;
    await work(clock, 2);
    expect(taken).to.deep.equal(['Queued', 'Originated', 'NetworkReached']);
  });

  it('is not offered again when it is turned down while the network closes', async () => {
    let turnDown = (_reason: Error): void => expect.fail('nothing is in hand');
    const { clock, telephony, complaints } = open(
      () =>
        new Promise((_resolve, reject) => {
          turnDown = reject;
        }),
    );
    await telephony.makeCall(line);
    clock.advance(0);
    const closing = telephony.close();
    turnDown(new Error('disk full'));
    await closing;
    expect(complaints).to.deep.equal(['Originated: Error: disk full']);
    expect(clock.waiting()).to.equal(0);
  });

  it('is not offered any more once the network is closed, which waits for the one in hand', async () => {
    const taken: string[] = [];
    const inHand: (() => void)[] = [];
    const { clock, telephony } = open(
      ({ type }) =>
        new Promise((resolve) => {
          inHand.push(() => {
            taken.push(type);
            resolve();
          });
        }),
    );
    await telephony.makeCall(line);
    await work(clock, 1);
    await telephony.makeCall({ ...line, callId: callId(acme, 'click-next'), port: 1 });
    const closing = telephony.close().then(() => taken.push('closed'));
    await setImmediate();
    inHand.forEach((finish) => finish());
    await closing;
    expect(taken).to.deep.equal(['Originated', 'Queued', 'closed']);
    expect(clock.waiting()).to.equal(0);
    await work(clock, 5);
    expect(inHand).to.have.length(2);
    expect(await telephony.snapshot()).to.deep.equal([]);
    expect(await telephony.makeCall(line)).to.deep.equal({ outcome: 'refused', cause: 'rejected' });
  });
});
