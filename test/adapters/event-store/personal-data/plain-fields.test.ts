import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { decodes } from '#adapters/event-store/decodes.js';
import { eventSchemas } from '#adapters/event-store/schemas/event-schemas.js';
import { eventCatalogue, type EventType } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { splitPersonalData } from '#domain/privacy/erased.js';
import { projectRoot } from '#test/architecture/project.js';

/**
 * Every text that stands in the log in the clear, and why it may. Ids are left out: `<kind>-<merchant>.<unique>` are names
 * that Trunkline makes up, but for agents, whose log-in names stand in theirs.
 */
const reviewed: Readonly<Record<string, readonly string[]>> = {
  'the merchant’s own configuration, written by its administrators': [
    'MerchantRegistered.name',
    'OriginVerified.origin',
    'LinkDefined.label',
    'CallCentreDefined.name',
    'CallCentreDefined.number',
    'CallCentreDefined.zone',
    'CallCentreDefined.holidays[].date',
    'CallCentreDefined.holidays[].label',
    'CallCentreDefined.trunks[]',
    'RoutingPolicyPublished.routes[].overflow',
    'RedirectSet.redirectId',
    'RedirectSet.reason',
    'RedirectSet.to.number',
    'RedirectCleared.redirectId',
    'DtmfTablePublished.entries[].code',
    'DtmfTablePublished.entries[].label',
    'DtmfTablePublished.entries[].action.origin',
    'DtmfTablePublished.entries[].action.path',
    'CapturePolicySet.cookies[]',
    'CapturePolicySet.formFields[]',
    'ApiKeyIssued.keyId',
    'ApiKeyIssued.label',
    'ApiKeyIssued.sha256',
    'ApiKeyRevoked.keyId',
    'WebhookDefined.url',
    'WebhookDefined.events[]',
    'WebhookDefined.description',
    'WebhookSecretIssued.secretId',
    'PortBlocked.reason',
  ],
  'of that configuration, as it came up in a call': [
    'IconClicked.origin',
    'IconClicked.iconNumber',
    'CallRecordIssued.referrer.origin',
    'CallRecordIssued.destination.number',
    'DestinationSelected.number',
    'PagePushed.label',
    'PagePushed.code',
    'DtmfCommandRecognised.code',
    'DtmfCommandRecognised.label',
    'DtmfCommandRecognised.action.origin',
    'DtmfCommandRecognised.action.path',
    'DispositionRecorded.code',
    'CallQueued.dnis.raw',
    'CallQueued.dnis.e164',
  ],
  'names of forms, fields and cookies, which the merchant’s pages give and its capture policy lists': [
    'FormCaptured.form',
    'FormCaptured.fields.{key}',
    'CookiesCaptured.cookies.{key}',
  ],
  'the lines of gateways, which mean a customer only while and because a lease says so': [
    'GatewayDefined.name',
    'GatewayDefined.pilotNumber',
    'GatewayDefined.trunkGroup',
    'GatewayDefined.ports[].ani',
    'PortLeased.ani',
    'PortReleased.ani',
    'CallOriginated.ani',
    'CallNetworkReached.trunkGroup',
    'CallQueued.trunkGroup',
  ],
  'made up by Trunkline for one use': [
    'IconClicked.tokenId',
    'IconClicked.pseudoAni',
    'PagePushed.pushId',
    'PageShown.pushId',
    'PageBlocked.pushId',
    'DialAllowed.decisionId',
    'ChannelMessageSent.messageId',
    'TransferRequested.transferId',
    'TransferFailed.transferId',
    'AgentLoggedOn.channelCode',
    'AgentLoggedOff.channelCode',
    'ChannelAssigned.code',
    'ChannelReleased.code',
    'ChannelJoined.code',
    'SignedIn.sessionId',
    'SignedOut.sessionId',
    'WebhookDeliveryFailed.eventId',
    'WebhookDeliveryFailed.eventType',
    'WebhookDeliveryAbandoned.eventId',
    'WebhookDeliveryAbandoned.eventType',
    'WebhookDelivered.eventId',
  ],
  'ids of agents, merchants and subjects': [
    'PagePushed.by',
    'MediaSettingChanged.by',
    'CallDataChanged.by',
    'SignedIn.who',
    'SignedOut.who',
    'PortLeased.merchantId',
    'PortReleased.merchantId',
    'PortQuarantined.merchantId',
    'PoolExhausted.merchantId',
    'ErasureRequested.subjects[]',
    'SubjectKeyDestroyed.subject',
  ],
  'the rules’ own words, in which there is nothing that a customer said': [
    'PortReleased.cause',
    'DestinationSelected.trace[].considered',
    'DialAllowed.policy',
    'DialRefused.policy',
    'DialRefused.reason',
    'DialRefused.trace[].considered',
    'CallReconstructed.known[]',
    'CallReconstructed.unknown[]',
    'CorrelationDecided.candidates[].why',
    'CallAssigned.because',
    'ScreenPopOffered.why.sentence',
    'AccessRefused.what',
    'RateLimited.what',
  ],
};

