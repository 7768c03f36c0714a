import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { TelephonyOutcome } from '#domain/contracts/telephony.js';
import { callId, merchantId, type DeviceId } from '#domain/kernel/ids.js';
import { telephonyRequestsContract } from './telephony-requests.contract.js';
import { on, storyOn, type NetworkUnderTest, type Story } from './telephony.story.js';

const accepted: TelephonyOutcome = { outcome: 'accepted' };
const refused = (cause: 'rejected' | 'busy' | 'destination-not-obtainable' | 'trunks-busy'): TelephonyOutcome => ({
  outcome: 'refused',
  cause,
});
const unknown: TelephonyOutcome = { outcome: 'unknown-call' };

/**
 * What every telephone network promises. `open` gives a fresh one whose first three devices are called anna, boris and
 * carla, with two free ports or more.
 */
export const telephonyContract = (open: () => Promise<NetworkUnderTest>): void => {
  describe('telephony contract', () => {
    let story: Story;
    let anna: DeviceId;
    let boris: DeviceId;
    let carla: DeviceId;
    beforeEach(async () => {
      story = storyOn(await open());
      [anna, boris, carla] = story.centre.devices;
    });
    afterEach(() => story.telephony.close());

    describe('a call from a click to its end', () => {
      it('seizes its port, leaves the gateway and waits at the centre whose number was dialled', async () => {
        const { click, call } = await story.waiting();
        const { callId: _id, to: _to, sessionId: _session, ...line } = story.request();
        expect(story.of(click)).to.deep.equal(['Originated', 'NetworkReached']);
        expect(story.reports.find(({ type }) => type === 'Originated')).to.include(line);
        expect(story.of(call)).to.deep.equal(['Queued']);
      });

      it('shows the centre line number, dialled number and trunk, and nothing of the click', async () => {
        const { call } = await story.waiting(1);
        const { centre, gateway } = story;
        const { at: _at, ...seen } = story.reports.find((report) => report.callId === call) ?? expect.fail('not told');
        const ani = story.request(1).ani;
        expect(seen).to.deep.equal({
          type: 'Queued',
          callId: call,
          centreId: centre.centreId,
          ani: { raw: ani, e164: ani },
          dnis: { raw: centre.number, e164: centre.number },
          trunkGroup: gateway.trunkGroup,
        });
      });

      it('has an id made of the name of the centre and a reference of its switch', async () => {
        const { call } = await story.waiting();
        const { centreId } = story.centre;
        expect(call.startsWith(`call-${centreId.slice(centreId.indexOf('-') + 1)}.`)).to.be.true;
      });

      it('rings, is answered, and the customer is through', async () => {
        const { click, call } = await story.answeredBy(anna);
        expect(story.of(call)).to.deep.equal(['Queued', 'Delivered anna', 'Established anna']);
        expect(story.of(click)).to.deep.equal(['Originated', 'NetworkReached', 'Established']);
      });

      it('ends at the centre first when the agent hangs up', async () => {
        const { click, call } = await story.answeredBy(anna);
        await story.telephony.clearConnection(on(call, anna));
        await story.told(click, 'Cleared');
        expect(story.of(call).slice(-2)).to.deep.equal([
          'ConnectionCleared anna normal-clearing',
          'Cleared centre normal-clearing',
        ]);
        expect(story.of(click).slice(-2)).to.deep.equal([
          'ConnectionCleared trunk normal-clearing',
          'Cleared gateway normal-clearing',
        ]);
        const last = story.reports.slice(-4).map((report) => report.callId);
        expect(last).to.deep.equal([call, call, click, click]);
      });

      it('ends at the gateway first when the customer hangs up, for the reason that was given there', async () => {
        const { click, call } = await story.answeredBy(anna);
        await story.telephony.clearCall(click, 'window-closed');
        await story.told(call, 'Cleared');
        expect(story.of(click).slice(-1)).to.deep.equal(['Cleared gateway window-closed']);
        expect(story.of(call).slice(-2)).to.deep.equal([
          'ConnectionCleared trunk normal-clearing',
          'Cleared centre normal-clearing',
        ]);
        expect(story.reports.slice(-3).map((report) => report.callId)).to.deep.equal([click, call, call]);
      });

      it('is abandoned when the customer hangs up before anybody answers', async () => {
        const { click, call } = await story.waiting();
        await story.telephony.clearCall(click, 'normal-clearing');
        await story.told(call, 'Cleared');
        expect(story.of(call)).to.deep.equal([
          'Queued',
          'ConnectionCleared trunk abandoned',
          'Cleared centre abandoned',
        ]);
      });

      it('leaves line and phone free for the next', async () => {
        const first = await story.answeredBy(anna);
        await story.telephony.clearConnection(on(first.call, anna));
        await story.told(first.click, 'Cleared');
        const next = { ...story.request(), callId: callId(merchantId('acme'), 'click-next') };
        expect(await story.telephony.makeCall(next)).to.deep.equal(accepted);
        const call = await story.arrival();
        expect(await story.telephony.routeSelect(on(call, anna))).to.deep.equal(accepted);
        expect(await story.telephony.snapshot()).to.have.deep.members([
          { callId: next.callId, side: 'gateway' },
          { callId: call, side: 'centre' },
        ]);
      });
    });

    describe('a call that does not come about', () => {
      it('fails as busy', async () => {
        const click = await story.dial(0, story.busyNumber);
        await story.told(click, 'Failed');
        expect(story.of(click)).to.deep.equal(['Originated', 'NetworkReached', 'Failed gateway busy']);
      });

      it('fails when the number is nobody’s', async () => {
        const click = await story.dial(0, story.numberOfNobody);
        await story.told(click, 'Failed');
        expect(story.of(click).at(-1)).to.equal('Failed gateway destination-not-obtainable');
        expect(await story.telephony.snapshot()).to.deep.equal([]);
      });

      it('is refused on a port that is not there, or is in use', async () => {
        await story.dial();
        const other = { ...story.request(), callId: callId(merchantId('acme'), 'click-other') };
        expect(await story.telephony.makeCall(other)).to.deep.equal(refused('trunks-busy'));
        expect(await story.telephony.makeCall({ ...other, port: 4_711 })).to.deep.equal(refused('rejected'));
      });

      it('never reaches the centre when the customer is faster than the line', async () => {
        const click = await story.dial();
        await story.telephony.clearCall(click, 'window-closed');
        await story.untilQuiet();
        expect(story.reports.map((report) => report.callId)).to.deep.equal([click, click]);
        expect(story.of(click)).to.deep.equal(['Originated', 'Cleared gateway window-closed']);
      });
    });

    describe('a call on hold', () => {
      it('is held and retrieved', async () => {
        const { call } = await story.answeredBy(anna);
        expect(await story.telephony.holdCall(on(call, anna))).to.deep.equal(accepted);
        expect(await story.telephony.retrieveCall(on(call, anna))).to.deep.equal(accepted);
        await story.told(call, 'Retrieved');
        expect(story.of(call).slice(-2)).to.deep.equal(['Held anna', 'Retrieved anna']);
        expect(await story.telephony.generateDigits(on(call, anna), '1')).to.deep.equal(accepted);
      });

      it('cannot be held before it is answered', async () => {
        const { call } = await story.waiting();
        await story.telephony.routeSelect(on(call, anna));
        expect(await story.telephony.holdCall(on(call, anna))).to.deep.equal(refused('rejected'));
        expect(await story.telephony.retrieveCall(on(call, anna))).to.deep.equal(refused('rejected'));
      });

      it('ends when the customer has waited enough', async () => {
        const { click, call } = await story.answeredBy(anna);
        await story.telephony.holdCall(on(call, anna));
        await story.telephony.clearCall(click, 'normal-clearing');
        await story.told(call, 'Cleared');
        expect(story.of(call).at(-1)).to.equal('Cleared centre normal-clearing');
      });
    });

    describe('digits', () => {
      it('that the agent keys are heard by the gateway as coming from the agent’s side', async () => {
        const { click, call } = await story.answeredBy(anna);
        await story.telephony.generateDigits(on(call, anna), '*76');
        await story.told(click, 'Digits');
        expect(story.of(click).at(-1)).to.equal('Digits agent-side *76');
      });

      it('that the customer keys are heard as coming from the caller’s side', async () => {
        const { click } = await story.answeredBy(anna);
        await story.telephony.callerDigits(click, '12');
        await story.told(click, 'Digits');
        expect(story.of(click).at(-1)).to.equal('Digits caller-side 12');
      });

      it('arrive in the order in which they were keyed', async () => {
        const { click, call } = await story.answeredBy(anna);
        for (const digits of ['*7', '6', '#']) await story.telephony.generateDigits(on(call, anna), digits);
        await story.told(click, 'Digits', 3);
        expect(story.of(click).slice(-3).join()).to.equal(
          'Digits agent-side *7,Digits agent-side 6,Digits agent-side #',
        );
      });

      it('are not heard from a phone that rings or is on hold, nor when they are no digits', async () => {
        const { call } = await story.waiting();
        await story.telephony.routeSelect(on(call, anna));
        expect(await story.telephony.generateDigits(on(call, anna), '1')).to.deep.equal(refused('rejected'));
        await story.telephony.answerCall(on(call, anna));
        expect(await story.telephony.generateDigits(on(call, anna), 'hello')).to.deep.equal(refused('rejected'));
        expect(await story.telephony.generateDigits(on(call, anna), '')).to.deep.equal(refused('rejected'));
        await story.telephony.holdCall(on(call, anna));
        expect(await story.telephony.generateDigits(on(call, anna), '1')).to.deep.equal(refused('rejected'));
      });
    });

    describe('a call that nobody answers', () => {
      it('is taken back into the queue and rings elsewhere', async () => {
        const { call } = await story.waiting();
        await story.telephony.routeSelect(on(call, anna));
        expect(await story.telephony.divertToQueue(on(call, anna))).to.deep.equal(accepted);
        expect(await story.telephony.routeSelect(on(call, boris))).to.deep.equal(accepted);
        await story.told(call, 'Delivered', 2);
        expect(story.of(call)).to.deep.equal([
          'Queued',
          'Delivered anna',
          'ConnectionCleared anna no-answer',
          'Queued',
          'Delivered boris',
        ]);
      });

      it('goes back to the queue when the agent turns it down', async () => {
        const { call } = await story.waiting();
        await story.telephony.routeSelect(on(call, anna));
        await story.telephony.clearConnection(on(call, anna));
        await story.told(call, 'Queued', 2);
        expect(story.of(call).slice(-2)).to.deep.equal(['ConnectionCleared anna rejected', 'Queued']);
      });

      it('is not taken from an agent who talks', async () => {
        const { call } = await story.answeredBy(anna);
        expect(await story.telephony.divertToQueue(on(call, anna))).to.deep.equal(refused('rejected'));
      });

      it('is not taken from, answered by or hung up by a phone that never rang', async () => {
        const { call } = await story.waiting();
        expect(await story.telephony.divertToQueue(on(call, anna))).to.deep.equal(refused('rejected'));
        expect(await story.telephony.answerCall(on(call, anna))).to.deep.equal(refused('rejected'));
        expect(await story.telephony.clearConnection(on(call, anna))).to.deep.equal(refused('rejected'));
      });

      it('rings one phone at a time, and none that is engaged or not there', async () => {
        const first = await story.answeredBy(anna);
        const { call } = await story.waiting(1);
        const nowhere = story.centre.devices[0].replace('anna', 'nobody') as DeviceId;
        expect(await story.telephony.routeSelect(on(call, anna))).to.deep.equal(refused('busy'));
        expect(await story.telephony.routeSelect(on(call, nowhere))).to.deep.equal(
          refused('destination-not-obtainable'),
        );
        await story.telephony.routeSelect(on(call, boris));
        expect(await story.telephony.routeSelect(on(call, carla))).to.deep.equal(refused('rejected'));
        expect(await story.telephony.singleStepTransfer(on(first.call, anna), boris)).to.deep.equal(refused('busy'));
      });
    });

    describe('a transfer', () => {
      it('rings the other agent, who has the call alone once it is answered', async () => {
        const { click, call } = await story.answeredBy(anna);
        await story.telephony.singleStepTransfer(on(call, anna), boris);
        await story.told(call, 'Delivered', 2);
        await story.telephony.answerCall(on(call, boris));
        await story.told(call, 'Transferred');
        expect(story.of(call).slice(-3)).to.deep.equal([
          'Delivered boris',
          'Established boris',
          'Transferred anna to boris',
        ]);
        expect(await story.telephony.holdCall(on(call, anna))).to.deep.equal(refused('rejected'));
        await story.telephony.clearConnection(on(call, boris));
        await story.told(click, 'Cleared');
        expect(story.of(click).filter((line) => line.startsWith('Established'))).to.have.length(1);
      });

      it('leaves the call with the agent who has it when nobody answers', async () => {
        const { call } = await story.answeredBy(anna);
        await story.telephony.singleStepTransfer(on(call, anna), boris);
        await story.telephony.divertToQueue(on(call, boris));
        await story.told(call, 'ConnectionCleared');
        expect(story.of(call).slice(-2)).to.deep.equal(['Delivered boris', 'ConnectionCleared boris no-answer']);
        expect(await story.telephony.holdCall(on(call, anna))).to.deep.equal(accepted);
        expect(await story.telephony.singleStepTransfer(on(call, anna), boris)).to.deep.equal(accepted);
      });

      it('goes on ringing when the first agent does not wait for the answer', async () => {
        const { click, call } = await story.answeredBy(anna);
        await story.telephony.singleStepTransfer(on(call, anna), boris);
        await story.telephony.clearConnection(on(call, anna));
        await story.telephony.answerCall(on(call, boris));
        await story.told(call, 'Transferred');
        expect(story.of(call).slice(-3)).to.deep.equal([
          'ConnectionCleared anna normal-clearing',
          'Established boris',
          'Transferred anna to boris',
        ]);
        expect(await story.telephony.snapshot()).to.have.deep.members([
          { callId: click, side: 'gateway' },
          { callId: call, side: 'centre' },
        ]);
      });

      it('ends in the queue when the first agent has gone and the second does not answer', async () => {
        const { call } = await story.answeredBy(anna);
        await story.telephony.singleStepTransfer(on(call, anna), boris);
        await story.telephony.clearConnection(on(call, anna));
        await story.telephony.divertToQueue(on(call, boris));
        await story.told(call, 'Queued', 2);
        expect(await story.telephony.routeSelect(on(call, carla))).to.deep.equal(accepted);
      });

      it('stops ringing when the customer hangs up, and the phone is free again', async () => {
        const { click, call } = await story.answeredBy(anna);
        await story.telephony.singleStepTransfer(on(call, anna), boris);
        await story.telephony.clearCall(click, 'normal-clearing');
        await story.told(call, 'Cleared');
        expect(await story.telephony.answerCall(on(call, boris))).to.deep.equal(unknown);
        const next = await story.waiting(1);
        expect(await story.telephony.routeSelect(on(next.call, boris))).to.deep.equal(accepted);
      });

      it('cannot go to two agents, to oneself, or from an agent who is not in the call', async () => {
        const { call } = await story.answeredBy(anna);
        expect(await story.telephony.singleStepTransfer(on(call, anna), anna)).to.deep.equal(refused('rejected'));
        expect(await story.telephony.singleStepTransfer(on(call, carla), boris)).to.deep.equal(refused('rejected'));
        await story.telephony.singleStepTransfer(on(call, anna), boris);
        expect(await story.telephony.singleStepTransfer(on(call, anna), carla)).to.deep.equal(refused('rejected'));
        expect(await story.telephony.singleStepConference(on(call, anna), boris)).to.deep.equal(refused('rejected'));
      });
    });

    describe('a conference', () => {
      it('has both agents in the call', async () => {
        const { call } = await story.conferenceOf(anna, boris);
        expect(story.of(call).slice(-2)).to.deep.equal(['Established boris', 'Conferenced boris by anna']);
        expect(await story.telephony.holdCall(on(call, anna))).to.deep.equal(accepted);
        expect(await story.telephony.generateDigits(on(call, boris), '1')).to.deep.equal(accepted);
      });

      for (const first of ['anna', 'boris'] as const) {
        it(`goes on when ${first} leaves, and ends with the last agent`, async () => {
          const { click, call } = await story.conferenceOf(anna, boris);
          const [leaver, stayer] = first === 'anna' ? [anna, boris] : [boris, anna];
          await story.telephony.clearConnection(on(call, leaver));
          await story.told(call, 'ConnectionCleared');
          expect(story.of(call).at(-1)).to.equal(`ConnectionCleared ${first} normal-clearing`);
          await story.telephony.clearConnection(on(call, stayer));
          await story.told(click, 'Cleared');
          expect(story.of(call).at(-1)).to.equal('Cleared centre normal-clearing');
        });
      }

      it('is not handed over to somebody who is in it', async () => {
        const { call } = await story.conferenceOf(anna, boris);
        expect(await story.telephony.singleStepTransfer(on(call, anna), boris)).to.deep.equal(refused('rejected'));
      });

      it('ends for both when the customer leaves', async () => {
        const { click, call } = await story.conferenceOf(anna, boris);
        await story.telephony.clearCall(click, 'normal-clearing');
        await story.told(call, 'Cleared');
        const next = await story.waiting(1);
        expect(await story.telephony.routeSelect(on(next.call, anna))).to.deep.equal(accepted);
      });
    });
  });

  telephonyRequestsContract(open);
};
