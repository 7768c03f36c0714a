import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { LogEvent } from '#domain/events.js';
import type { AgentId } from '#domain/kernel/ids.js';
import { after } from '#domain/kernel/time.js';
import { anna, ben, carla, shop, startTrunkline, type Click, type TestTrunkline } from '#test/support/trunkline.js';

/** What a log says of a merchant who opens, and of a few calls after which everybody is ready again, as before them. */
export type Shift = Readonly<{ opening: readonly LogEvent[]; calls: readonly LogEvent[]; callsEnded: number }>;

const agents = [anna, ben, carla];

const shopping = (it: TestTrunkline, link: string, customer: string): Promise<Click> =>
  it.click(
    { link: `link-palm-pier.${link}`, customer },
    {
      context: {
        page: { url: `${shop}/shoes/espadrille.html?size=39`, title: 'Espadrille', at: it.clock.now() },
        pagesBefore: [
          { url: `${shop}/`, title: 'Home', at: after(it.clock.now(), -90_000) },
          { url: `${shop}/shoes/sandbar.html`, title: 'Sandbar', at: after(it.clock.now(), -40_000) },
        ],
        forms: { returns: { name: 'Rosa Maduro', order: '7731', reason: 'too small' } },
        cookies: { cart: '2' },
      },
    },
  );

const ringing = async (it: TestTrunkline): Promise<AgentId> => {
  const whom = (): AgentId | undefined => agents.find((agent) => it.desktop(agent).contact?.pop === 'offered');
  await it.until('a phone rings', () => whom() !== undefined);
  const agent = whom();
  if (agent === undefined) throw new Error('nobody’s phone rings');
  return agent;
};

const answered = async (it: TestTrunkline, { sessionId }: Click): Promise<AgentId> => {
  const agent = await ringing(it);
  await it.pass(2_000);
  await it.ask(agent, { type: 'answer' });
  await it.until('they talk', () => it.window(sessionId).state === 'talking');
  return agent;
};

const all = async (it: TestTrunkline, agent: AgentId, requests: readonly AgentRequest[]): Promise<void> => {
  for (const request of requests) {
    await it.ask(agent, request);
    await it.pass(1_500);
  }
};

const wrappedUp = async (it: TestTrunkline, agent: AgentId, click: Click): Promise<void> => {
  await it.until('there is wrap-up', () => it.desktop(agent).state === 'working-after-call');
  const { contactId = click.contactId } = it.desktop(agent).contact ?? {};
  await it.ask(agent, { type: 'take-notes', contactId, text: 'wants size 39, will call again on Friday' });
  await it.pass(1_000);
  await it.ask(agent, { type: 'record-disposition', contactId, code: 'resolved' });
  await it.until('everybody is ready', () => it.desktop(agent).state === 'ready');
};

const chatAndOffer = async (it: TestTrunkline): Promise<void> => {
  const click = await shopping(it, 'shoes', 'C-1042');
  const agent = await answered(it, click);
  await all(it, agent, [{ type: 'key-digits', digits: it.desktop(agent).channelCode ?? '' }]);
  await all(it, agent, [{ type: 'send-message', messageId: `m-${it.clock.now()}`, text: 'Good morning, Rosa' }]);
  await it.customerDesk.request(click.sessionId, {
    type: 'send-message',
    messageId: `n-${it.clock.now()}`,
    text: 'Do you have these in 39?',
  });
  await all(it, agent, [{ type: 'key-digits', digits: '*76' }]);
  const push = it.window(click.sessionId).push;
  if (push) {
    await it.customerDesk.request(click.sessionId, { type: 'page-shown', pushId: push.pushId, url: push.url });
  }
  await all(it, agent, [{ type: 'change-data', changes: { order: '7731', size: '39' } }, { type: 'clear' }]);
  await wrappedUp(it, agent, click);
};

const holdAndHangUp = async (it: TestTrunkline): Promise<void> => {
  const click = await shopping(it, 'billing', 'C-2077');
  const agent = await answered(it, click);
  await all(it, agent, [{ type: 'hold' }, { type: 'retrieve' }, { type: 'key-digits', digits: '*22' }]);
  await it.customerDesk.request(click.sessionId, { type: 'hang-up' });
  await wrappedUp(it, agent, click);
};

const handedOver = async (it: TestTrunkline): Promise<void> => {
  const click = await shopping(it, 'shoes', 'C-3001');
  const first = await answered(it, click);
  const second = [anna, ben].find((agent) => agent !== first) ?? ben;
  await it.ask(first, { type: 'transfer', to: second });
  await it.until('it rings at a colleague', () => it.desktop(second).contact?.pop === 'offered');
  await it.ask(second, { type: 'answer' });
  await wrappedUp(it, first, click);
  await all(it, second, [{ type: 'clear' }]);
  await wrappedUp(it, second, click);
};

const notAnsweredAtOnce = async (it: TestTrunkline): Promise<void> => {
  const click = await shopping(it, 'shoes', 'C-4410');
  const first = await ringing(it);
  await it.until('nobody answers', () => it.desktop(first).state === 'not-ready');
  const second = await answered(it, click);
  await all(it, first, [{ type: 'ready' }]);
  await all(it, second, [{ type: 'clear' }]);
  await wrappedUp(it, second, click);
};

const goneBeforeTheAnswer = async (it: TestTrunkline): Promise<void> => {
  const click = await shopping(it, 'returns', 'C-5123');
  await ringing(it);
  await it.customerDesk.request(click.sessionId, { type: 'hang-up' });
  await it.until('it is over', () => it.window(click.sessionId).state === 'ended');
};

/** Somebody calls with the number of a line that is in use: what was certain of the first call is doubtful now. */
const twoOfOneNumber = async (it: TestTrunkline): Promise<void> => {
  const click = await shopping(it, 'shoes', 'C-6001');
  const first = await ringing(it);
  const { ani = '' } = it.desktop(first).contact ?? {};
  it.network.placeCall({ from: ani, to: '+2975820001', trunkGroup: 'cw-1' });
  const second = [anna, ben].find((agent) => agent !== first) ?? ben;
  await it.until('the second rings', () => it.desktop(second).contact?.pop === 'offered');
  for (const agent of [first, second]) {
    await all(it, agent, [{ type: 'answer' }, { type: 'clear' }]);
    await wrappedUp(it, agent, click);
  }
};

/** One of each kind; nearly as many events as calls of a real day have on the average. */
const calls = [chatAndOffer, holdAndHangUp, handedOver, notAnsweredAtOnce, goneBeforeTheAnswer, twoOfOneNumber];

/** Has the whole product work through a few calls of several kinds, and keeps what it wrote. */
export const recordShift = async (): Promise<Shift> => {
  const it = await startTrunkline();
  for (const agent of agents) await it.agentReady(agent);
  await it.pass(1_000);
  const opening = await it.events();
  for (const take of calls) {
    await take(it);
    await it.pass(5_000);
  }
  await it.pass(30_000);
  const events = (await it.events()).slice(opening.length);
  await it.stop();
  return { opening, calls: events, callsEnded: calls.length };
};
