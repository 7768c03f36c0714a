import type { CallCause } from '../call/call.events.js';
import type { AgentId, ContactId, MerchantId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { FoundCallRecord } from '../views/call-record.js';
import type { JourneyRow } from '../views/journey.js';

export type JourneyPage = Readonly<{ limit: number; before?: ContactId }>;

export type CallRecordPage = Readonly<{
  limit: number;
  /** The id of the last record of the page before. */
  after?: string;
  /** Ended at that moment or later. */
  from?: Instant;
  /** Ended before that moment. */
  to?: Instant;
  /** Answered by this agent. */
  agentId?: AgentId;
  cause?: CallCause;
}>;

/** What analysts ask about past and present calls. Every question names its tenant. @throws {ReadModelFailure} */
export interface CallHistory {
  journey(contactId: ContactId): Promise<JourneyRow | undefined>;
  /** Newest first; `before`: the last contact of the page before. */
  journeys(merchantId: MerchantId, page: JourneyPage): Promise<readonly JourneyRow[]>;
  /** Newest first. */
  callRecords(merchantId: MerchantId, page: CallRecordPage): Promise<readonly FoundCallRecord[]>;
}
