import {
  clueKinds,
  isStronger,
  type Click,
  type Clue,
  type ClueKind,
  type CorrelationInput,
  type Rival,
} from './clues.js';
import type { Candidate, CorrelationDecision, CorrelationRule, Evidence, Verdict } from './correlation.events.js';
import { doubtsAbout, isOnItsWay, objectionTo } from './judge-click.js';

/** A clue with those of its clicks that the call can be. */
type Lead = Readonly<{ kind: ClueKind; clicks: readonly Click[] }>;

const isSame = (a: Click, b: Click): boolean => a.callId === b.callId;
const leadsTo = ({ clicks }: Readonly<{ clicks: readonly Click[] }>, click: Click): boolean =>
  clicks.some((each) => isSame(each, click));
const unique = (clicks: readonly Click[]): readonly Click[] =>
  clicks.filter((click, index) => clicks.findIndex((each) => isSame(each, click)) === index);

const ruleOf = (kind: ClueKind, clicks: readonly Click[]): CorrelationRule => {
  switch (kind) {
    case 'session-id':
      return 'signalled-session-id';
    case 'channel-digits':
      return 'channel-digits';
    case 'ani':
      return clicks.every(({ lease }) => lease?.releasedAt !== undefined)
        ? 'quarantined-lease-of-ani'
        : 'live-lease-of-ani';
    case 'pseudo-ani':
      return 'pseudo-ani';
    case 'pilot-number':
      return 'most-recent-call-of-gateway';
  }
};

const reasonFor = (kind: ClueKind, { lease }: Click): string => {
  switch (kind) {
    case 'session-id':
      return 'The call brought its session id';
    case 'channel-digits':
      return "The agent's channel code was heard on it";
    case 'ani':
      return `${lease?.ani ?? 'Its number'} ${lease?.releasedAt === undefined ? 'is' : 'was last'} leased to it`;
    case 'pseudo-ani':
      return 'Its browser announced the digits that the call came with';
    case 'pilot-number':
      return 'It left through this gateway shortly before';
  }
};

const candidateOf = ({ callId, contactId, sessionId, lease }: Click, why: string): Candidate => ({
  callId,
  contactId,
  sessionId,
  ...(lease ? { leaseId: lease.leaseId, gatewayId: lease.gatewayId, port: lease.port } : {}),
  why,
});

const sentence = (reason: string, doubts: readonly string[]): string =>
  doubts.length === 0 ? `${reason}.` : `${reason}, but ${doubts.join(', and ')}.`;

type Ruling = Pick<CorrelationDecision, 'verdict' | 'rule' | 'candidates'>;

const several = (clicks: readonly Click[], kind: ClueKind): Ruling => ({
  verdict: 'ambiguous',
  rule: ruleOf(kind, clicks),
  candidates: clicks.map((click) => candidateOf(click, sentence(reasonFor(kind, click), ['it is not the only one']))),
});

const speaksFor = (clue: Clue, click: Click): boolean =>
  clue.kind === 'pilot-number' ? clue.gatewayId === click.lease?.gatewayId : leadsTo(clue, click);

/** Other evidence that leads elsewhere, or nowhere. */
const contradictions = (click: Click, { clues }: CorrelationInput): readonly string[] =>
  clues.every((clue) => speaksFor(clue, click)) ? [] : ['other evidence does not lead to it'];

/** Channel codes are short: one that fits nothing else, or no more than the gateway, may have been keyed by mistake. */
const unconfirmed = (click: Click, kind: ClueKind, { clues }: CorrelationInput): readonly string[] =>
  kind !== 'channel-digits' ||
  clues.some((clue) => clue.kind !== kind && clue.kind !== 'pilot-number' && leadsTo(clue, click))
    ? []
    : ['nothing else confirms it'];

const onlyGateway = (kind: ClueKind): readonly string[] =>
  kind === 'pilot-number' ? ['only the gateway is known, not the port'] : [];

