import { expect } from 'chai';
import { describe, it } from 'mocha';
import { clueKinds, type Clue, type CorrelationInput } from '#domain/correlation/clues.js';
import { correlate } from '#domain/correlation/correlate.js';
import type { CorrelationRule, Verdict } from '#domain/correlation/correlation.events.js';
import { callId, uniqueOf } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { acme, aruba, clickOf, curacao, dialled, inputOf, now, observedAs, trunk } from './clicks.js';

const [a, b] = [clickOf('a'), clickOf('b')];
const resting = clickOf('a', { releasedAt: instant(now - 1_000) });
const expired = clickOf('a', { releasedAt: instant(now - 60_000) });
const byBrowser = { ...a, clickedAt: instant(now - 2_000) };
const { lease: _none, ...withoutPort } = byBrowser;

const clues = {
  'session of A': { kind: 'session-id', clicks: [a] },
  'session of nobody': { kind: 'session-id', clicks: [] },
  'code heard on A': { kind: 'channel-digits', clicks: [a] },
  'code heard on B': { kind: 'channel-digits', clicks: [b] },
  'number of A': { kind: 'ani', clicks: [a] },
  'number of B': { kind: 'ani', clicks: [b] },
  'number of A, resting': { kind: 'ani', clicks: [resting] },
  'number of A, long ago': { kind: 'ani', clicks: [expired] },
  'number of B, long ago': { kind: 'ani', clicks: [clickOf('b', { releasedAt: instant(now - 60_000) })] },
  'number of nobody': { kind: 'ani', clicks: [] },
  'main number, A': { kind: 'pilot-number', clicks: [a], gatewayId: aruba },
  'main number, A and B': { kind: 'pilot-number', clicks: [b, a], gatewayId: aruba },
  'main number elsewhere': { kind: 'pilot-number', clicks: [], gatewayId: curacao },
  'digits of the browser of A': { kind: 'pseudo-ani', clicks: [withoutPort] },
} as const satisfies Record<string, Clue>;
type Seen = keyof typeof clues;

const [session, channel, live, rest, gateway, browser] = [
  'signalled-session-id',
  'channel-digits',
  'live-lease-of-ani',
  'quarantined-lease-of-ani',
  'most-recent-call-of-gateway',
  'pseudo-ani',
] as const;

/** What was seen → what follows, where number called and trunk are as they should be. */
const matrix: readonly (readonly [seen: readonly Seen[], Verdict, CorrelationRule, candidates: string])[] = [
  [[], 'none', 'no-rule', ''],
  [['number of nobody'], 'none', 'no-rule', ''],
  [['session of nobody'], 'none', 'no-rule', ''],
  [['session of nobody', 'number of nobody'], 'none', 'no-rule', ''],
  [['number of A, long ago'], 'none', 'no-rule', 'a'],
  [['main number elsewhere'], 'none', 'no-rule', ''],

  [['number of A'], 'certain', live, 'a'],
  [['number of A, resting'], 'certain', rest, 'a'],
  [['session of A'], 'certain', session, 'a'],
  [['session of A', 'number of A'], 'certain', session, 'a'],
  [['session of A', 'main number, A'], 'certain', session, 'a'],
  [['session of A', 'main number, A and B'], 'certain', session, 'a'],
  [['session of A', 'code heard on A'], 'certain', session, 'a'],
  [['code heard on A', 'number of A'], 'certain', channel, 'a'],
  [['digits of the browser of A'], 'certain', browser, 'a'],

  // Nothing confirms it, or something speaks against it that leads nowhere.
  [['code heard on A'], 'probable', channel, 'a'],
  [['code heard on A', 'main number, A'], 'probable', channel, 'a'],
  [['code heard on A', 'number of nobody'], 'probable', channel, 'a'],
  [['main number, A'], 'probable', gateway, 'a'],
  [['session of nobody', 'number of A'], 'probable', live, 'a'],
  [['session of nobody', 'main number, A'], 'probable', gateway, 'a'],
  [['session of A', 'number of nobody'], 'probable', session, 'a'],
  [['session of A', 'number of B, long ago'], 'probable', session, 'a'],
  [['session of A', 'main number elsewhere'], 'probable', session, 'a'],

  // What can both be true of a different click each.
  [['session of A', 'number of B'], 'ambiguous', session, 'a b'],
  [['session of A', 'code heard on B'], 'ambiguous', session, 'a b'],
  [['session of A', 'code heard on B', 'number of B'], 'ambiguous', session, 'a b'],
  [['code heard on A', 'number of B'], 'ambiguous', channel, 'a b'],
  [['digits of the browser of A', 'code heard on B'], 'ambiguous', channel, 'b a'],
  [['main number, A and B'], 'ambiguous', gateway, 'b a'],
];

