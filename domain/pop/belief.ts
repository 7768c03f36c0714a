import type { Candidate, CorrelationDecision } from '../correlation/correlation.events.js';
import type { Belief } from './pop.events.js';
import type { Instant } from '../kernel/time.js';

/** What the click that a call is taken for, or may be, is called by people; what is not known is left out. */
export type BeliefNames = Readonly<{
  /** Now. */
  at: Instant;
  clickedAt?: Instant;
  /** Of the page that was clicked on, for example `https://shop.example`. */
  origin?: string;
  iconLabel?: string;
  gatewayName?: string;
}>;

const ago = (at: Instant, then: Instant): string => {
  const seconds = Math.max(0, Math.round((at - then) / 1_000));
  return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
};

const clickOf = ({ at, clickedAt, origin, iconLabel }: BeliefNames): string =>
  [
    'the click',
    ...(iconLabel === undefined ? [] : [`on “${iconLabel}”`]),
    ...(origin === undefined ? [] : [`at ${origin.replace(/^https?:\/\//, '')}`]),
    ...(clickedAt === undefined ? [] : [ago(at, clickedAt)]),
  ].join(' ');

const portOf = ({ port }: Candidate, { gatewayName }: BeliefNames): string =>
  port === undefined ? '' : ` (port ${port}${gatewayName === undefined ? '' : ` of ${gatewayName}`})`;

const numberIn = ({ evidence }: CorrelationDecision): string =>
  evidence.find(({ kind }) => kind === 'ani')?.value ?? 'a line';

/** What makes it certain. */
const proof = (decision: CorrelationDecision, candidate: Candidate, names: BeliefNames): string => {
  switch (decision.rule) {
    case 'signalled-session-id':
      return "it brought that click's session id with it";
    case 'channel-digits':
      return "your channel code was heard on that click's call";
    case 'live-lease-of-ani':
      return `it came in on ${numberIn(decision)}, which is leased to that click only${portOf(candidate, names)}`;
    case 'quarantined-lease-of-ani':
      return `it came in on ${numberIn(decision)}, which was leased to that click last and has rested since${portOf(candidate, names)}`;
    case 'pseudo-ani':
      return 'it came with the digits that its browser announced';
    case 'most-recent-call-of-gateway':
    case 'no-rule':
      return candidate.why;
  }
};

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

const sentenceOf = (decision: CorrelationDecision, names: BeliefNames): string => {
  const { verdict, candidates } = decision;
  const [candidate] = candidates;
  if (!candidate) return 'No click leads to this call: ask who is calling.';
  switch (verdict) {
    case 'certain':
      return `This call is ${clickOf(names)}: ${proof(decision, candidate, names)}.`;
    case 'probable':
      return `This call is probably ${clickOf(names)}, so ask before you tell anything. ${candidate.why}`;
    case 'ambiguous':
      return candidates.length === 1
        ? `This call may be ${clickOf(names)}, but another call claims that click too: ask who is calling.`
        : `This call may be any of ${candidates.length} clicks: ask who is calling.`;
    case 'none':
      return `No click fits this call: ask who is calling. One was turned down: ${lowered(candidate.why)}`;
  }
};

/** Why Trunkline believes what it believes of a call, in a sentence or two for the agent who answers it. */
export const beliefOf = (decision: CorrelationDecision, names: BeliefNames): Belief => ({
  verdict: decision.verdict,
  rule: decision.rule,
  sentence: sentenceOf(decision, names),
});
