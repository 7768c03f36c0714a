import fc from 'fast-check';
import { simulatedNetwork } from '#adapters/telephony/simulated/simulated-network.js';
import type { TrunklineCommand } from '#domain/commands.js';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { CustomerRequest } from '#domain/contracts/customer-desk.js';
import type { LogEvent } from '#domain/events.js';
import { accessLogOf, callCentreId, contactId, gatewayId, merchantStream, platform } from '#domain/kernel/ids.js';
import { after } from '#domain/kernel/time.js';
import { subjectOf } from '#domain/privacy/subject.js';
import { anna, ben, carla, newWorld, palmPier, shop, startTrunkline, type TestTrunkline } from './trunkline.js';

/** What somebody does or what happens; where nobody is there to do it, nothing comes of it. */
type Deed = (it: TestTrunkline, seen: Seen) => Promise<unknown>;
type Seen = { sessions: Awaited<ReturnType<TestTrunkline['click']>>[]; nth: number };

const agents = [anna, ben, carla];
const target = merchantStream(palmPier);
const visitors = accessLogOf(palmPier);
const gateway = gatewayId(platform, 'curacao');
const centre = callCentreId(palmPier, 'aruba');
const texts = fc.constantFrom('', 'Danki!', 'größer, bitte', '<b>39</b>');
const codes = fc.constantFrom('*76', '*81', '*80', '#1', '12', '*', '*9999', '0');

const ofAgent: fc.Arbitrary<(it: TestTrunkline, nth: number) => AgentRequest> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      () => ({ type: 'answer' }) as const,
      () => ({ type: 'ready' }) as const,
    ),
  },
  fc.constantFrom(
    () => ({ type: 'log-on' }) as const,
    () => ({ type: 'log-off' }) as const,
    () => ({ type: 'not-ready', reason: 'lunch' }) as const,
    () => ({ type: 'hold' }) as const,
    () => ({ type: 'retrieve' }) as const,
    () => ({ type: 'clear' }) as const,
    () => ({ type: 'transfer', to: ben }) as const,
    () => ({ type: 'conference', to: carla }) as const,
    (it: TestTrunkline) => ({ type: 'key-digits', digits: it.desktop(anna).channelCode ?? '1' }) as const,
  ),
  codes.map((digits) => () => ({ type: 'key-digits', digits }) as const),
  texts.map((text) => () => ({ type: 'change-data', changes: { order: text } }) as const),
  texts.map(
    (text) => (_it: TestTrunkline, nth: number) => ({ type: 'send-message', messageId: `a${nth}`, text }) as const,
  ),
);

const asks: fc.Arbitrary<Deed> = fc.record({ agent: fc.constantFrom(...agents), request: ofAgent }).map(
  ({ agent, request }) =>
    (it, { nth }) =>
      it.tryToAsk(agent, request(it, nth)),
);

const writesDown: fc.Arbitrary<Deed> = fc
  .record({ agent: fc.constantFrom(...agents), text: texts })
  .map(({ agent, text }) => async (it) => {
    const contact = it.desktop(agent).contact?.contactId ?? contactId(palmPier, 'nobody');
    await it.tryToAsk(agent, { type: 'take-notes', contactId: contact, text });
    await it.tryToAsk(agent, { type: 'record-disposition', contactId: contact, code: 'resolved' });
  });

const clicks: fc.Arbitrary<Deed> = fc
  .record({
    link: fc.constantFrom('shoes', 'returns', 'billing'),
    customer: fc.option(fc.constantFrom('C-1', 'C-2')),
    text: texts,
  })
  .map(({ link, customer, text }) => async (it, seen) => {
    const at = it.clock.now();
    const page = { url: `${shop}/${link}.html`, title: text, at };
    const context = {
      page,
      pagesBefore: [page],
      forms: { returns: { name: text, order: '7731' } },
      cookies: { cart: '2' },
    };
    const icon = { link: `link-palm-pier.${link}`, ...(customer === null ? {} : { customer }) };
    seen.sessions.push(await it.click(icon, { context }));
  });

const ofCustomer: fc.Arbitrary<(it: TestTrunkline, nth: number) => CustomerRequest> = fc.oneof(
  codes.map((digits) => () => ({ type: 'key-digits', digits }) as const),
  texts.map(
    (text) => (_it: TestTrunkline, nth: number) => ({ type: 'send-message', messageId: `c${nth}`, text }) as const,
  ),
  texts.map(
    (title) => (it: TestTrunkline) =>
      ({ type: 'context', context: { page: { url: shop, title, at: it.clock.now() } } }) as const,
  ),
  fc.constant(() => ({ type: 'hang-up' }) as const),
);

const customerActs: fc.Arbitrary<Deed> = fc
  .record({ request: ofCustomer, which: fc.nat(3) })
  .map(({ request, which }) => async (it, { sessions, nth }) => {
    const session = sessions.at(-1 - which);
    if (session) await it.customerDesk.request(session.sessionId, request(it, nth));
  });

const seesPage: fc.Arbitrary<Deed> = fc.boolean().map((shows) => async (it, { sessions }) => {
  for (const { sessionId } of sessions.slice(-2)) {
    const push = it.customerDesk.window(sessionId)?.window.push;
    if (!push) continue;
    const { pushId, url } = push;
    await it.customerDesk.request(
      sessionId,
      shows ? { type: 'page-shown', pushId, url } : { type: 'page-blocked', pushId, why: 'refused-by-customer' },
    );
  }
});

