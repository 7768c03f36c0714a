import { expect } from 'chai';
import { describe, it } from 'mocha';
import { accessLogOf, agentId, contactId, iconSessionId, merchantId } from '#domain/kernel/ids.js';
import type { Metadata } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';
import { isSubject, subjectOfEvent } from '#domain/privacy/subject.js';

const acme = merchantId('acme');
const meta = (more: Partial<Metadata> = {}): Metadata => ({
  merchantId: acme,
  occurredAt: instant(Date.UTC(2026, 10, 30, 23, 59)),
  causationId: 'c',
  correlationId: 'c',
  actor: 'telephony',
  ...more,
});

describe('whose personal data an event holds', () => {
  it('is the contact’s where it belongs to one, whatever stream it is in', () => {
    const mary = contactId(acme, 'mary');
    expect(subjectOfEvent(agentId(acme, 'anna'), meta({ contactId: mary }))).to.equal('contact-acme.mary');
  });

  it('is the agent’s own otherwise', () => {
    expect(subjectOfEvent(agentId(acme, 'anna'), meta())).to.equal('agent-acme.anna');
  });

  it('is that of the visitors of a month, by the calendar of UTC, in the access log', () => {
    expect(subjectOfEvent(accessLogOf(acme), meta())).to.equal('access-acme.log:2026-11');
    const january = meta({ occurredAt: instant(Date.UTC(2027, 0, 1)) });
    expect(subjectOfEvent(accessLogOf(acme), january)).to.equal('access-acme.log:2027-01');
  });

  it('can be named by whoever wants it erased, and nothing else can', () => {
    for (const subject of ['contact-acme.1f', 'agent-acme.anna', 'access-acme.log:2026-11']) {
      expect(isSubject(subject), subject).to.equal(true);
    }
    for (const other of [
      'C-1042',
      '',
      iconSessionId(acme, '1'),
      'access-acme.log',
      'access-acme.log:11',
      'contact-acme',
    ]) {
      expect(isSubject(other), other).to.equal(false);
    }
  });
});
