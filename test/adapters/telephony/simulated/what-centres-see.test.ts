import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CallerPresentation, SimulatedTrunkGroup } from '#adapters/telephony/simulated/simulated-network.js';
import type { TelephonyReport } from '#domain/contracts/telephony.js';
import { centre, gatewayOf, pilotNumber, simulation, type Simulation } from './network-under-test.js';

type Queued = Extract<TelephonyReport, { type: 'Queued' }>;

const queuedOf = ({ reports }: Simulation): readonly Queued[] =>
  reports.filter((report): report is Queued => report.type === 'Queued');

const plain: SimulatedTrunkGroup = { trunkGroup: 'aruba-1', presents: 'port-number', carriesUui: false };

const arrivalOn = async (trunk: Partial<SimulatedTrunkGroup>, seed = 1): Promise<Queued> => {
  const network = simulation({ seed, trunkGroups: [{ ...plain, ...trunk }] });
  await network.waiting(3);
  return queuedOf(network)[0] ?? expect.fail('no call arrived');
};

describe('what a call centre sees of a call through a gateway', () => {
  const shown: readonly [CallerPresentation, string][] = [
    ['port-number', '+2975551003'],
    ['pilot-number', pilotNumber],
    ['withheld', 'anonymous'],
  ];
  for (const [presents, raw] of shown) {
    it(`is ${raw} on a trunk that shows the ${presents}`, async () => {
      expect((await arrivalOn({ presents })).ani.raw).to.equal(raw);
    });
  }

  it('is the beginning of the number on a trunk that garbles, never another number', async () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { raw } = (await arrivalOn({ presents: 'garbled' }, seed)).ani;
      expect('+2975551003'.startsWith(raw)).to.be.true;
      expect(raw.length).to.be.within('+297'.length, '+2975551003'.length - 2);
    }
  });

  it('is the caller’s name and the session, where the trunk carries them', async () => {
    const seen = await arrivalOn({ callerName: 'ARUBA SHOES', carriesUui: true });
    expect(seen).to.include({ callerName: 'ARUBA SHOES', uui: 'session-acme.session-3' });
  });

  it('is the line’s real number, whatever Trunkline takes it to be', async () => {
    const network = simulation();
    await network.telephony.makeCall({ ...network.request(2), ani: '+2975559999' });
    await network.arrival();
    expect(queuedOf(network)[0]?.ani.raw).to.equal('+2975551002');
    expect(network.reports.find(({ type }) => type === 'Originated')).to.include({ ani: '+2975551002' });
  });

  it('does not say which click it is, and yet the truth can be had for a benchmark, also afterwards', async () => {
    const network = simulation();
    const [first, second] = [await network.waiting(0), await network.waiting(1)];
    expect(network.simulated.truth(first.call)).to.equal(first.click);
    expect(network.simulated.truth(second.call)).to.equal(second.click);
    await network.telephony.clearCall(first.click, 'normal-clearing');
    await network.untilQuiet();
    expect(network.simulated.truth(first.call)).to.equal(first.click);
  });
});

