import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CallCommand } from '#domain/call/call.commands.js';
import { callDecider, type Call } from '#domain/call/call.decider.js';
import type { CallEvent } from '#domain/call/call.events.js';
import {
  anna,
  annasPhone,
  arrival,
  ask,
  boris,
  borisPhone,
  certain,
  clara,
  clarasPhone,
  correlated,
  party,
  port,
  tell,
  toBoris,
  toRequest,
  unnamed,
} from './telling.js';

const run = (commands: readonly CallCommand[]): Readonly<{ events: readonly CallEvent[]; call: Call }> => {
  let call = callDecider.initialState;
  const events: CallEvent[] = [];
  for (const command of commands) {
    const decision = callDecider.decide(command, call);
    if (decision.outcome === 'rejected') {
      expect(command.type, 'a report is never refused').to.not.match(/^Report/);
      continue;
    }
    events.push(...decision.events);
    call = decision.events.reduce(callDecider.evolve, call);
  }
  return { events, call };
};

const at = fc.nat(40).map((step) => 10_000 + step * 500);
const phone = fc.constantFrom(annasPhone, annasPhone, borisPhone, borisPhone, clarasPhone);
const agent = fc.constantFrom(anna, anna, boris, boris, clara);
const pair = fc.tuple(phone, phone);
const cause = fc.constantFrom('normal-clearing' as const, 'no-answer' as const);

/** Whatever can be said to a call at a centre, in any order and at any time. */
const anything: fc.Arbitrary<CallCommand> = fc.oneof(
  fc.constantFrom(party.anna, party.boris, party.clara).map((to) => tell('SelectRoute', to)),
  fc.tuple(phone, at).map(([device, time]) => tell('ReportEstablished', { device }, time)),
  fc.tuple(agent, agent).map(([from, to]) => tell('RequestTransfer', { transferId: 't', kind: 'transfer', from, to })),
  at.map((time) => tell('ReportQueued', { ...arrival, correlation: certain, newContactId: unnamed }, time)),
  fc.constantFrom(party.anna, party.boris, party.clara).map((to) => tell('SelectRoute', to)),
  fc
    .tuple(fc.constantFrom('ReportDelivered' as const, 'ReportEstablished' as const), phone, at)
    .map(([type, device, time]) => tell(type, { device }, time)),
  fc
    .tuple(fc.constantFrom('ReportHeld' as const, 'ReportRetrieved' as const), phone, at)
    .map(([type, device, time]) => tell(type, { device }, time)),
  fc
    .tuple(fc.constantFrom('RequestAnswer' as const, 'RequestHold' as const, 'RequestRetrieve' as const), agent, at)
    .map(([type, agentId, time]) => tell(type, { agentId }, time)),
  fc
    .tuple(fc.constantFrom('transfer' as const, 'conference' as const), agent, agent, fc.nat(3))
    .map(([kind, from, to, id]) => tell('RequestTransfer', { transferId: `t-${id}`, kind, from, to })),
  fc.tuple(pair, at).map(([[from, to], time]) => tell('ReportTransferred', { from, to }, time)),
  fc.tuple(pair, at).map(([[by, added], time]) => tell('ReportConferenced', { by, added }, time)),
  agent.map((to) => tell('FailTransfer', { to, reason: 'no-answer' })),
  agent.map((agentId) => tell('DivertToQueue', { agentId, cause: 'no-answer' })),
  fc
    .tuple(phone, cause, at)
    .map(([device, why, time]) => tell('ReportConnectionCleared', { device, cause: why }, time)),
  fc.constantFrom('certain' as const, 'ambiguous' as const, 'none' as const).map((verdict) => {
    const correlation = correlated(verdict, ...(verdict === 'ambiguous' ? ['click-1', 'click-2'] : ['click-1']));
    return tell('ReportCorrelation', { correlation });
  }),
);

