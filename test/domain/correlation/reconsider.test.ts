import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CorrelationDecision, CorrelationRule, Verdict } from '#domain/correlation/correlation.events.js';
import { reconsider } from '#domain/correlation/reconsider.js';
import { callId, contactId, iconSessionId } from '#domain/kernel/ids.js';
import { acme, observedAs } from './clicks.js';

const decision = (verdict: Verdict, rule: CorrelationRule, ...names: readonly string[]): CorrelationDecision => ({
  verdict,
  rule,
  candidates: names.map((name) => ({
    callId: callId(acme, name),
    contactId: contactId(acme, name),
    sessionId: iconSessionId(acme, name),
    why: 'Its number came in.',
  })),
  evidence: [observedAs('ani', '+2975000001')],
});
const later = callId(acme, 'oranjestad.2');
const afterwards = (earlier: CorrelationDecision, next: CorrelationDecision) => {
  const again = reconsider(earlier, { callId: later, decision: next });
  return again && [again.verdict, again.rule, again.candidates.length];
};
const tied = decision('certain', 'live-lease-of-ani', 'a');

describe('a call that has been tied to a click, when another call comes that may be that click', () => {
  it('is ambiguous when the evidence of the other is as good', () => {
    const claim = decision('ambiguous', 'live-lease-of-ani', 'a');
    expect(afterwards(tied, claim)).to.deep.equal(['ambiguous', 'live-lease-of-ani', 1]);
    expect(afterwards(tied, decision('ambiguous', 'quarantined-lease-of-ani', 'b', 'a'))?.[0]).to.equal('ambiguous');
    expect(afterwards(decision('probable', 'live-lease-of-ani', 'a'), claim)?.[0]).to.equal('ambiguous');
    expect(reconsider(tied, { callId: later, decision: claim })?.evidence, 'seen is seen').to.equal(tied.evidence);
    expect(reconsider(tied, { callId: later, decision: claim })?.candidates[0]?.why).to.include(later);
  });

  it('is ambiguous when both were decided at once', () => {
    expect(afterwards(tied, tied)?.[0]).to.equal('ambiguous');
  });

  it('loses the click to a call that is certain by better evidence', () => {
    expect(afterwards(tied, decision('certain', 'signalled-session-id', 'a'))).to.deep.equal(['none', 'no-rule', 1]);
    expect(afterwards(decision('probable', 'most-recent-call-of-gateway', 'a'), tied)?.[0]).to.equal('none');
  });

  it('does not lose it, but is in doubt, when better evidence is doubtful itself', () => {
    expect(afterwards(tied, decision('probable', 'signalled-session-id', 'a'))?.[0]).to.equal('ambiguous');
    expect(afterwards(tied, decision('ambiguous', 'channel-digits', 'a', 'b'))?.[0]).to.equal('ambiguous');
  });

  it('stands against weaker evidence, against what was turned down, and against claims of other clicks', () => {
    expect(afterwards(tied, decision('ambiguous', 'most-recent-call-of-gateway', 'a', 'b'))).to.equal(undefined);
    expect(afterwards(tied, decision('none', 'no-rule', 'a'))).to.equal(undefined);
    expect(afterwards(tied, decision('certain', 'live-lease-of-ani', 'b'))).to.equal(undefined);
  });

  it('that names nobody has nothing to lose', () => {
    expect(afterwards(decision('ambiguous', 'live-lease-of-ani', 'a', 'b'), tied)).to.equal(undefined);
    expect(afterwards(decision('none', 'no-rule', 'a'), tied)).to.equal(undefined);
    expect(afterwards(decision('none', 'no-rule'), tied)).to.equal(undefined);
  });
});
