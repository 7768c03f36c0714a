import { linkId, queueOf, type ContactId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { acme, anna } from './sample-contacts.js';
import {
  session,
  outbound,
  inbound,
  gateway,
  centre,
  phone,
  pop,
  lease,
  number,
  ani,
  customer,
  shop,
  step,
  type Step,
} from './sample-story.parts.js';

/** From the click to the pop. */
export const arrival = (contact: ContactId): readonly Step[] => [
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
];