const strangerCalls: fc.Arbitrary<Deed> = fc
  .record({
    from: fc.constantFrom('+297 568 1234', '+59997380101', '+59997380000', 'anonymous'),
    trunkGroup: fc.constantFrom('cw-1', 'street'),
  })
  .map((call) => (it) => Promise.resolve(it.network.placeCall({ ...call, to: '+2975820001' })));

const comesAndGoes: fc.Arbitrary<Deed> = fc
  .record({ agent: fc.constantFrom(...agents), closes: fc.boolean() })
  .map(({ agent, closes }) => (it, { sessions }) => {
    const session = sessions.at(-1);
    if (session && closes) it.customerDesk.absent(session.sessionId, true);
    if (closes) it.agentDesk.absent(agent);
    else it.agentDesk.present(agent);
    return Promise.resolve();
  });

const operatorSays = (it: TestTrunkline): readonly TrunklineCommand[] => {
  const at = it.clock.now();
  const base = { target, at };
  const until = after(at, 5_000);
  const from = '192.0.2.7';
  return [
    {
      ...base,
      type: 'SetRedirect',
      data: { redirectId: 'r', to: { centreId: centre }, from: at, until, reason: 'storm' },
    },
    { ...base, type: 'ClearRedirect', data: { redirectId: 'r' } },
    { ...base, type: 'IssueApiKey', data: { keyId: 'k', label: 'till', sha256: '00' } },
    { ...base, type: 'RevokeApiKey', data: { keyId: 'k' } },
    { ...base, type: 'PublishRoutingPolicy', data: { routes: [] } },
    { type: 'BlockPort', target: gateway, at, data: { port: 1, reason: 'noise' } },
    { type: 'UnblockPort', target: gateway, at, data: { port: 1 } },
    { type: 'ReportAccessRefused', target: visitors, at, data: { why: 'forged-token', what: 'icon', from } },
    { type: 'ReportRateLimited', target: visitors, at, data: { what: 'look-up', from } },
    { type: 'ReportSignedIn', target: visitors, at, data: { who: anna, sessionId: 's' } },
    { type: 'ReportSignedOut', target: visitors, at, data: { who: anna, sessionId: 's' } },
  ];
};
const operatorActs: fc.Arbitrary<Deed> = fc.nat(10).map((which) => async (it) => {
  const command = operatorSays(it)[which];
  if (command) await it.commands.dispatch(command, { actor: 'operator' });
});

const trunkFails: fc.Arbitrary<Deed> = fc.boolean().map((isUp) => (it) => {
  if (isUp) it.network.bringTrunkUp('cw-1');
  else it.network.takeTrunkDown('cw-1');
  return Promise.resolve();
});

/** Goes on while the story does. */
const someoneIsErased: fc.Arbitrary<Deed> = fc.nat(6).map((which) => (it, { sessions }) => {
  const session = sessions.at(-1 - which);
  if (session) void it.erasures.request(palmPier, { subject: subjectOf(session.contactId) }, 'operator');
  return Promise.resolve();
});

const setsClock: fc.Arbitrary<Deed> = fc.integer({ min: -90_000, max: 90_000 }).map((by) => (it) => {
  it.clock.set(after(it.clock.now(), by));
  return Promise.resolve();
});

const timePasses: fc.Arbitrary<Deed> = fc.oneof(fc.nat(1_500), fc.nat(30_000)).map((time) => (it) => it.pass(time));

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: asks },
  { weight: 8, arbitrary: timePasses },
  { weight: 4, arbitrary: clicks },
  { weight: 4, arbitrary: customerActs },
  {
    weight: 1,
    arbitrary: fc.oneof(
      writesDown,
      seesPage,
      strangerCalls,
      comesAndGoes,
      operatorActs,
      trunkFails,
      setsClock,
      someoneIsErased,
    ),
  },
);

export type Story = Readonly<{ deeds: readonly Deed[]; seed: number; unreliable: boolean }>;

/** A day of a small call centre, on which anything may happen. */
export const anyStory = (length: number): fc.Arbitrary<Story> =>
  fc.record({
    deeds: fc.array(deeds, { minLength: length / 2, maxLength: length, size: 'max' }),
    seed: fc.nat(1_000),
    unreliable: fc.boolean(),
  });

/** Lets it happen to the whole product, and answers what the product wrote. */
export const logOf = async ({ deeds: story, seed, unreliable }: Story): Promise<readonly LogEvent[]> => {
  const { reporting } = simulatedNetwork({ seed, gateways: [], centres: [] });
  const faults = { lost: 0.05, doubled: 0.2, late: 0.2, lateBy: { from: 100, to: 4_000 } };
  const it = await startTrunkline(
    newWorld({ network: { seed, reporting: { ...reporting, ...(unreliable ? faults : {}) } } }),
  );
  try {
    for (const agent of agents) await it.agentReady(agent);
    const seen: Seen = { sessions: [], nth: 0 };
    for (const deed of story) {
      seen.nth += 1;
      await deed(it, seen);
    }
    await it.pass(2_000);
    return await it.events();
  } finally {
    await it.stop();
  }
};
