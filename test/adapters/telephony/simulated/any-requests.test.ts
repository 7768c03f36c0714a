import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Connection, Telephony, TelephonyReport } from '#domain/contracts/telephony.js';
import type { CallId, DeviceId } from '#domain/kernel/ids.js';
import { centre, simulation, type Simulation } from './network-under-test.js';

const deviceRequests = {
  routeSelect: (to, at) => to.routeSelect(at),
  divertToQueue: (to, at) => to.divertToQueue(at),
  answerCall: (to, at) => to.answerCall(at),
  holdCall: (to, at) => to.holdCall(at),
  retrieveCall: (to, at) => to.retrieveCall(at),
  clearConnection: (to, at) => to.clearConnection(at),
  generateDigits: (to, at) => to.generateDigits(at, '1'),
  singleStepTransfer: (to, at, other) => to.singleStepTransfer(at, other),
  singleStepConference: (to, at, other) => to.singleStepConference(at, other),
} satisfies Record<string, (to: Telephony, at: Connection, other: DeviceId) => Promise<unknown>>;

type Step =
  | Readonly<{ do: keyof typeof deviceRequests; call: number; device: number; other: number }>
  | Readonly<{ do: 'customerHangsUp' | 'wait'; call: number }>;

const index = fc.nat({ max: 2 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constantFrom(...(Object.keys(deviceRequests) as (keyof typeof deviceRequests)[])),
        call: index,
        device: index,
        other: index,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('customerHangsUp' as const, 'wait' as const), call: index }),
    },
  ),
  { maxLength: 60 },
);

type DeviceState = 'alerting' | 'connected' | 'held';

/** Follows one centre call by its reports alone, as whoever listens to the switch must be able to. */
const follower = () => {
  const devices = new Map<DeviceId, DeviceState>();
  let over = false;
  const move = (device: DeviceId, from: DeviceState | undefined, to: DeviceState): void => {
    expect(devices.get(device), `${device} on its way to ${to}`).to.equal(from);
    devices.set(device, to);
  };
  const leave = (device: DeviceId): void => {
    expect(devices.delete(device), `${device} was in the call`).to.be.true;
  };
  const follow = (report: TelephonyReport): void => {
    expect(over, `${report.type} after the end`).to.be.false;
    switch (report.type) {
      case 'Delivered':
        move(report.device, undefined, 'alerting');
        break;
      case 'Established':
        if (report.device) move(report.device, 'alerting', 'connected');
        break;
      case 'Held':
        move(report.device, 'connected', 'held');
        break;
      case 'Retrieved':
        move(report.device, 'held', 'connected');
        break;
      case 'Transferred':
        devices.delete(report.from);
        break;
      case 'Conferenced':
        expect(devices.has(report.by) && devices.has(report.added)).to.be.true;
        break;
      case 'ConnectionCleared':
        if (report.device) leave(report.device);
        break;
      case 'Cleared':
        over = true;
        break;
      case 'Queued':
        expect(devices.size).to.equal(0);
        break;
      case 'Originated':
      case 'NetworkReached':
      case 'Digits':
      case 'Failed':
        expect.fail(`${report.type} of a call at a centre`);
    }
  };
  return { follow, devices, isOver: () => over };
};

const play = async (
  network: Simulation,
  clicks: readonly CallId[],
  calls: readonly CallId[],
  step: Step,
): Promise<void> => {
  const call = calls[step.call];
  const click = clicks[step.call];
  if (!call || !click) throw new RangeError('three calls are played with');
  if ('device' in step) {
    const [device, other] = [centre.devices[step.device], centre.devices[step.other]];
    if (!device || !other) throw new RangeError('three devices are played with');
    await deviceRequests[step.do](network.telephony, { callId: call, device }, other);
  } else if (step.do === 'wait') network.clock.advance(200);
  else await network.telephony.clearCall(click, 'normal-clearing');
};

describe('whatever is asked of the network, in any order', () => {
  it('its reports tell one story that ends, at both ends of each call, and nothing stays engaged', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer(), async (asked, seed) => {
        const network = simulation({ seed });
        const ends = [await network.waiting(0), await network.waiting(1), await network.waiting(2)];
        const [clicks, calls] = [ends.map(({ click }) => click), ends.map(({ call }) => call)];
        for (const step of asked) await play(network, clicks, calls, step);
        await network.untilQuiet();

        const live = (await network.telephony.snapshot()).map(({ callId }) => callId);
        const engaged: DeviceId[] = [];
        for (const { click, call } of ends) {
          const story = follower();
          network.reports.filter(({ callId }) => callId === call).forEach(story.follow);
          expect(story.isOver(), 'the centre says so when it is over').to.equal(!live.includes(call));
          expect(live.includes(click), 'both ends or none').to.equal(live.includes(call));
          if (!story.isOver()) engaged.push(...story.devices.keys());
          const endings = network.reports.filter(
            ({ callId, type }) => callId === click && (type === 'Cleared' || type === 'Failed'),
          );
          expect(endings).to.have.length(live.includes(click) ? 0 : 1);
        }
        expect(new Set(engaged).size, 'a phone is on one call').to.equal(engaged.length);

        for (const click of clicks) await network.telephony.clearCall(click, 'normal-clearing');
        await network.untilQuiet();
        const { call } = await network.waiting(3);
        for (const device of centre.devices) {
          expect(await network.telephony.routeSelect({ callId: call, device })).to.deep.equal({ outcome: 'accepted' });
          await network.telephony.divertToQueue({ callId: call, device });
        }
      }),
      { numRuns: 300 },
    );
  });
});
