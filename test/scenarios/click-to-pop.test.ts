import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { after } from '#domain/kernel/time.js';
import { anna, ben, carla, shop, startTrunkline, type TestTrunkline } from '#test/support/trunkline.js';

describe('a shopper clicks an icon and Anna is ready', () => {
  let trunkline: TestTrunkline;
  beforeEach(async () => {
    trunkline = await startTrunkline();
    await trunkline.agentReady(anna);
  });
  afterEach(() => trunkline.stop());

  const ringing = async () => {
    const click = await trunkline.click(
      { link: 'link-palm-pier.shoes', customer: 'C-1042' },
      {
        context: {
          page: { url: `${shop}/shoes/espadrille.html`, title: 'Espadrille', at: trunkline.clock.now() },
          pagesBefore: [{ url: `${shop}/`, title: 'Home', at: after(trunkline.clock.now(), -9_000) }],
          forms: { returns: { name: 'Rosa', order: '7731', cardnumber: '4111111111111111' } },
          cookies: { cart: '2', tracking: 'secret' },
        },
      },
    );
    await trunkline.until("Anna's phone rings", () => trunkline.desktop(anna).contact?.pop === 'offered');
    return click;
  };

  const talking = async () => {
    const click = await ringing();
    await trunkline.ask(anna, { type: 'answer' });
    await trunkline.until('they talk', () => trunkline.desktop(anna).contact?.call.state === 'connected');
    await trunkline.until('the customer hears so', () => trunkline.window(click.sessionId).state === 'talking');
    return click;
  };

  it('pops who, which icon, which pages, the form so far and why, before the answer', async () => {
    const { contactId } = await ringing();
    const { contact, state } = trunkline.desktop(anna);
    if (!contact) throw new Error('no contact');
    expect(state).to.equal('reserved');
    expect(contact).to.deep.include({ contactId, customerWindow: 'open', pop: 'offered' });
    expect(contact.call.state).to.equal('alerting');
    expect(contact.customer).to.deep.equal({ ref: 'C-1042', by: 'page' });
    expect(contact.icon).to.deep.equal({ label: 'Shoes', origin: shop });
    expect(contact.pageNow).to.deep.include({ title: 'Espadrille' });
    expect(contact.pagesBefore.map(({ title }) => title)).to.deep.equal(['Home']);
    expect(contact.forms).to.deep.equal({ returns: { name: 'Rosa', order: '7731' } });
    expect(contact.cookies).to.deep.equal({ cart: '2' });
    expect(contact.belief).to.deep.include({ verdict: 'certain', rule: 'live-lease-of-ani', port: 1 });
    expect(contact.belief.sentence).to.include('Shoes');
  });

  it('lets Anna answer, hold, retrieve and clear, and then wrap up', async () => {
    const { sessionId } = await talking();
    await trunkline.ask(anna, { type: 'hold' });
    await trunkline.until('it is held', () => trunkline.desktop(anna).contact?.call.state === 'held');
    expect(trunkline.window(sessionId).state).to.equal('held');
    await trunkline.ask(anna, { type: 'retrieve' });
    await trunkline.until('it is back', () => trunkline.desktop(anna).contact?.call.state === 'connected');
    await trunkline.ask(anna, { type: 'clear' });
    await trunkline.until('she wraps up', () => trunkline.desktop(anna).state === 'working-after-call');
    await trunkline.until('the window knows', () => trunkline.window(sessionId).state === 'ended');
    const { contactId } = trunkline.desktop(anna).contact ?? {};
    if (contactId === undefined) throw new Error('no contact');
    await trunkline.ask(anna, { type: 'take-notes', contactId, text: 'wants size 39' });
    await trunkline.until('notes are there', () => trunkline.desktop(anna).contact?.notes === 'wants size 39');
    await trunkline.ask(anna, { type: 'record-disposition', contactId, code: 'resolved' });
    await trunkline.until('she is ready again', () => trunkline.desktop(anna).state === 'ready');
    expect(trunkline.desktop(anna).contact).to.equal(undefined);
  });

  it('shows the mapped page when *76 is keyed on the phone', async () => {
    const { sessionId } = await talking();
    await trunkline.ask(anna, { type: 'key-digits', digits: '*76' });
    await trunkline.until('the page is pushed', () => trunkline.window(sessionId).push !== undefined);
    const push = trunkline.window(sessionId).push;
    expect(push).to.deep.include({ url: `${shop}/offers/aruba.html`, label: 'Aruba offer', by: 'Anna' });
    await trunkline.customerDesk.request(sessionId, {
      type: 'page-shown',
      pushId: push?.pushId ?? '',
      url: push?.url ?? '',
    });
    await trunkline.until('Anna sees it', () => trunkline.desktop(anna).contact?.pushes[0]?.state === 'shown');
    expect(trunkline.desktop(anna).contact?.lastDtmf).to.deep.include({ code: '*76', outcome: 'recognised' });
  });

  it('never takes a command from the side of the caller', async () => {
    const { sessionId } = await talking();
    await trunkline.customerDesk.request(sessionId, { type: 'key-digits', digits: '*76' });
    await trunkline.pass(5_000);
    expect(trunkline.window(sessionId).push).to.equal(undefined);
    expect(await trunkline.eventsOf('DigitsReceived')).to.have.length.greaterThan(0);
    expect(await trunkline.eventsOf('DtmfCommandRecognised')).to.have.length(0);
  });

  it('brings both into one channel when the channel code is keyed', async () => {
    const { sessionId } = await talking();
    const code = trunkline.desktop(anna).channelCode ?? '';
    await trunkline.ask(anna, { type: 'key-digits', digits: code });
    await trunkline.until('they are in the channel', () => trunkline.desktop(anna).contact?.inChannel === true);
    expect(trunkline.window(sessionId).channel).to.deep.equal({ agentName: 'Anna' });
    await trunkline.ask(anna, { type: 'send-message', messageId: 'm-1', text: 'Hello <b>Rosa</b>' });
    await trunkline.customerDesk.request(sessionId, { type: 'send-message', messageId: 'm-2', text: 'Hi' });
    await trunkline.until('both have been said', () => trunkline.window(sessionId).messages.length === 2);
    expect(trunkline.desktop(anna).contact?.messages.map(({ text }) => text)).to.deep.equal([
      'Hello <b>Rosa</b>',
      'Hi',
    ]);
  });

  for (const [who, end] of [
    ['the customer', (session: string) => trunkline.customerDesk.request(session as never, { type: 'hang-up' })],
    ['the agent', () => trunkline.agentDesk.request(anna, { type: 'clear' })],
  ] as const) {
    it(`tears everything down when ${who} hangs up, and lets the port rest`, async () => {
      const { sessionId } = await talking();
      await trunkline.pass(2_000);
      await end(sessionId);
      await trunkline.until('the window is told', () => trunkline.window(sessionId).state === 'ended');
      await trunkline.until('Anna wraps up', () => trunkline.desktop(anna).state === 'working-after-call');
      await trunkline.pass(1_000);
      expect(await trunkline.eventsOf('PortReleased')).to.have.length(1);
      expect(await trunkline.eventsOf('PortQuarantined')).to.have.length(1);
      expect(await trunkline.eventsOf('SessionClosed')).to.have.length(1);
      expect([...trunkline.views.queries.calls.all()]).to.deep.equal([]);
      const [record] = await trunkline.eventsOf('CallRecordIssued');
      expect(record?.data.referrer).to.deep.equal({ origin: shop, page: `${shop}/shoes/espadrille.html` });
      expect(record?.data.talk).to.be.greaterThan(0);
    });
  }

  it('ends the call when the window is closed, and when it stays away for too long', async () => {
    const first = await talking();
    trunkline.customerDesk.absent(first.sessionId, true);
    await trunkline.pass(1_000);
    trunkline.customerDesk.present(first.sessionId);
    await trunkline.pass(5_000);
    expect(trunkline.window(first.sessionId).state, 'after a reload').to.equal('talking');
    trunkline.customerDesk.absent(first.sessionId, true);
    await trunkline.until('Anna wraps up', () => trunkline.desktop(anna).state === 'working-after-call');
    expect(trunkline.window(first.sessionId).cause).to.equal('window-closed');
    await trunkline.ask(anna, { type: 'ready' });
    const second = await talking();
    trunkline.customerDesk.absent(second.sessionId, false);
    await trunkline.pass(14_000);
    expect(trunkline.window(second.sessionId).state).to.equal('talking');
    await trunkline.pass(3_000);
    expect(trunkline.window(second.sessionId).cause).to.equal('network-lost');
  });

  it('goes to Ben when Anna does not answer, and takes the pop off her screen', async () => {
    await trunkline.agentReady(ben);
    const { contactId } = await ringing();
    await trunkline.until('it rings at Ben', () => trunkline.desktop(ben).contact?.contactId === contactId);
    expect(trunkline.desktop(anna)).to.deep.include({ state: 'not-ready', notReadyReason: 'no-answer' });
    expect(trunkline.desktop(anna).contact).to.equal(undefined);
    const pops = await trunkline.eventsOf('ScreenPopRetracted');
    expect(pops.map(({ data }) => [data.agentId, data.why])).to.deep.equal([[anna, 'not-answered']]);
  });

  it('hands the call and its data to Ben by transfer, and adds him by conference', async () => {
    await trunkline.agentReady(ben);
    const { contactId } = await talking();
    await trunkline.ask(anna, { type: 'change-data', changes: { order: '7731' } });
    await trunkline.ask(anna, { type: 'conference', to: ben });
    await trunkline.until('it rings at Ben', () => trunkline.desktop(ben).contact?.pop === 'offered');
    await trunkline.ask(ben, { type: 'answer' });
    await trunkline.until('three are in it', () => trunkline.desktop(anna).contact?.call.parties === 3);
    expect(trunkline.desktop(ben).contact?.data[0]).to.deep.include({ key: 'order', value: '7731', by: anna });
    await trunkline.ask(ben, { type: 'clear' });
    await trunkline.until('Ben is out', () => trunkline.desktop(ben).state === 'working-after-call');
    await trunkline.ask(ben, { type: 'ready' });
    await trunkline.ask(anna, { type: 'transfer', to: ben });
    await trunkline.until('it rings at Ben again', () => trunkline.desktop(ben).contact?.pop === 'offered');
    await trunkline.ask(ben, { type: 'answer' });
    await trunkline.until('Anna is out of it', () => trunkline.desktop(anna).state === 'working-after-call');
    expect(trunkline.desktop(ben).contact).to.deep.include({ contactId });
    expect(trunkline.desktop(ben).contact?.call.state).to.equal('connected');
  });

  it('tells the caller when every port is taken, and the agent nothing', async () => {
    const clicks = [];
    for (let call = 0; call < 49; call += 1) clicks.push(await trunkline.click());
    await trunkline.pass(3_000);
    const states = clicks.map(({ sessionId }) => trunkline.window(sessionId).state);
    expect(states.filter((state) => state === 'failed')).to.have.length(1);
    expect(clicks.map(({ sessionId }) => trunkline.window(sessionId).cause)).to.include('trunks-busy');
    expect((await trunkline.eventsOf('PoolExhausted')).length).to.be.greaterThan(1);
  });
});

describe('many agents who log on at once', () => {
  it('get a channel code each, and no two the same', async () => {
    const trunkline = await startTrunkline();
    const agents = [anna, ben, carla];
    await Promise.all(agents.map((agent) => trunkline.agentDesk.request(agent, { type: 'log-on' })));
    await trunkline.pass(100);
    const codes = agents.map((agent) => trunkline.desktop(agent).channelCode);
    const given = (await trunkline.eventsOf('ChannelAssigned')).map(({ data }) => [data.agentId, data.code]);
    expect(new Set(codes).size).to.equal(3);
    expect(given).to.have.deep.members(agents.map((agent, index) => [agent, codes[index]]));
    await trunkline.stop();
  });
});
