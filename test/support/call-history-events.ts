import fc from 'fast-check';
import type { EventStore } from '#domain/contracts/event-store.js';
import { eventCatalogue, type TrunklineEvent } from '#domain/events.js';
import {
  agentId,
  callCentreId,
  callId,
  callRecordId,
  contactId,
  deviceId,
  gatewayId,
  iconSessionId,
  linkId,
  merchantId,
  platform,
  type MerchantId,
  type StreamId,
} from '#domain/kernel/ids.js';
import type { EventId } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';

/** Something that happens to one of a few customers, of a few merchants, at one of a few agents. */
export type Happening = Readonly<{
  kind: keyof typeof tellers;
  merchant: MerchantId;
  customer: string;
  agent: string;
  text: string;
  late: number;
}>;

type Told = Readonly<{ stream: StreamId; event: TrunklineEvent }>;

const device = deviceId(merchantId('acme'), 'd1');
const start = 1_767_600_000_000;

const ids = ({ merchant, customer, agent }: Happening) => ({
  session: iconSessionId(merchant, customer),
  call: callId(merchant, customer),
  centreCall: callId(merchant, `${customer}-centre`),
  contact: contactId(merchant, customer),
  centre: callCentreId(merchant, 'main'),
  agent: agentId(merchant, agent),
});

const pageOf = (text: string, at: number) => ({ url: `https://shop.example/${text}`, title: text, at: instant(at) });

/** Every event that the read models listen to, and some that are only one step more of a journey. */
const tellers = {
  clicked: (what: Happening): Told => ({
    stream: ids(what).session,
    event: {
      type: 'IconClicked',
      data: {
        contactId: ids(what).contact,
        origin: 'https://shop.example',
        page: pageOf(what.text, start),
        pseudoAni: '0123',
        ...(what.late % 2 === 0 && { linkId: linkId(what.merchant, 'shoes') }),
      },
    },
  }),
  viewed: (what: Happening): Told => ({
    stream: ids(what).session,
    event: { type: 'PageViewed', data: { page: pageOf(what.text, start + what.late) } },
  }),
  identified: (what: Happening): Told => ({
    stream: ids(what).session,
    event: { type: 'CustomerIdentified', data: { customerRef: what.text, by: 'page' } },
  }),
  requested: (what: Happening): Told => ({
    stream: ids(what).call,
    event: {
      type: 'CallRequested',
      data: { contactId: ids(what).contact, sessionId: ids(what).session, by: 'icon' },
    },
  }),
  queued: (what: Happening): Told => ({
    stream: ids(what).centreCall,
    event: {
      type: 'CallQueued',
      data: {
        contactId: ids(what).contact,
        centreId: ids(what).centre,
        ani: { raw: '+59997380103' },
        dnis: { raw: '100' },
      },
    },
  }),
  delivered: (what: Happening): Told => ({
    stream: ids(what).centreCall,
    event: { type: 'CallDelivered', data: { agentId: ids(what).agent, device, hop: 1, at: instant(start) } },
  }),
  established: (what: Happening): Told => ({
    stream: ids(what).centreCall,
    event: { type: 'CallEstablished', data: what.late % 3 === 0 ? {} : { agentId: ids(what).agent, device } },
  }),
  said: (what: Happening): Told => ({
    stream: ids(what).agent,
    event: {
      type: 'DispositionRecorded',
      data: { contactId: ids(what).contact, callId: ids(what).centreCall, code: what.text },
    },
  }),
  cleared: (what: Happening): Told => ({
    stream: what.late % 2 === 0 ? ids(what).call : ids(what).centreCall,
    event: { type: 'CallCleared', data: { cause: 'normal-clearing', side: 'gateway' } },
  }),
  failed: (what: Happening): Told => ({
    stream: ids(what).call,
    event: { type: 'CallFailed', data: { cause: 'busy', side: 'gateway' } },
  }),
  charged: (what: Happening): Told => ({
    stream: callRecordId(what.merchant, what.customer),
    event: {
      type: 'CallRecordIssued',
      data: {
        callId: ids(what).call,
        contactId: ids(what).contact,
        referrer: { origin: 'https://shop.example', page: `https://shop.example/${what.text}` },
        requestedAt: instant(start),
        endedAt: instant(start + what.late),
        talk: what.late,
        cause: 'normal-clearing',
        ...(what.late % 2 === 0 && {
          gatewayId: gatewayId(platform, 'g1'),
          port: what.late,
          destination: { number: '+297582100' as const, centreId: ids(what).centre },
          answeredAt: instant(start + 1),
        }),
      },
    },
  }),
  elsewhere: (what: Happening): Told => ({ stream: ids(what).agent, event: { type: 'AgentReturned', data: {} } }),
} satisfies Readonly<Record<string, (what: Happening) => Told>>;

export const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom(...(Object.keys(tellers) as Happening['kind'][])),
  merchant: fc.constantFrom(merchantId('acme'), merchantId('globex')),
  customer: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'),
  agent: fc.constantFrom('anna', 'boris'),
  text: fc.string({ unit: 'binary', maxLength: 12 }),
  late: fc.integer({ min: 0, max: 10_000 }),
});

let told = 0;

/** Appends it to the log as the product would. Answers its position. */
export const happens = async (events: EventStore, what: Happening): Promise<number> => {
  const { stream, event } = tellers[what.kind](what);
  told += 1;
  const result = await events.append({
    stream,
    expected: 'any',
    events: [
      {
        ...event,
        id: `event-${told}` as EventId,
        schemaVersion: eventCatalogue[event.type].schemaVersion,
        meta: {
          merchantId: what.merchant,
          occurredAt: instant(start + what.late),
          causationId: 'c',
          correlationId: 'c',
          actor: 'test',
          ...(what.kind !== 'elsewhere' && { contactId: ids(what).contact }),
        },
      },
    ],
  });
  if (result.outcome !== 'appended') throw new Error(result.outcome);
  return result.position;
};
