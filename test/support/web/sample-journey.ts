import { Buffer } from 'node:buffer';
import type { EventOf, EventType, LogEvent } from '#domain/events.js';
import {
  callCentreId,
  callId,
  callRecordId,
  contactId,
  deviceId,
  gatewayId,
  iconSessionId,
  leaseId,
  linkId,
  platform,
  popId,
  queueOf,
  type ContactId,
  type StreamId,
} from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { Journey } from '#domain/views/journey.js';
import { acme, anna, boris } from './sample-contacts.js';

const session = iconSessionId(acme, '01K7XQ3M5RVA');
const outbound = callId(acme, '01K7XQ3N0PHE');
const inbound = callId(acme, '01K7XQ3NX7Q2');
const gateway = gatewayId(platform, 'aruba-1');
const centre = callCentreId(acme, 'oranjestad');
const phone = deviceId(acme, '4001');
const pop = popId(acme, '01K7XQ3NX7Q2.anna.1');
const lease = leaseId(acme, '01K7XQ3N2JQ7');
const number = '+2975557000';
const ani = '+2975550112';

type Step = Readonly<{
  type: EventType;
  stream: StreamId;
  data: object;
  /** Milliseconds after the event before. */
  after: number;
  /** Type of the event that led to it: the latest of that type. */
  because?: EventType;
  actor: string;
  /** How much later the log heard of it. */
  late?: number;
}>;

const step = <Type extends EventType>(
  type: Type,
  stream: StreamId,
  data: Partial<EventOf<Type>['data']>,
  rest: Readonly<{ after: number; because?: EventType; actor: string; late?: number }>,
): Step => ({ type, stream, data, ...rest });

const customer = `customer:${session}`;
const agent = `agent:${anna}`;
const shop = 'https://shop.acme-outdoor.example';

