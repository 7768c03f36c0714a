import { CloudEvent } from 'cloudevents';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cloudEventOf, type EnvelopeOrigin } from '#adapters/event-publisher/cloud-event.js';
import { publishedEventSchema } from '#adapters/wire/kafka-channels.js';
import { eventCatalogue, type EventType } from '#domain/events.js';
import { callId, contactId, merchantId } from '#domain/kernel/ids.js';
import type { EventId, RecordedEvent } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';

const acme = merchantId('acme');
const told: EnvelopeOrigin = { installation: 'https://cti.example', personalFields: 'omitted' };
const toldAll: EnvelopeOrigin = { ...told, personalFields: 'included' };

const queued: RecordedEvent = {
  id: '01J8ZQ0000000000000000000A' as EventId,
  type: 'CallQueued',
  schemaVersion: 1,
  stream: callId(acme, 'c-7'),
  revision: 3,
  position: 4711,
  recordedAt: instant(Date.UTC(2026, 0, 5, 9, 0, 1, 250)),
  data: { ani: '+2975550100', callerName: 'Rosa', dnis: '+2975550199' },
  meta: {
    merchantId: acme,
    contactId: contactId(acme, 'rosa'),
    occurredAt: instant(Date.UTC(2026, 0, 5, 9, 0, 1)),
    causationId: 'cause-1',
    correlationId: 'click-1',
    actor: 'telephony',
  },
};

describe('an event that leaves the house', () => {
  it('travels in a CloudEvents 1.0 envelope that says whose it is, where it stands and what led to it', () => {
    expect(cloudEventOf(queued, toldAll)).to.deep.equal({
      specversion: '1.0',
      id: '01J8ZQ0000000000000000000A',
      source: 'https://cti.example/acme',
      type: 'trunkline.CallQueued.v1',
      subject: 'contact-acme.rosa',
      time: '2026-01-05T09:00:01.000Z',
      datacontenttype: 'application/json',
      data: { ani: '+2975550100', callerName: 'Rosa', dnis: '+2975550199' },
      merchantid: 'acme',
      stream: 'call-acme.c-7',
      revision: 3,
      sequence: '0000000000004711',
      correlationid: 'click-1',
      causationid: 'cause-1',
      recordedtime: '2026-01-05T09:00:01.250Z',
      actor: 'telephony',
    });
  });

  it('leaves the customer at home: what says something about a person is left out, and named', () => {
    const envelope = cloudEventOf(queued, told);
    expect(envelope.data).to.deep.equal({ dnis: '+2975550199' });
    expect(envelope.omittedfields).to.equal('ani,callerName');
    expect(JSON.stringify(envelope)).to.not.include('Rosa').and.not.include('+2975550100');
  });

  it('tells nobody the address of a webhook, which may hold a secret, nor what a key is known by', () => {
    const url = 'https://crm.example/hooks/s3cret';
    const defined = { ...queued, type: 'WebhookDefined', data: { url, events: ['*'], description: 'CRM' } };
    const issued = { ...queued, type: 'ApiKeyIssued', data: { keyId: 'k', label: 'CRM', sha256: 'abc' } };
    for (const origin of [told, toldAll]) {
      expect(cloudEventOf(defined, origin)).to.deep.include({ omittedfields: 'url' });
      expect(JSON.stringify(cloudEventOf(defined, origin))).to.not.include('s3cret');
      expect(cloudEventOf(issued, origin).data).to.deep.equal({ keyId: 'k', label: 'CRM' });
    }
  });

  it('says nothing at all of an event that nobody here knows', () => {
    const strange = cloudEventOf({ ...queued, type: 'HoroscopeCast' }, told);
    expect(strange.data).to.deep.equal({});
    expect(strange.omittedfields).to.equal('ani,callerName,dnis');
  });

  it('does not carry the address of a visitor who was turned away', () => {
    const refused = { ...queued, type: 'AccessRefused', meta: { ...queued.meta, actor: 'visitor:198.51.100.7' } };
    expect(cloudEventOf(refused, told).actor).to.equal('visitor');
    expect(cloudEventOf(refused, toldAll).actor).to.equal('visitor:198.51.100.7');
  });

  it('is about its stream when it belongs to no contact', () => {
    const { contactId: _none, ...meta } = queued.meta;
    expect(cloudEventOf({ ...queued, meta }, told).subject).to.equal('call-acme.c-7');
  });

  it('is told with the nearest time that RFC 3339 can write when a gateway’s clock has gone mad', () => {
    const at = (occurredAt: number) =>
      cloudEventOf({ ...queued, meta: { ...queued.meta, occurredAt: instant(occurredAt) } }, told).time;
    expect(at(8_640_000_000_000_000)).to.equal('9999-12-31T23:59:59.999Z');
    expect(at(-8_640_000_000_000_000)).to.equal('0000-01-01T00:00:00.000Z');
  });

  it('leaves the event as it was', () => {
    const before = structuredClone(queued);
    cloudEventOf(queued, told);
    expect(queued).to.deep.equal(before);
  });

  it('is a CloudEvent to CloudEvents’ own library, whatever happened', () => {
    const types = fc.constantFrom(...(Object.keys(eventCatalogue) as EventType[]));
    fc.assert(
      fc.property(types, fc.nat(), fc.constantFrom(told, toldAll), (type, position, origin) => {
        const { data, ...envelope } = cloudEventOf({ ...queued, type, position }, origin);
        const event = new CloudEvent({ ...envelope, data });
        expect(event.validate()).to.equal(true);
        expect(publishedEventSchema.safeParse({ ...envelope, data }).error, 'as AsyncAPI describes it').to.equal(
          undefined,
        );
        expect(event.toJSON()).to.deep.include({ id: queued.id, type: `trunkline.${type}.v1` });
      }),
      { numRuns: 200 },
    );
  });

  it('never carries a field that the catalogue calls personal', () => {
    for (const [type, { personalData }] of Object.entries(eventCatalogue)) {
      const data = Object.fromEntries(personalData.map((field) => [field, 'canary']));
      const envelope = cloudEventOf({ ...queued, type, data }, told);
      expect(envelope.data, type).to.deep.equal({});
      expect((envelope.omittedfields ?? '').split(',').filter(Boolean), type).to.deep.equal([...personalData]);
    }
  });
});
