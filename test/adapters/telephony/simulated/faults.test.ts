import { expect } from 'chai';
import { describe, it } from 'mocha';
import { callId } from '#domain/kernel/ids.js';
import { acme, centre, gatewayOf, simulation } from './network-under-test.js';

const { gatewayId } = gatewayOf(1);
const [anna] = centre.devices;

describe('a trunk that goes down', () => {
  it('breaks every call on it, at both ends', async () => {
    const network = simulation();
    const talking = await network.answeredBy(anna, 0);
    const queued = await network.waiting(1);
    network.simulated.takeTrunkDown('aruba-1');
    await network.untilQuiet();
    expect(network.of(talking.click).slice(-2)).to.deep.equal([
      'ConnectionCleared trunk network-lost',
      'Cleared gateway network-lost',
    ]);
    expect(network.of(talking.call).slice(-2)).to.deep.equal([
      'ConnectionCleared trunk network-lost',
      'Cleared centre network-lost',
    ]);
    expect(network.of(queued.click).at(-1)).to.equal('Failed gateway network-lost');
    expect(network.of(queued.call).at(-1)).to.equal('Cleared centre network-lost');
    expect(await network.telephony.snapshot()).to.deep.equal([]);
  });

  it('loses a call on its way, of which the centre never hears', async () => {
    const network = simulation();
    const click = await network.dial();
    await network.told(click, 'NetworkReached');
    network.simulated.takeTrunkDown('aruba-1');
    await network.untilQuiet();
    expect(network.of(click).at(-1)).to.equal('Failed gateway network-lost');
    expect(network.reports.filter(({ type }) => type === 'Queued')).to.be.empty;
  });

  it('takes no call until it is up again, at the time that was set', async () => {
    const network = simulation({ faults: [{ kind: 'trunk-outage', trunkGroup: 'aruba-1', from: 0, until: 5_000 }] });
    network.clock.advance(1);
    const early = await network.dial(0);
    await network.told(early, 'Failed');
    expect(network.of(early)).to.deep.equal(['Originated', 'Failed gateway trunks-busy']);
    network.clock.advance(5_000);
    await network.waiting(1);
  });

  it('leaves calls on other trunks alone', async () => {
    const network = simulation();
    const caller = network.simulated.placeCall({ from: '+31201234567', to: centre.number });
    const call = await network.arrival();
    network.simulated.takeTrunkDown('aruba-1');
    await network.untilQuiet();
    expect(caller.state()).to.equal('calling');
    expect(network.of(call)).to.deep.equal(['Queued']);
    network.simulated.takeTrunkDown('pstn');
    await network.told(call, 'Cleared');
    expect(caller.state()).to.equal('over');
    expect(network.simulated.placeCall({ from: '+31201234567', to: centre.number }).state()).to.equal('over');
    network.simulated.bringTrunkUp('pstn');
    expect(network.simulated.placeCall({ from: '+31201234567', to: centre.number }).state()).to.equal('calling');
  });

  it('has as many circuits as it has, and frees each when its call is over', async () => {
    const network = simulation({
      trunkGroups: [{ trunkGroup: 'aruba-1', presents: 'port-number', carriesUui: false, circuits: 2 }],
    });
    const first = await network.waiting(0);
    await network.waiting(1);
    const third = await network.dial(2);
    await network.told(third, 'Failed');
    expect(network.of(third).at(-1)).to.equal('Failed gateway trunks-busy');
    await network.telephony.clearCall(first.click, 'normal-clearing');
    await network.told(first.call, 'Cleared');
    await network.waiting(3);
  });
});

describe('a gateway’s port that fails', () => {
  it('drops its call, lets the centre know, and takes none until it is repaired', async () => {
    const network = simulation();
    const { click, call } = await network.answeredBy(anna);
    const next = { ...network.request(), callId: callId(acme, 'click-next') };
    network.simulated.failPort(gatewayId, 0);
    await network.told(call, 'Cleared');
    expect(network.of(click).at(-1)).to.equal('Cleared gateway network-lost');
    expect(network.of(call).at(-1)).to.equal('Cleared centre normal-clearing');
    expect(await network.telephony.makeCall(next)).to.deep.equal({ outcome: 'refused', cause: 'trunks-busy' });
    network.simulated.repairPort(gatewayId, 0);
    expect(await network.telephony.makeCall(next)).to.deep.equal({ outcome: 'accepted' });
  });

  it('fails and recovers at the times that were set', async () => {
    const network = simulation({
      faults: [{ kind: 'port-failure', gatewayId, port: 0, from: 20_000, until: 30_000 }],
    });
    const { click } = await network.waiting();
    await network.told(click, 'Cleared');
    expect(network.of(click).at(-1)).to.equal('Cleared gateway network-lost');
    await network.untilQuiet();
    const next = { ...network.request(), callId: callId(acme, 'click-next') };
    expect(await network.telephony.makeCall(next)).to.deep.equal({ outcome: 'accepted' });
  });
});

describe('a network that contradicts itself', () => {
  const gateway = gatewayOf(2);
  const refusals: readonly [string, Parameters<typeof simulation>[0], string][] = [
    [
      'two gateways of one name',
      { gateways: [gateway, { ...gateway, ports: [] }] },
      'gateway gateway-platform.aruba is',
    ],
    [
      'two ports of one number',
      {
        gateways: [
          {
            ...gateway,
            ports: [
              { port: 0, ani: '+2975551000' },
              { port: 1, ani: '+2975551000' },
            ],
          },
        ],
      },
      'number +2975551000 is given to two',
    ],
    [
      'one port twice',
      {
        gateways: [
          {
            ...gateway,
            ports: [
              { port: 0, ani: '+2975551000' },
              { port: 0, ani: '+2975551001' },
            ],
          },
        ],
      },
      'port gateway-platform.aruba/0 is there twice',
    ],
    [
      'a phone at two desks',
      { centres: [{ ...centre, devices: [anna, anna] }] },
      'device device-acme.anna is there twice',
    ],
    [
      'one centre twice',
      { centres: [centre, { ...centre, devices: [] }] },
      'call centre centre-acme.main is there twice',
    ],
    [
      'a fault of a port that is not there',
      { faults: [{ kind: 'port-failure', gatewayId, port: 99, from: 0 }] },
      'a fault names port 99 of gateway-platform.aruba, which is not there',
    ],
    [
      'a trunk group described twice',
      {
        trunkGroups: (['withheld', 'garbled'] as const).map((presents) => ({
          trunkGroup: 'aruba-1',
          presents,
          carriesUui: false,
        })),
      },
      'trunk group aruba-1 is there twice',
    ],
  ];
  for (const [what, settings, complaint] of refusals) {
    it(`is not built: ${what}`, () => {
      expect(() => simulation(settings)).to.throw(RangeError, complaint);
    });
  }
});
