import { expect } from 'chai';
import { describe, it } from 'mocha';
import { correlate } from '#domain/correlation/correlate.js';
import { usualTiming } from '#domain/correlation/clues.js';
import type { CorrelationDecision } from '#domain/correlation/correlation.events.js';
import { gather, type Arrival } from '#domain/correlation/gather.js';
import { callCentreId, callId, contactId, iconSessionId, merchantId, type CallId } from '#domain/kernel/ids.js';
import { phoneNumber } from '#domain/kernel/phone-number.js';
import { instant } from '#domain/kernel/time.js';
import type { IndexedLease, IndexedSession, LiveCall, PolicyViews } from '#domain/policies/views.js';
import { acme, aruba, curacao, dialled, leaseFor, now, trunk } from './clicks.js';

const rival = merchantId('rival');
const at = instant(now);
const pilotNumber = '+2975000000';
const arrived: Arrival = {
  callId: callId(acme, 'oranjestad.1'),
  centreId: callCentreId(acme, 'oranjestad'),
  ani: phoneNumber('+297 5000 097'),
  dnis: phoneNumber(dialled),
  trunkGroup: trunk,
  arrivedAt: at,
  takenAt: at,
  timing: usualTiming,
};

const sessionFor = (name: string, change: Partial<IndexedSession> = {}): IndexedSession => ({
  sessionId: iconSessionId(acme, name),
  contactId: contactId(acme, name),
  merchantId: acme,
  callId: callId(acme, name),
  origin: 'https://shop.example',
  page: { url: 'https://shop.example/shoes', title: 'Shoes', at },
  clickedPage: 'https://shop.example/shoes',
  clickedAt: instant(now - 3_000),
  open: true,
  ...change,
});

type Known = Readonly<{
  leases?: readonly IndexedLease[];
  sessions?: readonly IndexedSession[];
  pseudoAni?: readonly (readonly [string, IndexedSession])[];
  calls?: readonly Partial<LiveCall>[];
}>;

/** What is known, answered as the projections answer it: numbers by their one comparable form, and only to their tenant. */
const viewsOf = ({ leases = [], sessions = [], pseudoAni = [], calls = [] }: Known) =>
  ({
    aniIndex: {
      byAni: (owner: string, number: string) =>
        leases.filter((each) => each.merchantId === owner && each.ani === number),
      byPilotNumber: (owner: string, number: string) =>
        number === pilotNumber
          ? leases.filter((each) => each.merchantId === owner && each.releasedAt === undefined)
          : [],
      byPseudoAni: (owner: string, digits: string) =>
        pseudoAni
          .filter(([number, { merchantId: of }]) => number === digits && of === owner)
          .map(([, session]) => session),
      bySession: (id: string) => sessions.find(({ sessionId }) => sessionId === id),
      leaseOf: (id: CallId) => leases.find((each) => each.callId === id),
    },
    calls: { call: (id: CallId) => calls.find((each) => each.callId === id) },
    gateways: { gateways: () => [{ gatewayId: aruba, pilotNumber }] },
    merchants: { centre: () => ({ trunks: [trunk] }) },
  }) as unknown as Pick<PolicyViews, 'aniIndex' | 'calls' | 'gateways' | 'merchants'>;

const seen = (change: Partial<Arrival>, known: Known) => gather({ ...arrived, ...change }, viewsOf(known));
const decided = (change: Partial<Arrival>, known: Known) => {
  const { verdict, rule } = correlate(seen(change, known));
  return [verdict, rule];
};
const a = leaseFor('a');
const number = { ani: phoneNumber(a.ani) };