const sighted = (seen: readonly Seen[], change: Partial<CorrelationInput> = {}): CorrelationInput =>
  inputOf(
    seen.map((each) => clues[each]),
    { centreTrunks: [trunk], ...change },
  );
const told = (input: CorrelationInput) => {
  const { verdict, rule, candidates } = correlate(input);
  return [verdict, rule, candidates.map(({ callId: id }) => uniqueOf(id)).join(' ')];
};
const withEvidence = (...evidence: CorrelationInput['evidence']) => ({ evidence });

describe('what was seen of a call', () => {
  for (const [seen, ...expected] of matrix) {
    it(`(${seen.join(', ') || 'nothing'}) makes it ${expected[0]}`, () => {
      expect(told(sighted(seen))).to.deep.equal(expected);
      expect(told(sighted([...seen].reverse())), 'in whatever order it was seen').to.deep.equal(expected);
    });
  }

  it('is worth nothing when another number was called, or it came in on another trunk', () => {
    const [elsewhere, street] = [observedAs('dnis', '+2975820001'), observedAs('trunk', 'tg-street')];
    for (const [seen, , , candidates] of matrix) {
      const wrongNumber = told(sighted(seen, withEvidence(elsewhere, observedAs('trunk', trunk))));
      const wrongTrunk = told(sighted(seen, withEvidence(observedAs('dnis', dialled), street)));
      for (const [verdict, , turnedDown = ''] of [wrongNumber, wrongTrunk]) {
        expect(verdict).to.equal('none');
        expect(turnedDown.split(' ').sort()).to.include.members(candidates.split(' '));
      }
    }
  });

  it('is never certain when number called or trunk are not known', () => {
    for (const [seen, verdict] of matrix) {
      const weaker = verdict === 'certain' ? 'probable' : verdict;
      for (const known of [observedAs('dnis', dialled), observedAs('trunk', trunk)]) {
        const [unsure] = told(sighted(seen, withEvidence(known)));
        expect(unsure, seen.join()).to.equal(weaker);
      }
    }
  });

  it('names exactly one where it names somebody, at least one where it may be several, and says why', () => {
    for (const [seen] of matrix) {
      const { verdict, candidates } = correlate(sighted(seen));
      if (verdict === 'certain' || verdict === 'probable') expect(candidates).to.have.length(1);
      if (verdict === 'ambiguous') expect(candidates.length).to.be.above(1);
      for (const { why } of candidates) expect(why).to.match(/^[A-Z+].*\.$/);
    }
  });

  it('covers every kind of clue', () => {
    const kinds = new Set(matrix.flatMap(([seen]) => seen.map((each) => clues[each].kind)));
    expect([...kinds].sort()).to.deep.equal([...clueKinds].sort());
  });
});