describe('somebody who calls a centre without any click', () => {
  it('arrives with whatever number the network shows, on the trunk of the public network', async () => {
    const network = simulation();
    const caller = network.simulated.placeCall({ from: '0800 SHOES', to: centre.number, callerName: 'Mum' });
    const call = await network.arrival();
    expect(queuedOf(network)[0]).to.include({ trunkGroup: 'pstn', callerName: 'Mum' });
    expect(queuedOf(network)[0]?.ani).to.deep.equal({ raw: '0800 SHOES' });
    expect(caller.centreCallId()).to.equal(call);
    expect(network.simulated.truth(call)).to.be.undefined;
  });

  it('can show the number of a gateway’s port, and is nobody’s click all the same', async () => {
    const network = simulation();
    network.simulated.placeCall({ from: '+2975551003', to: centre.number, uui: 'session-acme.session-3' });
    const call = await network.arrival();
    expect(queuedOf(network)[0]).to.deep.include({
      ani: { raw: '+2975551003', e164: '+2975551003' },
      uui: 'session-acme.session-3',
    });
    expect(network.simulated.truth(call)).to.be.undefined;
  });

  it('talks, and hangs up', async () => {
    const network = simulation();
    const [anna] = centre.devices;
    const caller = network.simulated.placeCall({ from: '+31201234567', to: centre.number });
    const call = await network.arrival();
    await network.telephony.routeSelect({ callId: call, device: anna });
    await network.telephony.answerCall({ callId: call, device: anna });
    await network.until(() => caller.state() === 'answered');
    await network.telephony.generateDigits({ callId: call, device: anna }, '1');
    expect(network.simulated.callerOf(call)).to.equal(caller);
    caller.hangUp();
    caller.hangUp();
    await network.told(call, 'Cleared');
    expect(network.of(call).slice(-2)).to.deep.equal([
      'ConnectionCleared trunk normal-clearing',
      'Cleared centre normal-clearing',
    ]);
    expect(caller.state()).to.equal('over');
  });

  it('hears the agent hang up', async () => {
    const network = simulation();
    const [anna] = centre.devices;
    const caller = network.simulated.placeCall({ from: '+31201234567', to: centre.number });
    const call = await network.arrival();
    await network.telephony.routeSelect({ callId: call, device: anna });
    await network.telephony.answerCall({ callId: call, device: anna });
    await network.telephony.clearConnection({ callId: call, device: anna });
    await network.until(() => caller.state() === 'over');
    expect(network.of(call).at(-1)).to.equal('Cleared centre normal-clearing');
  });

  it('finds the centre busy when all its lines are in use', async () => {
    const network = simulation({ centres: [{ ...centre, lines: 1 }] });
    await network.waiting(0);
    const caller = network.simulated.placeCall({ from: '+31201234567', to: centre.number });
    await network.until(() => caller.state() === 'over');
    const click = await network.dial(1);
    await network.told(click, 'Failed');
    expect(network.of(click).at(-1)).to.equal('Failed gateway busy');
  });
});

describe('tones on the way from an agent’s keypad to the gateway', () => {
  it('take their time, and the short do not overtake the long', async () => {
    const network = simulation();
    const [anna] = centre.devices;
    const { click, call } = await network.answeredBy(anna);
    const keyedAt = network.clock.now();
    for (const digits of ['12345', '6']) await network.telephony.generateDigits({ callId: call, device: anna }, digits);
    await network.told(click, 'Digits', 2);
    expect(network.of(click).slice(-2)).to.deep.equal(['Digits agent-side 12345', 'Digits agent-side 6']);
    for (const { at } of network.reports.slice(-2)) expect(at - keyedAt).to.be.within(500, 600);
  });
});

describe('a number that is no call centre’s', () => {
  const overflow = '+2975821111';
  const dialOverflow = async (does: Parameters<typeof simulation>[0]): Promise<readonly string[]> => {
    const network = simulation({ gateways: [gatewayOf(1)], ...does });
    const click = await network.dial(0, overflow);
    await network.untilQuiet();
    return network.of(click).slice(2);
  };

  it('answers and hangs up as it is set to', async () => {
    const does = { answersAfter: 4_000, hangsUpAfter: 60_000 };
    expect(await dialOverflow({ numbers: [{ number: overflow, does }] })).to.deep.equal([
      'Established',
      'ConnectionCleared trunk normal-clearing',
      'Cleared gateway normal-clearing',
    ]);
  });

  it('rings and rings', async () => {
    const does = { fails: 'no-answer', after: 30_000 } as const;
    expect(await dialOverflow({ numbers: [{ number: overflow, does }] })).to.deep.equal(['Failed gateway no-answer']);
  });

  it('may answer whatever it is', async () => {
    expect(await dialOverflow({ otherNumbers: { answersAfter: 2_000 } })).to.deep.equal(['Established']);
  });

  for (const [moment, wait] of [
    ['while it rings', 2_000],
    ['while it talks', 8_000],
  ] as const) {
    it(`says no more once the customer has hung up ${moment}`, async () => {
      const does = { answersAfter: 4_000, hangsUpAfter: 60_000 };
      const network = simulation({ numbers: [{ number: overflow, does }] });
      const start = network.clock.now();
      const click = await network.dial(0, overflow);
      network.clock.advance(wait);
      await network.telephony.clearCall(click, 'normal-clearing');
      await network.untilQuiet();
      expect(network.of(click).at(-1)).to.equal('Cleared gateway normal-clearing');
      expect(network.clock.waiting()).to.equal(0);
      expect(network.clock.now() - start).to.be.below(10_000);
    });
  }
});
