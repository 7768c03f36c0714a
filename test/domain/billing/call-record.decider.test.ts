import { describe, it } from 'mocha';
import { callRecordDecider } from '#domain/billing/call-record.decider.js';
import type { CallFacts } from '#domain/billing/call-record.events.js';
import { callId, callRecordId, contactId, gatewayId, platform } from '#domain/kernel/ids.js';
import { after, instant } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';
import { acme, berlin, shoes } from '../merchant/acme.js';

const given = scenarioFor(callRecordDecider);
const requestedAt = instant(Date.UTC(2026, 0, 5, 9));
const facts: CallFacts = {
  callId: callId(acme, 'c1'),
  contactId: contactId(acme, 'c1'),
  linkId: shoes,
  referrer: { origin: 'https://shop.example', page: 'https://shop.example/boots' },
  destination: { number: berlin.number, centreId: berlin.centreId },
  gatewayId: gatewayId(platform, 'curacao'),
  port: 3,
  requestedAt,
  answeredAt: after(requestedAt, 12_000),
  endedAt: after(requestedAt, 72_000),
  talk: 60_000,
  cause: 'normal-clearing',
};
const issue = (data: CallFacts) =>
  ({ type: 'IssueCallRecord', target: callRecordId(acme, 'c1'), at: facts.endedAt, data }) as const;

describe('the record that a call is charged by', () => {
  it('is issued once, whatever is said of its end afterwards', () => {
    const issued = { type: 'CallRecordIssued', data: facts } as const;
    given().when(issue(facts)).thenHappened(issued);
    given(issued).when(issue(facts)).thenNothing();
    given(issued)
      .when(issue({ ...facts, talk: 90_000 }))
      .thenNothing();
  });
});
