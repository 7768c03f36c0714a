import { expect } from 'chai';
import { describe, it } from 'mocha';
import type {
  Candidate,
  CorrelationDecision,
  CorrelationRule,
  Verdict,
} from '#domain/correlation/correlation.events.js';
import { callId, contactId, gatewayId, iconSessionId, merchantId, platform } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { beliefOf, type BeliefNames } from '#domain/pop/belief.js';

const acme = merchantId('acme');
const candidate = (name: string): Candidate => ({
  callId: callId(acme, name),
  contactId: contactId(acme, name),
  sessionId: iconSessionId(acme, name),
  gatewayId: gatewayId(platform, 'aruba'),
  port: 3,
  why: 'It left through this gateway shortly before, but only the gateway is known, not the port.',
});
const decision = (verdict: Verdict, rule: CorrelationRule, ...names: readonly string[]): CorrelationDecision => ({
  verdict,
  rule,
  candidates: names.map(candidate),
  evidence: [
    { kind: 'dnis', value: '+2975820000', at: instant(0) },
    { kind: 'ani', value: '+297 500 0003', at: instant(0) },
  ],
});
const names: BeliefNames = {
  at: instant(64_000),
  clickedAt: instant(60_000),
  origin: 'https://shop.example',
  iconLabel: 'Shoes',
  gatewayName: 'Aruba gateway',
};
const told = (verdict: Verdict, rule: CorrelationRule, ...of: readonly string[]): string =>
  beliefOf(decision(verdict, rule, ...of), names).sentence;

describe('what an agent is told of a call that rings', () => {
  it('says which click it is and how that is known', () => {
    expect(told('certain', 'live-lease-of-ani', 'a')).to.equal(
      'This call is the click on “Shoes” at shop.example 4 s ago: it came in on +297 500 0003, ' +
        'which is leased to that click only (port 3 of Aruba gateway).',
    );
    expect(told('certain', 'quarantined-lease-of-ani', 'a')).to.equal(
      'This call is the click on “Shoes” at shop.example 4 s ago: it came in on +297 500 0003, ' +
        'which was leased to that click last and has rested since (port 3 of Aruba gateway).',
    );
    expect(told('certain', 'signalled-session-id', 'a')).to.match(
      /4 s ago: it brought that click's session id with it\.$/,
    );
    expect(told('certain', 'channel-digits', 'a')).to.match(/: your channel code was heard on that click's call\.$/);
    expect(told('certain', 'pseudo-ani', 'a')).to.match(/: it came with the digits that its browser announced\.$/);
  });

  it('says that it is only probable, and why', () => {
    expect(told('probable', 'most-recent-call-of-gateway', 'a')).to.equal(
      'This call is probably the click on “Shoes” at shop.example 4 s ago, so ask before you tell anything. ' +
        'It left through this gateway shortly before, but only the gateway is known, not the port.',
    );
  });

  it('names nobody when it may be several, or when two calls claim one click', () => {
    expect(told('ambiguous', 'live-lease-of-ani', 'a', 'b', 'c')).to.equal(
      'This call may be any of 3 clicks: ask who is calling.',
    );
    expect(told('ambiguous', 'live-lease-of-ani', 'a')).to.equal(
      'This call may be the click on “Shoes” at shop.example 4 s ago, but another call claims that click too: ask who is calling.',
    );
  });

  it('says that no click fits, and what was turned down', () => {
    expect(told('none', 'no-rule')).to.equal('No click leads to this call: ask who is calling.');
    expect(told('none', 'no-rule', 'a')).to.equal(
      'No click fits this call: ask who is calling. One was turned down: it left through this gateway shortly before, ' +
        'but only the gateway is known, not the port.',
    );
  });

  it('leaves out what is not known, and counts in minutes what is long ago', () => {
    const { port: _port, ...portless } = candidate('a');
    const bare = { ...decision('certain', 'live-lease-of-ani'), candidates: [portless], evidence: [] };
    expect(beliefOf(bare, { at: instant(64_000) }).sentence).to.equal(
      'This call is the click: it came in on a line, which is leased to that click only.',
    );
    expect(
      beliefOf(decision('certain', 'pseudo-ani', 'a'), { ...names, at: instant(60_000 + 119_400) }).sentence,
    ).to.match(/shop\.example 119 s ago:/);
    expect(
      beliefOf(decision('certain', 'pseudo-ani', 'a'), { ...names, at: instant(60_000 + 150_000) }).sentence,
    ).to.match(/shop\.example 3 min ago:/);
    expect(beliefOf(decision('certain', 'pseudo-ani', 'a'), { ...names, at: instant(0) }).sentence).to.match(
      /shop\.example 0 s ago:/,
    );
  });

  it('carries verdict and rule beside the sentence', () => {
    expect(beliefOf(decision('ambiguous', 'channel-digits', 'a', 'b'), names)).to.include({
      verdict: 'ambiguous',
      rule: 'channel-digits',
    });
  });
});
