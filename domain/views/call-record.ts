import type { CallFacts } from '../billing/call-record.events.js';
import type { MerchantId } from '../kernel/ids.js';

/** A call detail record: whom the call is charged to and which web server is credited with it. */
export type CallRecord = CallFacts & Readonly<{ recordId: string; merchantId: MerchantId }>;
