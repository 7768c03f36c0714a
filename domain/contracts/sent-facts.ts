import type { AgentId, ContactId, MerchantId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';

/** What another system of a merchant's, for example its CRM, tells of its own accord. */
export type Fact =
  /** Something about a customer's record is different now. Whoever talks with that customer sees it at once. */
  | Readonly<{
      type: 'CustomerRecordChanged';
      /** The merchant's own key of the customer, as its icons name it. */
      customerRef: string;
      /** Name → new value; an empty one takes the name away. */
      changes: Readonly<Record<string, string>>;
    }>
  /** The outcome of a contact was chosen over there; it ends the wrap-up of the agent who had the contact. */
  | Readonly<{ type: 'DispositionRecorded'; contactId: ContactId; agentId: AgentId; code: string }>;

export type SentFact = Readonly<{
  /** Unique for its merchant: a fact that comes again is known by it. */
  id: string;
  merchantId: MerchantId;
  /** The system that tells it, for example `salesforce`. */
  from: string;
  /** When it happened, by that system's clock. */
  at: Instant;
  fact: Fact;
  /** What stands as proof that it comes from the merchant: which of its API keys signed these bytes, and how. */
  proof: Readonly<{ keyId: string; signature: string; signed: Uint8Array }>;
}>;

/** `taken`: durable, known already, or of no use any more. `refused`: it will never be taken, and why. */
export type FactOutcome = Readonly<{ outcome: 'taken' }> | Readonly<{ outcome: 'refused'; reason: string }>;

/** Where facts go. While the log cannot take them it insists: a fact is answered for once it is durable. */
export type TakeFact = (fact: SentFact) => Promise<FactOutcome>;