const story = (contact: ContactId): readonly Step[] => [
  step(
    'IconClicked',
    session,
    {
      contactId: contact,
      linkId: linkId(acme, 'returns'),
      origin: shop,
      page: { url: `${shop}/returns/new`, title: 'Return an order', at: instant(0) },
      pseudoAni: '9900112233',
    },
    { after: 0, actor: customer },
  ),
  step('CustomerIdentified', session, { customerRef: 'C-20418', by: 'server-signed' }, { after: 0, actor: customer }),
  step(
    'FormCaptured',
    session,
    { form: 'return', fields: { order: '88213', reason: 'Left boot leaks at the seam' } },
    { after: 1, actor: customer },
  ),
  step('CookiesCaptured', session, { cookies: { loyalty: 'gold' } }, { after: 0, actor: customer }),
  step(
    'CallRequested',
    outbound,
    { contactId: contact, sessionId: session, by: 'icon' },
    { after: 9, because: 'IconClicked', actor: 'policy:place-call-when-icon-is-clicked' },
  ),
  step(
    'DestinationSelected',
    outbound,
    {
      number,
      centreId: centre,
      rule: 'nearest',
      policyVersion: 3,
      trace: [
        { considered: 'redirect of the merchant', outcome: 'not-applicable', because: 'none is in force' },
        { considered: 'Oranjestad', centreId: centre, outcome: 'taken', because: 'open, has room, 12 km away' },
      ],
    },
    { after: 0, because: 'IconClicked', actor: 'policy:place-call-when-icon-is-clicked' },
  ),
  step(
    'DialAllowed',
    outbound,
    { decisionId: 'd-1', policy: 'verified centre' },
    { after: 0, because: 'IconClicked', actor: 'policy:place-call-when-icon-is-clicked' },
  ),
  step(
    'GatewaySelected',
    outbound,
    { gatewayId: gateway, tried: [] },
    { after: 4, because: 'DestinationSelected', actor: 'policy:choose-gateway-when-dial-is-allowed' },
  ),
  step(
    'PortLeased',
    gateway,
    {
      leaseId: lease,
      port: 12,
      ani,
      callId: outbound,
      contactId: contact,
      sessionId: session,
      merchantId: acme,
      sequence: 418,
    },
    { after: 6, because: 'GatewaySelected', actor: 'policy:lease-port-when-gateway-is-selected' },
  ),
  step(
    'CallOriginated',
    outbound,
    { gatewayId: gateway, port: 12, ani, leaseId: lease },
    { after: 41, because: 'PortLeased', actor: 'telephony' },
  ),
  step(
    'CallNetworkReached',
    outbound,
    { trunkGroup: 'aruba-west' },
    { after: 180, because: 'CallOriginated', actor: 'telephony' },
  ),
  step(
    'CallQueued',
    inbound,
    { centreId: centre, ani: { raw: ani, e164: ani }, dnis: { raw: number, e164: number }, trunkGroup: 'aruba-west' },
    { after: 220, actor: 'telephony' },
  ),
  step(
    'CorrelationDecided',
    inbound,
    {
      contactId: contact,
      verdict: 'certain',
      rule: 'live-lease-of-ani',
      candidates: [
        {
          callId: outbound,
          contactId: contact,
          sessionId: session,
          leaseId: lease,
          gatewayId: gateway,
          port: 12,
          why: 'Port 12 of aruba-1 was leased to this click 0.4 s before the call arrived, and to nobody else.',
        },
      ],
      evidence: [
        { kind: 'ani', value: ani, at: instant(1_760_000_000_000) },
        { kind: 'trunk', value: 'aruba-west', at: instant(1_760_000_000_000) },
      ],
    },
    { after: 2, because: 'CallQueued', actor: 'policy:correlate-when-call-arrives' },
  ),
  step(
    'CallJoinedQueue',
    queueOf(centre),
    { callId: inbound, contactId: contact, since: instant(1_760_000_000_000) },
    {
      after: 3,
      because: 'CallQueued',
      actor: 'policy:queue-call-when-it-arrives',
    },
  ),
  step(
    'CallAssigned',
    queueOf(centre),
    {
      callId: inbound,
      contactId: contact,
      agentId: anna,
      device: phone,
      purpose: 'next-in-queue',
      since: instant(1_760_000_000_000),
      because: 'longest idle of 2 who are ready (6 min 12 s)',
    },
    { after: 5210, because: 'CallJoinedQueue', actor: 'policy:assign-when-agent-is-ready' },
  ),
  step(
    'AgentReserved',
    anna,
    { callId: inbound, contactId: contact, device: phone, since: instant(1_760_000_000_000) },
    {
      after: 4,
      because: 'CallAssigned',
      actor: 'policy:reserve-agent-when-call-is-assigned',
    },
  ),
  step(
    'RouteSelected',
    inbound,
    { agentId: anna, device: phone },
    {
      after: 5,
      because: 'AgentReserved',
      actor: 'policy:route-call-when-agent-is-reserved',
    },
  ),
  step(
    'CallDelivered',
    inbound,
    { agentId: anna, device: phone, hop: 1 },
    { after: 90, because: 'RouteSelected', actor: 'telephony' },
  ),
  step(
    'ScreenPopOffered',
    pop,
    {
      agentId: anna,
      contactId: contact,
      callId: inbound,
      hop: 1,
      why: { verdict: 'certain', rule: 'live-lease-of-ani', sentence: 'Port 12 of aruba-1, leased to this click.' },
    },
    { after: 3, because: 'CallDelivered', actor: 'policy:offer-pop-when-call-is-delivered' },
  ),
  step('AnswerRequested', inbound, { agentId: anna, device: phone }, { after: 3400, actor: agent }),
  step(
    'CallEstablished',
    inbound,
    { agentId: anna, device: phone },
    { after: 60, because: 'AnswerRequested', actor: 'telephony' },
  ),
  step(
    'AgentBusy',
    anna,
    { callId: inbound, contactId: contact },
    {
      after: 3,
      because: 'CallEstablished',
      actor: 'policy:agent-is-busy-when-call-is-established',
    },
  ),
  step(
    'ScreenPopOpened',
    pop,
    { agentId: anna, contactId: contact },
    {
      after: 1,
      because: 'CallEstablished',
      actor: 'policy:open-pop-when-call-is-established',
    },
  ),
  step('CallEstablished', outbound, {}, { after: 40, because: 'CallNetworkReached', actor: 'telephony', late: 2380 }),
  step(
    'NotesTaken',
    anna,
    { contactId: contact, text: 'Left boot leaks at the toe seam.' },
    { after: 21_000, actor: agent },
  ),
  step('DigitsRequested', inbound, { agentId: anna, device: phone, digits: '*76' }, { after: 6400, actor: agent }),
  step(
    'DigitsReceived',
    outbound,
    { from: 'agent-side', digits: '*76', by: 'rfc4733' },
    {
      after: 130,
      because: 'DigitsRequested',
      actor: 'telephony',
    },
  ),
  step(
    'DtmfCommandRecognised',
    outbound,
    {
      code: '*76',
      label: 'Aruba offer',
      tableVersion: 2,
      action: { kind: 'page', origin: shop, path: '/offers/aruba' },
      agentId: anna,
    },
    { after: 0, because: 'DigitsReceived', actor: 'telephony' },
  ),
  step(
    'PagePushed',
    session,
    { pushId: 'p1', url: `${shop}/offers/aruba`, label: 'Aruba offer', by: agent, code: '*76' },
    { after: 4, because: 'DtmfCommandRecognised', actor: 'policy:push-page-when-code-is-recognised' },
  ),
  step(
    'PageShown',
    session,
    { pushId: 'p1', url: `${shop}/offers/aruba` },
    {
      after: 240,
      because: 'PagePushed',
      actor: customer,
      late: -640,
    },
  ),
  step(
    'DigitsReceived',
    outbound,
    { from: 'agent-side', digits: '4821', by: 'rfc4733' },
    { after: 9800, actor: 'telephony' },
  ),
  step(
    'ChannelJoined',
    outbound,
    { agentId: anna, code: '4821', by: 'dtmf' },
    {
      after: 0,
      because: 'DigitsReceived',
      actor: 'telephony',
    },
  ),
  step(
    'ChannelMessageSent',
    outbound,
    { messageId: 'm1', from: 'agent', agentId: anna, text: 'I have sent you the return label.' },
    { after: 7300, actor: agent },
  ),
  step(
    'ChannelMessageSent',
    outbound,
    { messageId: 'm2', from: 'customer', agentId: anna, text: 'Got it, thank you.' },
    { after: 5100, actor: customer },
  ),
  step(
    'TransferRequested',
    inbound,
    { transferId: 't1', kind: 'transfer', from: anna, to: boris },
    { after: 12_400, actor: agent },
  ),
  step(
    'TransferFailed',
    inbound,
    { transferId: 't1', from: anna, to: boris, reason: 'no-answer' },
    {
      after: 15_000,
      because: 'TransferRequested',
      actor: 'policy:fail-transfer-when-nobody-answers',
    },
  ),
  step('ClearConnectionRequested', inbound, { agentId: anna, device: phone }, { after: 8000, actor: agent }),
  step(
    'ConnectionCleared',
    inbound,
    { agentId: anna, device: phone, cause: 'normal-clearing' },
    {
      after: 50,
      because: 'ClearConnectionRequested',
      actor: 'telephony',
    },
  ),
  step(
    'CallCleared',
    inbound,
    { cause: 'normal-clearing', side: 'centre' },
    {
      after: 6,
      because: 'ConnectionCleared',
      actor: 'telephony',
    },
  ),
  step(
    'AgentWorkingAfterCall',
    anna,
    { callId: inbound, contactId: contact },
    {
      after: 3,
      because: 'ConnectionCleared',
      actor: 'policy:wrap-up-when-connection-is-cleared',
    },
  ),
  step(
    'CallCleared',
    outbound,
    { cause: 'normal-clearing', side: 'gateway' },
    {
      after: 70,
      because: 'CallCleared',
      actor: 'telephony',
    },
  ),
  step(
    'PortReleased',
    gateway,
    {
      leaseId: lease,
      port: 12,
      ani,
      callId: outbound,
      contactId: contact,
      sessionId: session,
      merchantId: acme,
      cause: 'call-over',
    },
    { after: 5, because: 'CallCleared', actor: 'policy:release-port-when-call-is-over' },
  ),
  step(
    'SessionClosed',
    session,
    { cause: 'call-over' },
    { after: 2, because: 'CallCleared', actor: 'policy:close-session' },
  ),
  step(
    'DispositionRecorded',
    anna,
    { contactId: contact, callId: inbound, code: 'resolved' },
    { after: 9100, actor: agent },
  ),
  step(
    'CallRecordIssued',
    callRecordId(acme, '01K7XQ3N0PHE'),
    {
      callId: outbound,
      contactId: contact,
      referrer: { origin: shop, page: `${shop}/returns/new` },
      requestedAt: instant(1_760_000_000_000),
      endedAt: instant(1_760_000_110_000),
      talk: 94_000,
      cause: 'normal-clearing',
    },
    { after: 12, because: 'CallCleared', actor: 'policy:issue-record-when-call-is-over' },
  ),
];

/** A whole call as the log would hold it, `minutesAgo` long past. */
export const sampleJourney = (unique = '01K7XQ3M5RVA', minutesAgo = 8): Journey => {
  const contact = contactId(acme, unique);
  let at = Date.now() - minutesAgo * 60_000;
  const latest = new Map<EventType, string>();
  const revisions = new Map<StreamId, number>();
  const events = story(contact).map(({ type, stream, data, after, because, actor, late = 6 }, index) => {
    at += after + Math.max(0, late - 6);
    const id = Buffer.from(`${unique}-${index}`).toString('hex').slice(0, 26);
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const causationId = (because && latest.get(because)) ?? `request-${index}`;
    latest.set(type, id);
    return {
      id,
      type,
      data,
      stream,
      revision,
      position: 40_118 + index * 3,
      schemaVersion: 1,
      recordedAt: instant(at),
      meta: {
        merchantId: acme,
        contactId: contact,
        occurredAt: instant(at - late),
        causationId,
        correlationId: latest.get('IconClicked') ?? id,
        actor,
      },
    } as unknown as LogEvent;
  });
  return { contactId: contact, merchantId: acme, events };
};
