import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CallInProgress, CentreCallInProgress } from '#adapters/telephony/simulated/resume.js';
import { callId, deviceId, type CallId, type DeviceId } from '#domain/kernel/ids.js';
import { phoneNumber } from '#domain/kernel/phone-number.js';
import { on } from '#test/contracts/telephony.story.js';
import { acme, busyNumber, centre, simulation, type Simulation } from './network-under-test.js';

const [anna, boris, carla] = centre.devices;
const centreCall = callId(acme, 'main.1767603600000-00001');

const throughGateway = (network: Simulation, answered: boolean, port = 0): NonNullable<CallInProgress['gateway']> => ({
  ...network.request(port),
  answered,
});

const atCentre = (
  answered: boolean,
  devices: CentreCallInProgress['devices'],
  more: Partial<CentreCallInProgress> = {},
): CentreCallInProgress => ({
  callId: centreCall,
  centreId: centre.centreId,
  ani: phoneNumber('+2975551000'),
  dnis: phoneNumber(centre.number),
  trunkGroup: 'aruba-1',
  answered,
  devices,
  ...more,
});

const connected = (device: DeviceId): CentreCallInProgress['devices'][number] => ({ device, state: 'connected' });

const idsIn = async ({ telephony }: Simulation): Promise<readonly CallId[]> =>
  (await telephony.snapshot()).map((live) => live.callId);