describe('the number that a call comes with', () => {
  it('is looked up as a number, and kept as it came', () => {
    const input = seen({ ani: phoneNumber('+297 50000-97') }, { leases: [leaseFor('a', { ani: '+2975000097' })] });
    expect(correlate(input)).to.include({ verdict: 'certain', rule: 'live-lease-of-ani' });
    expect(input.evidence).to.deep.equal([
      { kind: 'ani', value: '+297 50000-97', at },
      { kind: 'dnis', value: dialled, at },
      { kind: 'trunk', value: trunk, at },
    ]);
  });

  it('may be what a browser announced, of a session that goes on', () => {
    const session = sessionFor('a');
    const known = {
      pseudoAni: [['0815', session]],
      calls: [{ callId: callId(acme, 'a'), destination: { number: dialled } }],
    } as const;
    expect(decided({ ani: phoneNumber('0815') }, known)).to.deep.equal(['certain', 'pseudo-ani']);
    expect(seen({ ani: phoneNumber('0815') }, known).evidence[0]).to.deep.equal({
      kind: 'pseudo-ani',
      value: '0815',
      at,
    });
    expect(decided({ ani: phoneNumber('0815') }, { pseudoAni: [['0815', session]] })).to.deep.equal([
      'probable',
      'pseudo-ani',
    ]);
  });

  it('that two browsers happen to announce is either of them', () => {
    const pseudoAni = [
      ['0815', sessionFor('a')],
      ['0815', sessionFor('b')],
    ] as const;
    const calls = ['a', 'b'].map((name) => ({ callId: callId(acme, name), destination: { number: dialled } }));
    expect(decided({ ani: phoneNumber('0815') }, { pseudoAni, calls })).to.deep.equal(['ambiguous', 'pseudo-ani']);
  });

  it('of a browser whose call has not been placed yet is nobody', () => {
    const { callId: _notYet, ...session } = sessionFor('a');
    expect(decided({ ani: phoneNumber('0815') }, { pseudoAni: [['0815', session]] })).to.deep.equal([
      'none',
      'no-rule',
    ]);
  });

  it('of a browser whose call is tied already is nobody else', () => {
    const calls = [
      { callId: callId(acme, 'a'), destination: { number: dialled }, partner: callId(acme, 'oranjestad.2') },
      { callId: callId(acme, 'oranjestad.2'), correlation: correlate(seen(number, { leases: [a] })) },
    ];
    expect(decided({ ani: phoneNumber('0815') }, { pseudoAni: [['0815', sessionFor('a')]], calls })).to.deep.equal([
      'ambiguous',
      'pseudo-ani',
    ]);
  });

  it('may be the main number of a gateway, also of one with no call on it', () => {
    expect(decided({ ani: phoneNumber(pilotNumber) }, { leases: [a] })).to.deep.equal([
      'probable',
      'most-recent-call-of-gateway',
    ]);
    expect(seen({ ani: phoneNumber(pilotNumber) }, {}).clues).to.deep.equal([
      { kind: 'pilot-number', gatewayId: aruba, clicks: [] },
    ]);
  });

  it('that is withheld is no evidence, and one that nobody knows is', () => {
    const uui = a.sessionId;
    const known = { leases: [a], sessions: [sessionFor('a')] };
    for (const words of ['', 'anonymous', 'Restricted']) {
      expect(decided({ ani: phoneNumber(words), uui }, known)).to.deep.equal(['certain', 'signalled-session-id']);
    }
    expect(decided({ ani: phoneNumber('+31201234567'), uui }, known)).to.deep.equal([
      'probable',
      'signalled-session-id',
    ]);
    expect(decided({ ani: phoneNumber('+31201234567') }, known)).to.deep.equal(['none', 'no-rule']);
  });

  it('of a port that another merchant has leased leads to nothing of that merchant', () => {
    const theirs = leaseFor('a', { merchantId: rival });
    expect(correlate(seen(number, { leases: [theirs] }))).to.deep.include({ verdict: 'none', candidates: [] });
  });

  it('is known to mean another call since', () => {
    const again = leaseFor('z', { ani: a.ani, port: a.port, sequence: 2, leasedAt: instant(now + 60_000) });
    const known = { leases: [again, { ...a, releasedAt: at }] };
    expect(decided({ ...number, takenAt: instant(now + 61_000) }, known)).to.deep.equal([
      'probable',
      'quarantined-lease-of-ani',
    ]);
    for (const other of [{ port: 9 }, { gatewayId: curacao }, { sequence: 0 }]) {
      const unrelated = { ...again, ...other };
      expect(
        decided({ ...number, takenAt: instant(now + 61_000) }, { leases: [unrelated, a] }),
        JSON.stringify(other),
      ).to.deep.equal(['certain', 'live-lease-of-ani']);
    }
  });
});