/** Only what is certain, by stronger evidence than the other call has, takes a click away from that call. */
const outweighs = (rule: CorrelationRule, doubts: readonly string[], { rule: rivals }: Rival): boolean =>
  doubts.length === 0 && rivals !== undefined && isStronger(rule, rivals);

const one = (click: Click, kind: ClueKind, input: CorrelationInput): Ruling => {
  const rule = ruleOf(kind, [click]);
  const doubts = [
    ...onlyGateway(kind),
    ...doubtsAbout(click, input),
    ...contradictions(click, input),
    ...unconfirmed(click, kind, input),
  ];
  const told = (verdict: Verdict, but: readonly string[]): Ruling => ({
    verdict,
    rule,
    candidates: [candidateOf(click, sentence(reasonFor(kind, click), but))],
  });
  if (click.rival && !outweighs(rule, doubts, click.rival)) {
    return told('ambiguous', ['another call claims it as well', ...doubts]);
  }
  return told(doubts.length === 0 ? 'certain' : 'probable', doubts);
};

const settle = (clicks: readonly Click[], kind: ClueKind, input: CorrelationInput): Ruling => {
  const [click] = clicks;
  return click && clicks.length === 1 ? one(click, kind, input) : several(clicks, kind);
};

const leadOf = ({ kind, clicks }: Clue, input: CorrelationInput): Lead => ({
  kind,
  clicks: unique(clicks).filter(
    (click) =>
      objectionTo(click, input) === undefined &&
      // Of a whole gateway only what is on its way and not tied to a call yet.
      (kind !== 'pilot-number' || (isOnItsWay(click, input) && click.rival === undefined)),
  ),
});

const nobody = (input: CorrelationInput): Ruling => ({
  verdict: 'none',
  rule: 'no-rule',
  candidates: unique(input.clues.flatMap(({ clicks }) => clicks)).map((click) =>
    candidateOf(
      click,
      sentence('It might have been this', [objectionTo(click, input) ?? 'it has been tied to a call']),
    ),
  ),
});

/**
 * Each clue names the clicks that the call can be. Where they agree on one, it is that; where they name different ones, it
 * may be any of them, however strong the one clue; a clue that leads nowhere makes the others doubtful, not void.
 */
const rule = (input: CorrelationInput): Ruling => {
  const leads = clueKinds
    .flatMap((kind) => input.clues.filter((clue) => clue.kind === kind))
    .map((clue) => leadOf(clue, input))
    .filter(({ clicks }) => clicks.length > 0);
  const telling = leads.some(({ kind }) => kind !== 'pilot-number')
    ? leads.filter(({ kind }) => kind !== 'pilot-number')
    : leads;
  const [strongest] = telling;
  if (!strongest) return nobody(input);
  const agreed = strongest.clicks.filter((click) => telling.every((lead) => leadsTo(lead, click)));
  return agreed.length > 0
    ? settle(agreed, strongest.kind, input)
    : several(unique(telling.flatMap(({ clicks }) => clicks)), strongest.kind);
};

const worstFirst: readonly Verdict[] = ['none', 'ambiguous', 'probable', 'certain'];

const saysTheSame = (a: readonly Evidence[], b: readonly Evidence[]): boolean =>
  a.length === b.length && a.every(({ kind, value }, index) => kind === b[index]?.kind && value === b[index].value);

/** Time alone makes nothing surer or less sure, and what was doubtful becomes surer by stronger evidence only. */
const stands = (previous: CorrelationDecision, ruling: CorrelationDecision): boolean =>
  !isStronger(ruling.rule, previous.rule) &&
  (saysTheSame(ruling.evidence, previous.evidence) ||
    worstFirst.indexOf(ruling.verdict) > worstFirst.indexOf(previous.verdict));

/**
 * Which click a call at a centre is. `certain` only when exactly one is possible within what clocks and networks may be
 * wrong by, it came where and as it was dialled, and no other call claims it; an ambiguous call names nobody.
 */
export const correlate = (input: CorrelationInput): CorrelationDecision => {
  const { evidence, previous } = input;
  const decision = { ...rule(input), evidence };
  return previous && stands(previous, decision) ? previous : decision;
};
