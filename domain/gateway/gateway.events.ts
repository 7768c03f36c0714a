import type { DomainEvent } from '../kernel/decider.js';
import type { Location } from '../kernel/geography.js';
import type { CallId, ContactId, IconSessionId, LeaseId, MerchantId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { Instant, Milliseconds } from '../kernel/time.js';

/** One line of a gateway: the number that the call centre sees while a call is on it. */
export type GatewayPort = Readonly<{ port: number; ani: E164 }>;

export type Gateway = Readonly<{
  name: string;
  location: Location;
  /** Its main number: what centres see where the trunk hides the port's own (S1 [75]). */
  pilotNumber: E164;
  /** Trunk group on which its calls reach call centres (RFC 4904). */
  trunkGroup: string;
  ports: readonly GatewayPort[];
  /** Guard interval: how long a released port rests, so that a late arrival still means its last call. */
  quarantine: Milliseconds;
}>;

export type Lease = Readonly<{
  leaseId: LeaseId;
  port: number;
  ani: E164;
  callId: CallId;
  contactId: ContactId;
  sessionId: IconSessionId;
  merchantId: MerchantId;
}>;

export type GatewayEvent =
  | DomainEvent<'GatewayDefined', Gateway>
  /** `sequence` counts the leases of this port: a later one has a higher number. `at`: by the clock of who asked. */
  | DomainEvent<'PortLeased', Lease & { sequence: number; at: Instant }>
  | DomainEvent<'PortReleased', Lease & { cause: string }>
  | DomainEvent<
      'PortQuarantined',
      { port: number; until: Instant; leaseId: LeaseId; merchantId: MerchantId; contactId: ContactId }
    >
  | DomainEvent<'PoolExhausted', { callId: CallId; contactId: ContactId; merchantId: MerchantId }>
  | DomainEvent<'PortBlocked', { port: number; reason: string }>
  | DomainEvent<'PortUnblocked', { port: number }>;