describe('the lease of the number that a call came with', () => {
  const arrival = (lease: Parameters<typeof clickOf>[1], change: Partial<CorrelationInput> = {}) =>
    told(inputOf([{ kind: 'ani', clicks: [clickOf('a', lease)] }], change))[0];
  const { maxTransit, clockUncertainty } = inputOf([]).timing;

  it('means its click from when it began, give or take what clocks are wrong by', () => {
    expect(arrival({ leasedAt: instant(now + clockUncertainty) })).to.equal('certain');
    expect(arrival({ leasedAt: instant(now + clockUncertainty + 1) })).to.equal('none');
  });

  it('means its click until a call can no longer be on its way', () => {
    const latest = now - maxTransit - clockUncertainty;
    expect(arrival({ leasedAt: instant(0), releasedAt: instant(latest) })).to.equal('certain');
    expect(arrival({ leasedAt: instant(0), releasedAt: instant(latest - 1) })).to.equal('none');
  });

  it('is not certain any more when the port has been leased again, though the report may only be late', () => {
    const again = clickOf('a', { releasedAt: instant(now + 1_000) }, { leasedAgain: true });
    const { verdict, candidates } = correlate(
      inputOf([{ kind: 'ani', clicks: [again] }], { takenAt: instant(now + 90_000) }),
    );
    expect([verdict, candidates[0]?.why]).to.deep.equal([
      'probable',
      '+2975000097 was last leased to it, but its port has been leased again since.',
    ]);
  });

  it('is not certain when our clock has gone back, and the call is not lost for that', () => {
    const before = { leasedAt: instant(now + 600_000) };
    expect(arrival(before, { takenAt: instant(now + 10) })).to.equal('probable');
    expect(arrival(before, { takenAt: instant(now + 600_000) })).to.equal('none');
  });

  it('is not certain when the switch tells of a time that has not come', () => {
    const ahead = { arrivedAt: instant(now + 60_000), takenAt: instant(now) };
    expect(arrival({}, ahead)).to.equal('probable');
    expect(arrival({}, { arrivedAt: instant(now + clockUncertainty), takenAt: instant(now) })).to.equal('certain');
  });

  it('is compared as a number, however it is written', () => {
    const spaced = withEvidence(observedAs('dnis', '+297 582-00.00'), observedAs('trunk', trunk));
    expect(arrival({}, spaced)).to.equal('certain');
    expect(correlate(inputOf([], spaced)).evidence).to.deep.equal(spaced.evidence);
    expect(arrival({}, withEvidence(observedAs('dnis', '5820000'), observedAs('trunk', trunk)))).to.equal('none');
  });

  it('must have come in where the centre expects gateways', () => {
    expect(arrival({}, { centreTrunks: ['tg-curacao', trunk] })).to.equal('certain');
    expect(arrival({}, { centreTrunks: ['tg-curacao'] })).to.equal('none');
    expect(arrival({ trunkGroup: '' })).to.equal('probable');
  });

  it('means one of several when the port did not rest', () => {
    const both = [clickOf('b'), clickOf('a', { releasedAt: instant(now - 2_000) }, { leasedAgain: true })];
    expect(told(inputOf([{ kind: 'ani', clicks: both }]))).to.deep.equal(['ambiguous', live, 'b a']);
    const given = both.map((click) => ({
      ...click,
      lease: { ...(click.lease ?? expect.fail()), releasedAt: instant(now) },
    }));
    expect(told(inputOf([{ kind: 'ani', clicks: given }]))).to.deep.equal(['ambiguous', rest, 'b a']);
  });
});

describe('a pure internet call', () => {
  const arrival = (change: Partial<typeof withoutPort>, input: Partial<CorrelationInput> = {}) =>
    told(
      inputOf([{ kind: 'pseudo-ani', clicks: [{ ...withoutPort, ...change }] }], { centreTrunks: [trunk], ...input }),
    )[0];

  it('is its click while the session is open, and where its trunk can be checked', () => {
    expect(arrival({})).to.equal('certain');
    expect(arrival({ open: false })).to.equal('none');
    expect(arrival({ clickedAt: instant(now + 60_000) })).to.equal('none');
    expect(arrival({}, { centreTrunks: [] })).to.equal('probable');
    expect(arrival({}, { centreTrunks: ['tg-curacao'] })).to.equal('none');
  });
});

