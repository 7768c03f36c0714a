import type { LogEvent } from '../events.js';
import type { CallId, ContactId, MerchantId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';

/** Every event of one contact, in log order. */
export type Journey = Readonly<{ contactId: ContactId; merchantId: MerchantId; events: readonly LogEvent[] }>;

/** One line of a list of journeys. */
export type JourneySummary = Readonly<{
  contactId: ContactId;
  merchantId: MerchantId;
  startedAt: Instant;
  lastAt: Instant;
  state: 'in-progress' | 'over' | 'failed';
  iconLabel?: string;
  origin?: string;
  customerRef?: string;
  agents: readonly string[];
  calls: readonly CallId[];
  events: number;
}>;