/** Anna hands the call to Boris, if she has it and nothing comes between. */
const handingOn: fc.Arbitrary<readonly CallCommand[]> = fc
  .constantFrom('transfer' as const, 'conference' as const)
  .map((kind) => [
    tell('ReportEstablished', { device: annasPhone }),
    tell('RequestTransfer', { transferId: `t-${kind}`, kind, from: anna, to: boris }),
    tell('SelectRoute', party.boris),
    kind === 'transfer'
      ? tell('ReportTransferred', { from: annasPhone, to: borisPhone }, 29_000)
      : tell('ReportConferenced', { by: annasPhone, added: borisPhone }, 29_000),
  ]);
const anythingAtAll: fc.Arbitrary<readonly CallCommand[]> = fc
  .array(fc.oneof({ weight: 20, arbitrary: anything.map((one) => [one]) }, { weight: 1, arbitrary: handingOn }), {
    maxLength: 60,
    size: 'max',
  })
  .map((chunks) => chunks.flat());

const next: Readonly<Record<string, Readonly<Partial<Record<CallEvent['type'], string>>>>> = {
  away: { RouteSelected: 'reserved' },
  reserved: { CallDelivered: 'ringing', CallDiverted: 'away', ConnectionCleared: 'away' },
  ringing: { CallEstablished: 'talking', AnswerRequested: 'ringing', CallDiverted: 'away', ConnectionCleared: 'away' },
  talking: { CallHeld: 'holding', HoldRequested: 'talking', ConnectionCleared: 'away' },
  holding: { CallRetrieved: 'talking', RetrieveRequested: 'holding', ConnectionCleared: 'away' },
};

/** Follows each agent through the events; fails where one event cannot come after another. */
const agentsAfter = (events: readonly CallEvent[]): ReadonlyMap<string, string> => {
  const agents = new Map<string, string>();
  for (const { type, data } of events) {
    const agentId: string | undefined = 'agentId' in data ? data.agentId : undefined;
    if (agentId === undefined) continue;
    const before = agents.get(agentId) ?? 'away';
    const after = next[before]?.[type];
    expect(after, `${type} for an agent who is ${before}`).to.not.equal(undefined);
    agents.set(agentId, after ?? '');
  }
  return agents;
};

/** Each transfer begins when none is under way. One that was given up may come about all the same. */
const oneTransferAtATime = (events: readonly CallEvent[]): void => {
  const steps = events.flatMap(({ type }) => (/Transfer|Conferenced/.test(type) ? [type] : []));
  steps.forEach((type, index) => {
    const before = steps[index - 1];
    if (type === 'TransferRequested') expect(before).to.not.equal('TransferRequested');
    if (type === 'TransferFailed' || type === 'CallConferenced') expect(before).to.equal('TransferRequested');
  });
};

const ofType = <Type extends CallEvent['type']>(events: readonly CallEvent[], type: Type) =>
  events.filter((event): event is Extract<CallEvent, { type: Type }> => event.type === type);

const tellsAStory = (events: readonly CallEvent[]): void => {
  const end = events.findIndex(({ type }) => type === 'CallCleared');
  const afterwards = events.slice(end + 1).filter(({ type }) => !type.startsWith('Correlation'));
  expect(afterwards, 'nothing but insight comes after the end').to.deep.equal([]);
  expect(ofType(events, 'CallQueued')).to.have.length(1);
  expect(ofType(events, 'CallCleared')).to.have.length(1);
  ofType(events, 'CallDelivered').forEach(({ data }, index) => {
    expect(data.hop).to.equal(index + 1);
  });
  oneTransferAtATime(events);
  expect([...agentsAfter(events).values()].filter((state) => state !== 'away')).to.deep.equal([]);
};

