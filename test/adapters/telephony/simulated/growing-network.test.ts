import { expect } from 'chai';
import { describe, it } from 'mocha';
import { callCentreId, deviceId } from '#domain/kernel/ids.js';
import { on } from '#test/contracts/telephony.story.js';
import { acme, centre, simulation } from './network-under-test.js';

const dora = deviceId(acme, 'dora');
const newNumber = '+2975820500';
const north = { centreId: callCentreId(acme, 'north'), number: newNumber, devices: [dora] } as const;

describe('a network that grows while it is up', () => {
  it('rings the phone of an agent who was hired a moment ago', async () => {
    const network = simulation();
    const { call } = await network.waiting();
    expect((await network.telephony.routeSelect(on(call, dora))).outcome).to.equal('refused');
    network.simulated.plugInPhone(centre.centreId, dora);
    expect((await network.telephony.routeSelect(on(call, dora))).outcome).to.equal('accepted');
  });

  it('reaches a call centre that has just been opened, and its phones', async () => {
    const network = simulation();
    network.simulated.connectCentre(north);
    await network.dial(0, newNumber);
    const call = await network.arrival();
    expect(network.reports.find(({ callId }) => callId === call)).to.include({ centreId: north.centreId });
    expect((await network.telephony.routeSelect(on(call, dora))).outcome).to.equal('accepted');
  });

  it('reaches a centre at its new number only, and leaves its calls alone', async () => {
    const network = simulation();
    const { call } = await network.waiting();
    network.simulated.connectCentre({ centreId: centre.centreId, number: newNumber, devices: [dora] });
    expect((await network.telephony.routeSelect(on(call, dora))).outcome).to.equal('accepted');
    await network.dial(1, newNumber);
    expect(network.of(await network.arrival())).to.deep.equal(['Queued']);
    const click = await network.dial(2, centre.number);
    await network.told(click, 'Failed');
    expect(network.of(click).at(-1)).to.equal('Failed gateway destination-not-obtainable');
  });
});