const canary = 'canary';
type Json = z.core.JSONSchema.BaseSchema;

type Sampler = (schema: Json) => unknown;

const objectOf = ({ properties = {}, additionalProperties }: Json, sample: Sampler): unknown =>
  Object.fromEntries<unknown>([
    ...Object.entries(properties).map(([name, part]) => [name, sample(part as Json)] as const),
    ...(typeof additionalProperties === 'object' ? [[canary, sample(additionalProperties)] as const] : []),
  ]);

const arrayOf = ({ prefixItems, items = {} }: Json, sample: Sampler): readonly unknown[] =>
  ((prefixItems ?? [items]) as readonly Json[]).map(sample);

const isId = ({ pattern = '' }: Json): boolean => /^\^\(?[a-z]+-\[/.test(pattern);

const samplers: Readonly<Record<string, (schema: Json, sample: Sampler) => unknown>> = {
  object: objectOf,
  array: arrayOf,
  string: (schema) => (isId(schema) ? 'an-id' : canary),
  boolean: () => true,
  integer: () => 1,
  number: () => 1,
  null: () => null,
};

const alternativesIn = ({ anyOf, oneOf }: Json): readonly Json[] | undefined => anyOf ?? oneOf;

/** Data of that form, with the canary wherever a text may be; of alternatives the one picked. */
const sampleOf = (schema: Json, definitions: Readonly<Record<string, Json>>, pick: number): unknown => {
  const sample: Sampler = (part) => sampleOf(part, definitions, pick);
  if (schema.$ref !== undefined) return sample(definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const alternatives = alternativesIn(schema);
  if (alternatives) return sample(alternatives[pick % alternatives.length] ?? {});
  return samplers[String(schema.type)]?.(schema, sample);
};

/** Paths at which the canary stands. */
const pathsTo = (value: unknown, path: string): readonly string[] => {
  if (value === canary) return [path];
  if (Array.isArray(value)) return value.flatMap((each) => pathsTo(each, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === canary ? [`${path}.{key}`, ...pathsTo(each, `${path}.{value}`)] : pathsTo(each, `${path}.${key}`),
  );
};

const alternativesTried = 12;
const eachSample = (type: EventType): readonly object[] =>
  eventSchemas[type].flatMap((schema) => {
    const json = z.toJSONSchema(schema, { unrepresentable: 'any' });
    const definitions = (json.$defs ?? {}) as Readonly<Record<string, Json>>;
    return Array.from({ length: alternativesTried }, (_, pick) => sampleOf(json, definitions, pick) as object);
  });

describe('the texts of events', () => {
  const types = Object.keys(eventCatalogue) as EventType[];

  it('that stand in the log in the clear are those that were looked at, each with its reason', () => {
    const clear = new Set(
      types.flatMap((type) => eachSample(type).flatMap((data) => pathsTo(splitPersonalData(type, data).clear, type))),
    );
    expect([...clear].sort()).to.deep.equal(Object.values(reviewed).flat().sort());
  });

  it('that are marked as personal are all in the box, and nothing else is', () => {
    for (const type of types) {
      const marked: readonly string[] = eventCatalogue[type].personalData;
      for (const data of eachSample(type)) {
        const { clear, personal = {} } = splitPersonalData(type, data);
        const expected = marked.filter((field) => Object.hasOwn(data, field));
        expect(Object.keys(personal).sort(), type).to.deep.equal(expected.sort());
        expect({ ...clear, ...personal }, type).to.deep.equal(data);
      }
    }
  });

  it('leave an event behind that is still understood, when they are erased', () => {
    const folder = join(projectRoot, 'test/samples/events');
    for (const name of readdirSync(folder)) {
      const event = JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordedEvent;
      const { clear } = splitPersonalData(event.type, event.data);
      const data = JSON.parse(JSON.stringify(clear)) as object;
      expect(decodes({ ...event, data }), name).to.equal(undefined);
    }
  });
});