describe('a network that is rebuilt after its process was killed', () => {
  it('goes on with a call that was talked on, and tells nothing anew', async () => {
    const network = simulation();
    const click = throughGateway(network, true);
    expect(network.simulated.resume([{ gateway: click, centre: atCentre(true, [connected(anna)]) }])).to.deep.equal([]);
    expect(await network.telephony.snapshot()).to.have.deep.members([
      { callId: click.callId, side: 'gateway' },
      { callId: centreCall, side: 'centre' },
    ]);
    await network.untilQuiet();
    expect(network.reports).to.deep.equal([]);
    expect(network.simulated.truth(centreCall)).to.equal(click.callId);

    await network.telephony.generateDigits(on(centreCall, anna), '*76');
    await network.told(click.callId, 'Digits');
    await network.telephony.clearConnection(on(centreCall, anna));
    await network.untilQuiet();
    expect(network.of(click.callId)).to.deep.equal([
      'Digits agent-side *76',
      'ConnectionCleared trunk normal-clearing',
      'Cleared gateway normal-clearing',
    ]);
    expect(await idsIn(network)).to.deep.equal([]);
  });

  it('goes on with one that the customer then ends', async () => {
    const network = simulation();
    const click = throughGateway(network, true);
    network.simulated.resume([{ gateway: click, centre: atCentre(true, [{ device: anna, state: 'held' }]) }]);
    await network.telephony.clearCall(click.callId, 'normal-clearing');
    await network.told(centreCall, 'Cleared');
    expect(network.of(centreCall).at(-1)).to.equal('Cleared centre normal-clearing');
  });

  it('goes on with one that waits: it is routed, answered, and the customer is through', async () => {
    const network = simulation();
    const click = throughGateway(network, false);
    network.simulated.resume([{ gateway: click, centre: atCentre(false, []) }]);
    await network.telephony.routeSelect(on(centreCall, boris));
    await network.telephony.answerCall(on(centreCall, boris));
    await network.told(click.callId, 'Established');
    expect(network.of(click.callId)).to.deep.equal(['Established']);
  });

  it('goes on with a transfer that rings', async () => {
    const network = simulation();
    const ringing = { device: boris, state: 'alerting', joins: { kind: 'transfer', by: anna } } as const;
    network.simulated.resume([
      { gateway: throughGateway(network, true), centre: atCentre(true, [connected(anna), ringing]) },
    ]);
    await network.telephony.answerCall(on(centreCall, boris));
    await network.told(centreCall, 'Transferred');
    expect(network.of(centreCall)).to.deep.equal(['Established boris', 'Transferred anna to boris']);
  });

  it('holds line and phone of what goes on', async () => {
    const network = simulation();
    network.simulated.resume([{ gateway: throughGateway(network, true), centre: atCentre(true, [connected(anna)]) }]);
    const other = { ...network.request(), callId: callId(acme, 'click-other') };
    expect(await network.telephony.makeCall(other)).to.deep.equal({ outcome: 'refused', cause: 'trunks-busy' });
    const { call } = await network.waiting(1);
    expect(await network.telephony.routeSelect(on(call, anna))).to.deep.equal({ outcome: 'refused', cause: 'busy' });
  });

  it('knows nothing of what was dialled and never reported', async () => {
    const before = simulation();
    const click = await before.dial();
    await before.telephony.close();
    const network = simulation({ clock: before.clock });
    network.simulated.resume([]);
    expect(await idsIn(network)).to.deep.equal([]);
    expect(await network.telephony.clearCall(click, 'lost-in-restart')).to.deep.equal({ outcome: 'unknown-call' });
    await network.untilQuiet();
    expect(network.reports).to.deep.equal([]);
  });

  it('dials on where the line was seized and nothing is known of the far end', async () => {
    const network = simulation();
    const click = throughGateway(network, false);
    expect(network.simulated.resume([{ gateway: click }])).to.deep.equal([]);
    const call = await network.arrival();
    expect(network.of(click.callId)).to.deep.equal(['NetworkReached']);
    expect(network.simulated.truth(call)).to.equal(click.callId);
  });

  it('finds the other end of a call that the log could not tie to its click', async () => {
    const network = simulation({
      trunkGroups: [{ trunkGroup: 'aruba-1', presents: 'withheld', carriesUui: false }],
    });
    const click = throughGateway(network, true);
    const unidentified = atCentre(true, [connected(anna)], { ani: phoneNumber('anonymous') });
    const stranger = atCentre(true, [connected(boris)], {
      callId: callId(acme, 'main.1767603600000-00002'),
      trunkGroup: 'pstn',
    });
    expect(network.simulated.resume([{ centre: stranger }, { gateway: click }, { centre: unidentified }])).to.be.empty;
    expect(network.simulated.truth(unidentified.callId)).to.equal(click.callId);
    expect(network.simulated.truth(stranger.callId)).to.be.undefined;
    expect(network.simulated.callerOf(unidentified.callId)).to.be.undefined;
    expect(network.simulated.callerOf(stranger.callId)).to.not.be.undefined;
    expect(await idsIn(network)).to.have.length(3);
  });

  it('gives each loose end its own other end, and leaves alone what the log had tied', async () => {
    const network = simulation();
    const clicks = [0, 1, 2].map((port) => throughGateway(network, true, port));
    const calls = [anna, boris, carla].map((device, index) =>
      atCentre(true, [connected(device)], { callId: callId(acme, `main.1767603600000-0000${index}`) }),
    );
    const [first, second, third] = clicks.map((gateway) => ({ gateway }));
    const tied = { ...first, ...(calls[0] && { centre: calls[0] }) };
    const loose = calls.slice(1).map((one) => ({ centre: one }));
    expect(network.simulated.resume([tied, second ?? {}, third ?? {}, ...loose])).to.deep.equal([]);
    expect(calls.map((one) => network.simulated.truth(one.callId))).to.deep.equal(clicks.map((one) => one.callId));
    expect(await idsIn(network)).to.have.length(6);
  });

  it('goes on with somebody who called without a click', async () => {
    const network = simulation();
    network.simulated.resume([{ centre: atCentre(true, [connected(anna)], { trunkGroup: 'pstn' }) }]);
    const caller = network.simulated.callerOf(centreCall);
    expect(caller?.state()).to.equal('answered');
    caller?.hangUp();
    await network.told(centreCall, 'Cleared');
    expect(network.of(centreCall).at(-1)).to.equal('Cleared centre normal-clearing');
  });

  it('goes on with a call that somebody elsewhere has answered', async () => {
    const overflow = '+2975821111';
    const does = { answersAfter: 1_000, hangsUpAfter: 5_000 };
    const network = simulation({ numbers: [{ number: overflow, does }] });
    const click = { ...throughGateway(network, true), to: overflow } as const;
    expect(network.simulated.resume([{ gateway: click }])).to.deep.equal([]);
    await network.told(click.callId, 'Cleared');
    expect(network.of(click.callId)).to.deep.equal([
      'ConnectionCleared trunk normal-clearing',
      'Cleared gateway normal-clearing',
    ]);
  });

  it('gives a new call an id that none had before the crash', async () => {
    const before = simulation();
    const first = await before.waiting();
    const network = simulation({ clock: before.clock });
    const second = await network.waiting(1);
    expect(second.call).to.not.equal(first.call);
  });

  describe('says which calls it cannot go on with', () => {
    const ghost = deviceId(acme, 'ghost');
    const lost: readonly [string, (network: Simulation) => CallInProgress, number][] = [
      [
        'its gateway is gone',
        (network) => ({
          gateway: { ...throughGateway(network, true), gatewayId: 'gateway-platform.gone' as never },
          centre: atCentre(true, [connected(anna)]),
        }),
        2,
      ],
      ['its port is gone', (network) => ({ gateway: { ...throughGateway(network, false), port: 99 } }), 1],
      [
        'its phone is gone',
        (network) => ({ gateway: throughGateway(network, true), centre: atCentre(true, [connected(ghost)]) }),
        2,
      ],
      [
        'its centre is gone',
        () => ({ centre: atCentre(true, [connected(anna)], { centreId: 'centre-acme.gone' as never }) }),
        1,
      ],
      ['its phone is gone and there was no click', () => ({ centre: atCentre(true, [connected(ghost)]) }), 1],
      [
        'it was answered at a centre that knows nothing of it',
        (network) => ({ gateway: throughGateway(network, true) }),
        1,
      ],
    ];
    for (const [why, call, ends] of lost) {
      it(`because ${why}`, async () => {
        const network = simulation();
        expect(network.simulated.resume([call(network)])).to.have.length(ends);
        expect(await idsIn(network)).to.deep.equal([]);
      });
    }

    it('because its trunk is down', async () => {
      const network = simulation();
      network.simulated.takeTrunkDown('aruba-1');
      const both = { gateway: throughGateway(network, true), centre: atCentre(true, [connected(anna)]) };
      const elsewhere = { gateway: { ...throughGateway(network, true, 1), to: busyNumber } };
      expect(network.simulated.resume([both, elsewhere])).to.have.length(3);
      expect(await idsIn(network)).to.deep.equal([]);
    });

    it('because a later call is on its line or its phone', async () => {
      const network = simulation();
      const stale = { gateway: throughGateway(network, true), centre: atCentre(true, [connected(anna)]) };
      const onItsLine = {
        gateway: { ...throughGateway(network, true), callId: callId(acme, 'click-later') },
        centre: atCentre(true, [connected(carla)], { callId: callId(acme, 'main.1767603600000-00009') }),
      };
      expect(network.simulated.resume([stale, onItsLine])).to.have.members([stale.gateway.callId, centreCall]);
      expect(await idsIn(network)).to.have.members([onItsLine.gateway.callId, onItsLine.centre.callId]);
    });
  });
});
