import type { AccessRefusal } from '../access/access.events.js';
import type { AgentRole } from '../agent/agent.events.js';
import type { AgentId, ContactId, DeviceId, IconSessionId, MerchantId, CallCentreId } from '../kernel/ids.js';
import type { Merchant } from '../merchant/merchant.state.js';
import type { Journey, JourneySummary } from '../views/journey.js';
import type { IndexedLease, IndexedSession, KnownAgent } from '../policies/views.js';
import type { CallRecord } from '../views/call-record.js';
import type { CallRecordPage, JourneyPage } from './call-history.js';
import type { IconSessionView } from '../views/icon-session.js';

export type AniLookUp =
  | Readonly<{
      outcome: 'found';
      verdict: 'certain' | 'probable' | 'ambiguous';
      sessions: readonly IconSessionView[];
      lease?: IndexedLease;
    }>
  | Readonly<{ outcome: 'none' }>;

/** By what a merchant's server may ask for a session (B5). */
export type SessionKey =
  | Readonly<{ by: 'ani'; value: string }>
  | Readonly<{ by: 'gateway-number'; value: string }>
  | Readonly<{ by: 'pseudo-ani'; value: string }>
  | Readonly<{ by: 'session'; value: string }>
  | Readonly<{ by: 'customer'; value: string }>
  | Readonly<{ by: 'icon'; value: string }>;

/** What merchants' servers, administrators and analysts read. Every question names its tenant. */
export interface BackOffice {
  merchant(merchantId: MerchantId): Merchant | undefined;
  lookUp(merchantId: MerchantId, key: SessionKey): AniLookUp;
  agentByLogin(merchantId: MerchantId, loginName: string): KnownAgent | undefined;
  agents(merchantId: MerchantId): readonly KnownAgent[];
  session(sessionId: IconSessionId): IndexedSession | undefined;
  /** With all that has happened so far, as the next two. @throws {ReadModelFailure} when that is not to be had now */
  journey(contactId: ContactId): Promise<Journey | undefined>;
  /** Newest first; `before`: only journeys that began before that summary's contact. @throws {ReadModelFailure} */
  journeys(merchantId: MerchantId, page: JourneyPage): Promise<readonly JourneySummary[]>;
  /** Newest first. @throws {ReadModelFailure} */
  callRecords(merchantId: MerchantId, page: CallRecordPage): Promise<readonly CallRecord[]>;
  /** Counted and recorded, never more than a few a second for each source. */
  recordRefusal(merchantId: MerchantId, refusal: Readonly<{ why: AccessRefusal; what: string; from: string }>): void;
  signedOut(sessionId: string): boolean;
  /** The sign-ins of an agent that go on. */
  signInsOf(agentId: AgentId): readonly string[];
  health(): Readonly<{ ready: boolean; position: number; lag: number; failure?: string }>;
}

export type NewAgent = Readonly<{
  agentId: AgentId;
  loginName: string;
  displayName: string;
  centreId: CallCentreId;
  device: DeviceId;
  roles: readonly AgentRole[];
  password: string;
}>;