describe('user-to-user information', () => {
  const known = { leases: [a], sessions: [sessionFor('a')] };

  it('that brings a session id makes the call that session', () => {
    expect(decided({ ...number, uui: ` ${a.sessionId} ` }, known)).to.deep.equal(['certain', 'signalled-session-id']);
    expect(seen({ ...number, uui: a.sessionId }, known).evidence.at(-1)).to.deep.equal({
      kind: 'session-id',
      value: a.sessionId,
      at,
    });
  });

  it('that brings anything else is none of ours', () => {
    for (const uui of ['', '00FA08', 'call-acme.a', 'session-acme']) {
      expect(decided({ ...number, uui }, known)).to.deep.equal(['certain', 'live-lease-of-ani']);
    }
  });

  it("that brings another merchant's session leads nowhere, and makes the rest doubtful", () => {
    const theirs = sessionFor('a', { sessionId: iconSessionId(rival, 'a'), merchantId: rival });
    const uui = theirs.sessionId;
    expect(decided({ ani: phoneNumber(''), uui }, { sessions: [theirs] })).to.deep.equal(['none', 'no-rule']);
    expect(decided({ ...number, uui }, { leases: [a], sessions: [theirs] })).to.deep.equal([
      'probable',
      'live-lease-of-ani',
    ]);
  });
});

describe('a channel code that was heard on a call', () => {
  const keyed = { code: '47', heardOn: a.callId, at: instant(now + 9_000) };

  it('leads to the click of that call, by its port or by its session', () => {
    const bySession = { sessions: [sessionFor('a')], calls: [{ callId: a.callId, sessionId: a.sessionId }] };
    for (const known of [{ leases: [a] }, bySession]) {
      const input = seen({ ani: phoneNumber(''), keyed }, known);
      expect(correlate(input)).to.include({ verdict: 'probable', rule: 'channel-digits' });
      expect(input.evidence.at(-1)).to.deep.equal({ kind: 'channel-digits', value: '47', at: instant(now + 9_000) });
    }
  });

  it("on another merchant's call leads nowhere", () => {
    const theirs = leaseFor('a', { merchantId: rival });
    const call = { callId: a.callId, sessionId: a.sessionId };
    const session = sessionFor('a', { merchantId: rival });
    expect(decided({ keyed }, { leases: [theirs] })).to.deep.equal(['none', 'no-rule']);
    expect(decided({ keyed }, { sessions: [session], calls: [call] })).to.deep.equal(['none', 'no-rule']);
    expect(decided({ keyed }, {})).to.deep.equal(['none', 'no-rule']);
  });
});

describe('another call that has been tied to the same click', () => {
  const other = callId(acme, 'oranjestad.2');
  const claimed = { ...a, claimedBy: other };
  const verdict = (correlation: CorrelationDecision | undefined, claimedBy = other) =>
    decided(number, {
      leases: [{ ...claimed, claimedBy }],
      calls: correlation ? [{ callId: other, correlation }] : [],
    })[0];
  const certain = correlate(seen(number, { leases: [a] }));

  it('stands in the way, also when it is over', () => {
    expect(verdict(certain)).to.equal('ambiguous');
    expect(verdict(undefined)).to.equal('ambiguous');
    expect(verdict({ ...certain, verdict: 'ambiguous' })).to.equal('ambiguous');
  });

  it('does not when it is this very call, or has been told to be somebody else since', () => {
    expect(verdict(undefined, arrived.callId)).to.equal('certain');
    expect(verdict({ ...certain, verdict: 'none' })).to.equal('certain');
    expect(verdict({ ...certain, candidates: [] })).to.equal('certain');
  });
});