describe('a call of which anything is told in any order', () => {
  it('is never told to do what cannot be, and leaves no agent behind', () => {
    const end = tell('ReportCallCleared', { cause: 'normal-clearing', side: 'centre' }, 99_000);
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(anythingAtAll, fc.nat(80), (commands, length) => {
        const begin = tell('ReportQueued', { ...arrival, correlation: certain, newContactId: unnamed });
        const { events, call } = run([begin, ...commands.slice(0, length), end, ...commands.slice(length)]);
        tellsAStory(events);
        expect(call.status).to.equal('over');
        for (const { type } of events) seen.set(type, (seen.get(type) ?? 0) + 1);
      }),
      { numRuns: 3_000 },
    );
    for (const type of ['CallEstablished', 'CallHeld', 'CallTransferred', 'CallConferenced', 'TransferFailed']) {
      expect(seen.get(type) ?? 0, `${type}: the property has something to say`).to.be.above(25);
    }
  });
});

/** One call at the centre as it really went, with the requests that it needs between the reports. */
const life = [
  tell('ReportDelivered', { device: annasPhone }, 12_000),
  tell('ReportEstablished', { device: annasPhone }, 14_000),
  tell('ReportHeld', { device: annasPhone }, 16_000),
  tell('ReportRetrieved', { device: annasPhone }, 18_000),
];
const handOn = [tell('RequestTransfer', toBoris, 19_000), tell('SelectRoute', party.boris, 19_500)];
const lifeAtBoris = [
  tell('ReportDelivered', { device: borisPhone }, 20_000),
  tell('ReportEstablished', { device: borisPhone }, 22_000),
  tell('ReportTransferred', { from: annasPhone, to: borisPhone }, 22_001),
  tell('ReportConnectionCleared', { device: annasPhone, cause: 'transferred' }, 22_002),
];
const arrive = [
  tell('ReportQueued', { ...arrival, correlation: certain, newContactId: unnamed }, 10_000),
  tell('SelectRoute', party.anna, 11_000),
];
const end = tell('ReportCallCleared', { cause: 'normal-clearing', side: 'centre' }, 30_000);
const gatewayLife = [
  ask('ReportOriginated', port, 11_000),
  ask('ReportNetworkReached', { trunkGroup: 'tg-aruba' }, 12_000),
  ask('ReportEstablished', {}, 14_000),
  ask('ReportConnectionCleared', { cause: 'normal-clearing' }, 30_000),
];

/** The reports in some order, some of them twice. */
const shaken = (reports: readonly CallCommand[]): fc.Arbitrary<readonly CallCommand[]> =>
  fc
    .array(fc.constantFrom(...reports), { maxLength: 4 })
    .chain((twice) => fc.shuffledSubarray([...reports, ...twice], { minLength: reports.length + twice.length }));

/** Who did what; of when, only what reports of their own say is comparable. */
const facts = (events: readonly CallEvent[]): readonly string[] =>
  events
    .map(({ type, data }) => {
      const { at: _when, cause: _why, ...what } = data as Readonly<Record<string, unknown>>;
      return `${type} ${JSON.stringify(what)}`;
    })
    .sort();

describe('a call whose reports come twice and in any order', () => {
  it('has the same facts in the end as one whose reports came as they should', () => {
    const told = (first: readonly CallCommand[], second: readonly CallCommand[]) =>
      facts(run([...arrive, ...first, ...handOn, ...second, end, ...second, ...first]).events);
    const asItWent = told(life, lifeAtBoris);
    fc.assert(
      fc.property(shaken(life), shaken(lifeAtBoris), (first, second) => {
        expect(told(first, second)).to.deep.equal(asItWent);
      }),
      { numRuns: 1_500 },
    );
  });

  it('has the same facts on the side of the customer', () => {
    const told = (reports: readonly CallCommand[]) =>
      facts(
        run([
          ask('RequestCall', toRequest),
          ask('SelectGateway', { gatewayId: port.gatewayId }),
          ...reports,
          ask('ReportCallCleared', { cause: 'normal-clearing', side: 'gateway' }, 31_000),
          ...reports,
        ]).events,
      );
    fc.assert(
      fc.property(shaken(gatewayLife), (reports) => {
        expect(told(reports)).to.deep.equal(told(gatewayLife));
      }),
      { numRuns: 500 },
    );
  });
});
