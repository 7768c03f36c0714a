import { agentId, callId, contactId, merchantId, popId } from '#domain/kernel/ids.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import type { AttachedDatum, ChannelMessage, DesktopContact, PushedPage } from '#domain/views/agent-desktop.js';

export const acme = merchantId('acme');
export const anna = agentId(acme, 'anna');
export const boris = agentId(acme, 'boris');

const ago = (seconds: number): Instant => instant(Date.now() - seconds * 1000);
const shop = 'https://shop.acme-outdoor.example';

/** A call that came with nothing but its number. */
export const unknownCaller = (changes: Partial<DesktopContact> = {}): DesktopContact => ({
  contactId: contactId(acme, '01K7XQ4ZT8M2'),
  callId: callId(acme, '01K7XQ50B3YD'),
  popId: popId(acme, '01K7XQ50B3YD.anna.1'),
  pop: 'offered',
  merchantName: 'Acme Outdoor',
  call: { state: 'alerting', since: ago(3), hop: 1, parties: 2 },
  ani: '+2975550199',
  dnis: '+2975557000',
  belief: {
    verdict: 'none',
    rule: 'no-rule',
    sentence: 'No leased line has this number, and no click announced this call.',
  },
  pagesBefore: [],
  forms: {},
  cookies: {},
  data: [],
  pushes: [],
  inChannel: false,
  messages: [],
  customerWindow: 'closed',
  notes: '',
  ...changes,
});

/** A shopper in the middle of a return, tied to the click by a live lease. */
export const shopper = (changes: Partial<DesktopContact> = {}): DesktopContact => ({
  ...unknownCaller(),
  contactId: contactId(acme, '01K7XQ3M5RVA'),
  callId: callId(acme, '01K7XQ3N0PHE'),
  popId: popId(acme, '01K7XQ3N0PHE.anna.1'),
  ani: '+2975550112',
  belief: {
    verdict: 'certain',
    rule: 'live-lease-of-ani',
    sentence: 'The number +297 555 0112 is port 12 of aruba-1, leased to this click 4 seconds ago.',
    gateway: 'aruba-1',
    port: 12,
    leaseId: 'lease-acme.01K7XQ3N2JQ7',
  },
  customer: { ref: 'Marta Kowalska · C-20418', by: 'server-signed' },
  icon: { label: 'Returns', origin: shop },
  destination: { rule: 'nearest', because: 'Oranjestad is open, has room, and is nearest to the caller (12 km).' },
  pageNow: { url: `${shop}/returns/new?order=88213`, title: 'Return an order', at: ago(74) },
  pagesBefore: [
    { url: `${shop}/account/orders/88213`, title: 'Order 88213: Trail boots, rain shell', at: ago(131) },
    { url: `${shop}/account/orders`, title: 'Your orders', at: ago(152) },
    { url: `${shop}/help/returns-and-refunds`, title: 'Returns and refunds', at: ago(260) },
    { url: `${shop}/`, title: 'Acme Outdoor', at: ago(301) },
  ],
  forms: {
    return: {
      order: '88213',
      item: 'Trail boots Ridge GTX, 42',
      reason: 'Left boot leaks at the seam after two walks',
      refund: '',
    },
  },
  cookies: { basket: '2 items, 248.00 EUR', loyalty: 'gold', language: 'en-GB' },
  customerWindow: 'open',
  ...changes,
});

export const sampleData: readonly AttachedDatum[] = [
  { key: 'order', value: '88213', by: 'merchant:acme', at: ago(70) },
  { key: 'promised', value: 'Refund within 3 days', by: `agent:${boris}`, at: ago(40) },
  { key: 'mood', value: 'Patient, second call about this', by: `agent:${anna}`, at: ago(12) },
];

export const samplePushes: readonly PushedPage[] = [
  {
    pushId: 'p2',
    url: `${shop}/returns/label?order=88213`,
    label: 'Return label',
    by: `agent:${anna}`,
    at: ago(8),
    state: 'sent',
  },
  {
    pushId: 'p1',
    url: `${shop}/offers/aruba`,
    label: 'Aruba offer',
    by: `agent:${anna}`,
    at: ago(35),
    state: 'shown',
  },
  {
    pushId: 'p0',
    url: `${shop}/size-guide`,
    label: 'Size guide',
    by: `agent:${anna}`,
    at: ago(50),
    state: 'blocked',
    why: 'refused-by-customer',
  },
];

export const sampleMessages: readonly ChannelMessage[] = [
  { messageId: 'm1', from: 'agent', text: 'I have sent you the page with the return label.', at: ago(30) },
  { messageId: 'm2', from: 'customer', text: 'Got it, thank you. Do I need the original box?', at: ago(18) },
];

/** The same call, well into the conversation. */
export const talkingShopper = (changes: Partial<DesktopContact> = {}): DesktopContact =>
  shopper({
    pop: 'opened',
    call: { state: 'connected', since: ago(96), hop: 2, parties: 2 },
    data: sampleData,
    pushes: samplePushes,
    inChannel: true,
    messages: sampleMessages,
    lastDtmf: { code: '*76', outcome: 'recognised', note: 'Aruba offer sent', at: ago(35) },
    notes: 'Left boot leaks at the toe seam. Wants refund, not exchange.',
    ...changes,
  });

/** Everything a stranger can write, written by one who means harm. */
export const attack = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202Egnp.exe';

export const attacker = (changes: Partial<DesktopContact> = {}): DesktopContact =>
  talkingShopper({
    merchantName: `Merchant ${attack}`,
    ani: attack,
    dnis: attack,
    callerName: `Name ${attack}`,
    belief: { verdict: 'ambiguous', rule: 'most-recent-call-of-gateway', sentence: attack, leaseId: attack },
    customer: { ref: `Ref ${attack}`, by: 'page' },
    icon: { label: attack, origin: 'javascript:alert(1)' },
    destination: { rule: attack, because: attack },
    pageNow: { url: 'javascript:window.hacked=1', title: attack, at: ago(20) },
    pagesBefore: [
      { url: `https://shop.example/?q=${attack}`, title: attack, at: ago(50) },
      { url: 'data:text/html,<script>window.hacked=1</script>', title: attack, at: ago(80) },
      { url: 'https://good.example@evil.example/', title: attack, at: ago(90) },
    ],
    forms: { [attack]: { [attack]: attack } },
    cookies: { [attack]: attack },
    data: [{ key: attack, value: attack, by: attack, at: ago(5) }],
    pushes: [
      { pushId: 'x', url: 'javascript:1', label: attack, by: attack, at: ago(4), state: 'blocked', why: attack },
    ],
    messages: [{ messageId: 'x', from: 'customer', text: attack, at: ago(3) }],
    lastDtmf: { code: attack, outcome: 'refused', note: attack, at: ago(2) },
    transfer: { kind: 'transfer', to: boris, toName: attack, state: 'failed', reason: attack },
    notes: attack,
    ...changes,
  });
