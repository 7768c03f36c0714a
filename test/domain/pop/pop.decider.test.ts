import { describe, it } from 'mocha';
import { agentId, callId, contactId, merchantId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { popDecider } from '#domain/pop/pop.decider.js';
import type { PopCommand, PopEvent } from '#domain/pop/pop.events.js';
import { popOf } from '#domain/pop/pop-id.js';
import { scenarioFor } from '#test/support/scenario.js';

const given = scenarioFor(popDecider);
const acme = merchantId('acme');
const anna = agentId(acme, 'anna');
const call = callId(acme, 'oranjestad.4711');
const target = popOf(call, anna, 1);
const at = instant(1_000);
const shown = { agentId: anna, contactId: contactId(acme, 'click-1') };
const pop = {
  ...shown,
  callId: call,
  hop: 1,
  why: { verdict: 'certain', rule: 'live-lease-of-ani', sentence: 'This call is the click on “Shoes”.' },
} as const;

const offer: PopCommand = { type: 'OfferPop', target, at, data: pop };
const open: PopCommand = { type: 'OpenPop', target, at, data: {} };
const retract: PopCommand = { type: 'RetractPop', target, at, data: { why: 'not-answered' } };
const offered: PopEvent = { type: 'ScreenPopOffered', data: pop };
const opened: PopEvent = { type: 'ScreenPopOpened', data: shown };
const retracted: PopEvent = { type: 'ScreenPopRetracted', data: { ...shown, why: 'not-answered' } };

describe("a pop on an agent's screen", () => {
  it('is offered once, in whatever state it is', () => {
    given().when(offer).thenHappened(offered);
    given(offered).when(offer).thenNothing();
    given(offered, opened).when(offer).thenNothing();
    given(offered, retracted).when(offer).thenNothing();
  });

  it('is opened once', () => {
    given(offered).when(open).thenHappened(opened);
    given(offered, opened).when(open).thenNothing();
  });

  it('is taken away once, opened or not', () => {
    given(offered).when(retract).thenHappened(retracted);
    given(offered, opened).when(retract).thenHappened(retracted);
    given(offered, retracted).when(retract).thenNothing();
  });

  it('does not come back when the answer is told after it was taken away', () => {
    given(offered, retracted).when(open).thenNothing();
    given(offered, opened, retracted).when(open).thenNothing();
  });

  it('that was never offered is neither opened nor taken away', () => {
    given().when(open).thenNothing();
    given().when(retract).thenNothing();
  });
});