describe('a call of which only the gateway is known', () => {
  const of = (...clicks: Clue['clicks']) => told(inputOf([{ kind: 'pilot-number', gatewayId: aruba, clicks }]));

  it('is probably the one that had just left it', () => {
    const talkingSince = clickOf('c', { leasedAt: instant(now - 600_000) });
    const tied = { ...b, rival: { callId: callId(acme, 'oranjestad.1') } };
    expect(of(a, talkingSince, tied)).to.deep.equal(['probable', gateway, 'a']);
    expect(of(talkingSince, tied)).to.deep.equal(['none', 'no-rule', 'c b']);
  });
});

describe('a click that another call has been tied to', () => {
  const claimed = (by: Clue['kind'], rule?: CorrelationRule) => {
    const click = { ...a, rival: { callId: callId(acme, 'oranjestad.1'), ...(rule === undefined ? {} : { rule }) } };
    const clue: Clue =
      by === 'pilot-number' ? { kind: by, clicks: [click], gatewayId: aruba } : { kind: by, clicks: [click] };
    return inputOf([clue]);
  };

  it('is not taken for another as well: one of the two is somebody else', () => {
    expect(told(claimed('ani', live))).to.deep.equal(['ambiguous', live, 'a']);
    expect(told(claimed('ani', rest))).to.deep.equal(['ambiguous', live, 'a']);
    expect(told(claimed('ani', session))).to.deep.equal(['ambiguous', live, 'a']);
    expect(told(claimed('ani')), 'what the other was tied by may be forgotten').to.deep.equal(['ambiguous', live, 'a']);
  });

  it('goes over to the call with stronger evidence, when that is certain', () => {
    expect(told(claimed('ani', gateway))).to.deep.equal(['certain', live, 'a']);
    expect(told(claimed('session-id', live))).to.deep.equal(['certain', session, 'a']);
    expect(told(claimed('channel-digits', live)), 'an unconfirmed code takes nothing away').to.deep.equal([
      'ambiguous',
      channel,
      'a',
    ]);
  });
});

describe('a call that is looked at again', () => {
  const again = (first: readonly Seen[], second: readonly Seen[], more: CorrelationInput['evidence'] = []) => {
    const previous = correlate(sighted(first));
    const evidence = [...sighted([]).evidence, ...more];
    return [previous, correlate(sighted(second, { previous, evidence }))] as const;
  };
  const code = observedAs('channel-digits', '47');

  it('is what it was when nothing new is known, though time has passed', () => {
    const [before, after] = again(['number of A'], ['number of A, long ago']);
    expect(after).to.equal(before);
    const [doubtful, still] = again(['session of nobody', 'number of A'], ['number of A']);
    expect([doubtful.verdict, still]).to.deep.equal(['probable', doubtful]);
  });

  it('becomes certain by stronger evidence', () => {
    const [before, after] = again(['main number, A and B'], ['code heard on A', 'number of A'], [code]);
    expect([before.verdict, after.verdict, after.rule]).to.deep.equal(['ambiguous', 'certain', channel]);
    const [nothing, found] = again([], ['number of A']);
    expect([nothing.verdict, found.verdict]).to.deep.equal(['none', 'certain']);
  });

  it('does not become surer by evidence that is no stronger', () => {
    const [before, after] = again(['session of nobody', 'number of A'], ['number of A'], [observedAs('trunk', 'tg-2')]);
    expect([before.verdict, after]).to.deep.equal(['probable', before]);
  });

  it('becomes doubtful by evidence that leads elsewhere', () => {
    const [before, after] = again(['number of A'], ['number of A', 'code heard on B'], [code]);
    expect([before.verdict, after.verdict]).to.deep.equal(['certain', 'ambiguous']);
  });
});
