import { eventCatalogue, type EventType, type LogEvent, type LogEventOf } from '#domain/events.js';
import type { AgentId, CallId, ContactId, LinkId, MerchantId } from '#domain/kernel/ids.js';
import type { Instant } from '#domain/kernel/time.js';
import type { Projection } from '../projection.js';

/** Where in the log one contact's events are, and what a list of journeys says of it. */
export type JourneyRow = {
  contactId: ContactId;
  merchantId: MerchantId;
  positions: number[];
  startedAt: Instant;
  lastAt: Instant;
  open: Set<CallId>;
  failed: boolean;
  calls: CallId[];
  agents: AgentId[];
  linkId?: LinkId;
  origin?: string;
  customerRef?: string;
};

export type CallJourneyView = { rows: Map<ContactId, JourneyRow>; byMerchant: Map<MerchantId, ContactId[]> };

const rowOf = (view: CallJourneyView, { meta }: LogEvent, contactId: ContactId): JourneyRow => {
  const known = view.rows.get(contactId);
  if (known) return known;
  const row: JourneyRow = {
    contactId,
    merchantId: meta.merchantId,
    positions: [],
    startedAt: meta.occurredAt,
    lastAt: meta.occurredAt,
    open: new Set(),
    failed: false,
    calls: [],
    agents: [],
  };
  view.rows.set(contactId, row);
  const list = view.byMerchant.get(meta.merchantId);
  if (list) list.push(contactId);
  else view.byMerchant.set(meta.merchantId, [contactId]);
  return row;
};

const begins = (row: JourneyRow, stream: string): void => {
  const callId = stream as CallId;
  if (row.calls.includes(callId)) return;
  row.calls.push(callId);
  row.open.add(callId);
};

type Summarisers = { readonly [Type in EventType]?: (row: JourneyRow, event: LogEventOf<Type>) => void };

const summarisers: Summarisers = {
  IconClicked: (row, { data: { origin, linkId } }) => {
    row.origin = origin;
    if (linkId !== undefined) row.linkId = linkId;
  },
  CustomerIdentified: (row, { data }) => {
    row.customerRef = data.customerRef;
  },
  CallRequested: (row, { stream }) => {
    begins(row, stream);
  },
  CallQueued: (row, { stream }) => {
    begins(row, stream);
  },
  CallDelivered: (row, { data: { agentId } }) => {
    if (!row.agents.includes(agentId)) row.agents.push(agentId);
  },
  CallCleared: (row, { stream }) => void row.open.delete(stream as CallId),
  CallFailed: (row, { stream }) => {
    row.open.delete(stream as CallId);
    row.failed = true;
  },
};

const summarise = (row: JourneyRow, event: LogEvent): void => {
  const summariser = summarisers[event.type] as ((row: JourneyRow, event: LogEvent) => void) | undefined;
  summariser?.(row, event);
};

const record = (view: CallJourneyView, event: LogEvent): void => {
  const { contactId, occurredAt } = event.meta;
  if (contactId === undefined) return;
  const row = rowOf(view, event, contactId);
  row.positions.push(event.position);
  if (occurredAt > row.lastAt) row.lastAt = occurredAt;
  summarise(row, event);
};

const everyType = Object.keys(eventCatalogue) as EventType[];

/** Every contact's journey: which events of the log are its own, in order. */
export const callJourney: Projection<CallJourneyView> = {
  name: 'call-journey',
  version: 1,
  empty: () => ({ rows: new Map(), byMerchant: new Map() }),
  on: Object.fromEntries(everyType.map((type) => [type, record])) as unknown as Projection<CallJourneyView>['on'],
};
