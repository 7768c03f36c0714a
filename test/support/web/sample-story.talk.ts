import { callRecordId, type ContactId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { acme, anna, boris } from './sample-contacts.js';
import {
  session,
  outbound,
  inbound,
  gateway,
  phone,
  pop,
  lease,
  ani,
  customer,
  agent,
  shop,
  step,
  type Step,
} from './sample-story.parts.js';

/** From the answer to the record. */
export const talk = (contact: ContactId): readonly Step[] => [
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
