import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { simulatedNetwork } from '#adapters/telephony/simulated/simulated-network.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import { anna, ben, newWorld, startTrunkline, type TestTrunkline, type World } from '#test/support/trunkline.js';

const aruba: E164 = '+2975820001';
const pilot: E164 = '+59997380000';

describe('a call that reaches the call centre', () => {
  let trunkline: TestTrunkline;
  afterEach(() => trunkline.stop());
  const open = async (network: World['network'] = {}): Promise<void> => {
    trunkline = await startTrunkline(newWorld({ network }));
    await trunkline.agentReady(anna);
  };
  const ringsAtAnna = (): Promise<void> =>
    trunkline.until("Anna's phone rings", () => trunkline.desktop(anna).contact?.pop === 'offered');
  const belief = () => trunkline.desktop(anna).contact?.belief;

  it('from somebody who clicked nothing pops as unidentified', async () => {
    await open();
    trunkline.network.placeCall({ from: '+297 568 1234', to: aruba });
    await ringsAtAnna();
    const { contact } = trunkline.desktop(anna);
    expect(contact).to.deep.include({ ani: '+297 568 1234', customerWindow: 'closed', forms: {}, pagesBefore: [] });
    expect(belief()).to.deep.include({ verdict: 'none', rule: 'no-rule' });
    expect(belief()).to.not.have.any.keys('leaseId', 'port');
  });

  it('with the number of a port that no call is on is not taken for a click, and nobody’s data is shown', async () => {
    await open();
    const { sessionId } = await trunkline.click();
    await ringsAtAnna();
    await trunkline.customerDesk.request(sessionId, { type: 'hang-up' });
    await trunkline.until('that call is over', () => trunkline.window(sessionId).state === 'ended');
    await trunkline.pass(40_000);
    await trunkline.ask(anna, { type: 'ready' });
    trunkline.network.placeCall({ from: '+59997380101', to: aruba });
    await ringsAtAnna();
    expect(belief()?.verdict).to.equal('none');
    expect(trunkline.desktop(anna).contact).to.not.have.any.keys('pageNow', 'customer', 'icon');
  });

  it('with the number of a live lease that another call has come with makes both doubtful', async () => {
    await open();
    await trunkline.agentReady(ben);
    const { contactId } = await trunkline.click();
    await ringsAtAnna();
    expect(belief()?.verdict).to.equal('certain');
    trunkline.network.placeCall({ from: '+59997380101', to: aruba, trunkGroup: 'cw-1' });
    await trunkline.until('the second rings at Ben', () => trunkline.desktop(ben).contact?.pop === 'offered');
    expect(trunkline.desktop(ben).contact?.belief.verdict).to.equal('ambiguous');
    expect(trunkline.desktop(ben).contact?.contactId).to.not.equal(contactId);
    await trunkline.until('the first is doubtful now', () => belief()?.verdict === 'ambiguous');
    expect(await trunkline.eventsOf('CorrelationSuperseded')).to.have.length(1);
  });

  it('on a trunk that shows only the gateway’s own number is probably the most recent call through it', async () => {
    await open({ trunkGroups: [{ trunkGroup: 'cw-1', presents: 'pilot-number', carriesUui: false }] });
    const { contactId } = await trunkline.click();
    await ringsAtAnna();
    expect(trunkline.desktop(anna).contact).to.deep.include({ contactId, ani: pilot });
    expect(belief()).to.deep.include({ verdict: 'probable', rule: 'most-recent-call-of-gateway' });
  });

  it('on a trunk that carries user-to-user information is certain by the session it names', async () => {
    await open({ trunkGroups: [{ trunkGroup: 'cw-1', presents: 'withheld', carriesUui: true }] });
    const { contactId } = await trunkline.click();
    await ringsAtAnna();
    expect(trunkline.desktop(anna).contact).to.deep.include({ contactId });
    expect(belief()?.rule).to.equal('signalled-session-id');
  });

  it('with its number withheld is found by the channel code that the agent keys', async () => {
    await open({ trunkGroups: [{ trunkGroup: 'cw-1', presents: 'withheld', carriesUui: false }] });
    const { contactId, sessionId } = await trunkline.click();
    await ringsAtAnna();
    expect(belief()?.verdict).to.equal('none');
    await trunkline.ask(anna, { type: 'answer' });
    await trunkline.until('they talk', () => trunkline.desktop(anna).contact?.call.state === 'connected');
    await trunkline.ask(anna, { type: 'key-digits', digits: trunkline.desktop(anna).channelCode ?? '' });
    await trunkline.until('they are in one channel', () => trunkline.desktop(anna).contact?.inChannel === true);
    expect(trunkline.desktop(anna).contact).to.deep.include({ contactId, pop: 'opened' });
    expect(trunkline.window(sessionId).channel).to.deep.equal({ agentName: 'Anna' });
    expect(belief()?.rule).to.equal('channel-digits');
  });

  it('is tied to the right click by every agent, whatever the network loses, doubles and delays', async () => {
    const { reporting } = simulatedNetwork({ seed: 1, gateways: [], centres: [] });
    await open({ reporting: { ...reporting, lost: 0.03, doubled: 0.2, late: 0.2, lateBy: { from: 100, to: 2_000 } } });
    await trunkline.agentReady(ben);
    const sessions = [];
    for (let call = 0; call < 40; call += 1) {
      const { sessionId } = await trunkline.click({ link: 'link-palm-pier.shoes', customer: `C-${call}` });
      sessions.push(sessionId);
      await trunkline.pass(700);
      for (const agent of [anna, ben]) {
        await trunkline.tryToAsk(agent, { type: 'answer' });
        await trunkline.tryToAsk(agent, { type: 'clear' });
        await trunkline.tryToAsk(agent, { type: 'ready' });
      }
    }
    for (const sessionId of sessions) await trunkline.customerDesk.request(sessionId, { type: 'hang-up' });
    await trunkline.pass(120_000);
    const decided = await trunkline.eventsOf('CorrelationDecided');
    const certain = decided.filter(({ data }) => data.verdict === 'certain');
    expect(certain.length).to.be.greaterThan(20);
    for (const { stream, data } of certain) {
      expect(data.candidates[0]?.callId).to.equal(trunkline.network.truth(stream as never));
    }
    expect([...trunkline.views.queries.calls.all()], 'calls left over').to.deep.equal([]);
  });
});
