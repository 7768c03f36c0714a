import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Telephony, TelephonyOutcome } from '#domain/contracts/telephony.js';
import { callId, merchantId, type DeviceId } from '#domain/kernel/ids.js';
import { on, storyOn, type NetworkUnderTest, type Story } from './telephony.story.js';

const accepted: TelephonyOutcome = { outcome: 'accepted' };
const unknown: TelephonyOutcome = { outcome: 'unknown-call' };

/** What every telephone network promises of requests that come twice, too late, about nothing, or many at once. */
export const telephonyRequestsContract = (open: () => Promise<NetworkUnderTest>): void => {
  describe('telephony contract: requests', () => {
    let story: Story;
    let telephony: Telephony;
    let anna: DeviceId;
    let boris: DeviceId;
    beforeEach(async () => {
      story = storyOn(await open());
      telephony = story.telephony;
      [anna, boris] = story.centre.devices;
    });
    afterEach(() => telephony.close());

    /** Asks again, and expects that it is taken on and that nothing at all comes of it. */
    const askAgain = async (request: () => Promise<TelephonyOutcome>): Promise<void> => {
      await story.untilQuiet();
      const before = story.reports.length;
      expect(await request()).to.deep.equal(accepted);
      await story.untilQuiet();
      expect(story.reports.slice(before)).to.deep.equal([]);
    };

    /** Asks for the first time, then again. */
    const askTwice = async (request: () => Promise<TelephonyOutcome>): Promise<void> => {
      expect(await request()).to.deep.equal(accepted);
      await askAgain(request);
    };

    describe('that come twice', () => {
      it('make one call', async () => {
        await askTwice(() => telephony.makeCall(story.request()));
        expect(story.reports.filter(({ type }) => type === 'Queued')).to.have.length(1);
      });

      it('make no second call when the first is over', async () => {
        const click = await story.dial();
        await telephony.clearCall(click, 'normal-clearing');
        await askAgain(() => telephony.makeCall(story.request()));
      });

      it('ring a phone once, answer it once, hold and retrieve once', async () => {
        const { call } = await story.waiting();
        await askTwice(() => telephony.routeSelect(on(call, anna)));
        await askTwice(() => telephony.answerCall(on(call, anna)));
        await askAgain(() => telephony.routeSelect(on(call, anna)));
        await askTwice(() => telephony.holdCall(on(call, anna)));
        await askAgain(() => telephony.answerCall(on(call, anna)));
        await askTwice(() => telephony.retrieveCall(on(call, anna)));
      });

      it('take a call back once', async () => {
        const { call } = await story.waiting();
        await telephony.routeSelect(on(call, anna));
        await askTwice(() => telephony.divertToQueue(on(call, anna)));
      });

      it('transfer once', async () => {
        const { call } = await story.answeredBy(anna);
        await askTwice(() => telephony.singleStepTransfer(on(call, anna), boris));
        await telephony.answerCall(on(call, boris));
        await askAgain(() => telephony.singleStepTransfer(on(call, anna), boris));
      });

      it('conference once, and one agent leaves once', async () => {
        const { call } = await story.answeredBy(anna);
        await askTwice(() => telephony.singleStepConference(on(call, anna), boris));
        await telephony.answerCall(on(call, boris));
        await askAgain(() => telephony.singleStepConference(on(call, anna), boris));
        await askTwice(() => telephony.clearConnection(on(call, anna)));
      });

      it('end a call once, from either side', async () => {
        const first = await story.answeredBy(anna);
        await askTwice(() => telephony.clearConnection(on(first.call, anna)));
        await askAgain(() => telephony.clearCall(first.click, 'normal-clearing'));
        const second = await story.answeredBy(anna, 1);
        await askTwice(() => telephony.clearCall(second.click, 'normal-clearing'));
        await askAgain(() => telephony.clearConnection(on(second.call, anna)));
      });
    });

    describe('about a call that nobody knows', () => {
      const nobodys = callId(merchantId('acme'), 'main.nobodys');
      const requests: Readonly<Record<string, (device: DeviceId) => Promise<TelephonyOutcome>>> = {
        clearCall: () => telephony.clearCall(nobodys, 'normal-clearing'),
        callerDigits: () => telephony.callerDigits(nobodys, '1'),
        routeSelect: (device) => telephony.routeSelect(on(nobodys, device)),
        divertToQueue: (device) => telephony.divertToQueue(on(nobodys, device)),
        answerCall: (device) => telephony.answerCall(on(nobodys, device)),
        holdCall: (device) => telephony.holdCall(on(nobodys, device)),
        retrieveCall: (device) => telephony.retrieveCall(on(nobodys, device)),
        clearConnection: (device) => telephony.clearConnection(on(nobodys, device)),
        generateDigits: (device) => telephony.generateDigits(on(nobodys, device), '1'),
        singleStepTransfer: (device) => telephony.singleStepTransfer(on(nobodys, device), boris),
        singleStepConference: (device) => telephony.singleStepConference(on(nobodys, device), boris),
      };

      for (const [name, request] of Object.entries(requests)) {
        it(`say so: ${name}`, async () => {
          expect(await request(anna)).to.deep.equal(unknown);
          await story.untilQuiet();
          expect(story.reports).to.deep.equal([]);
        });
      }
    });

    it('about a call that is over find nobody to ring, hold or transfer', async () => {
      const { click, call } = await story.answeredBy(anna);
      await telephony.clearConnection(on(call, anna));
      await story.told(click, 'Cleared');
      expect(await telephony.routeSelect(on(call, anna))).to.deep.equal(unknown);
      expect(await telephony.holdCall(on(call, anna))).to.deep.equal(unknown);
      expect(await telephony.singleStepTransfer(on(call, anna), boris)).to.deep.equal(unknown);
      expect(await telephony.callerDigits(click, '1')).to.deep.equal(unknown);
    });

    it('for as many calls as there are lines are all carried, each to its own end', async () => {
      const { gateway, reports } = story;
      const clicks = await Promise.all(gateway.ports.map((_port, index) => story.dial(index)));
      const queued = (): readonly string[] =>
        reports.flatMap((report) => (report.type === 'Queued' ? [report.ani.raw] : []));
      await story.until(() => queued().length === clicks.length);
      expect([...queued()].sort()).to.deep.equal(gateway.ports.map(({ ani }) => ani).sort());

      await Promise.all(clicks.map((click) => telephony.clearCall(click, 'normal-clearing')));
      await story.untilQuiet();
      expect(reports.filter(({ type }) => type === 'Cleared')).to.have.length(2 * clicks.length);
      expect(await telephony.snapshot()).to.deep.equal([]);
    });
  });
};
