import type { LogEvent } from '../events.js';
import type { AgentId, CallId, ContactId, LinkId, MerchantId } from '../kernel/ids.js';
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

/**
 * What is kept of one journey for queries: where in the log its events are, and what a list of journeys says of it.
 * Nothing personal: that stays in the log, where it can be erased.
 */
export type JourneyRow = Readonly<{
  contactId: ContactId;
  merchantId: MerchantId;
  /** Where the events are in the log: steps in base 36, each from the one before. */
  steps: string;
  firstPosition: number;
  lastPosition: number;
  events: number;
  startedAt: Instant;
  lastAt: Instant;
  /** Calls that are not over. */
  open: readonly CallId[];
  failed: boolean;
  calls: readonly CallId[];
  agents: readonly AgentId[];
  linkId?: LinkId;
  origin?: string;
  /** Position of the event that says who the customer is. */
  identified?: number;
}>;
