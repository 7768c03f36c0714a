import type { CallCause, DigitsDetector, DigitsSide } from '../call/call.events.js';
import type { CallCentreId, CallId, DeviceId, GatewayId, IconSessionId, LeaseId } from '../kernel/ids.js';
import type { E164, PhoneNumber } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';

/** How a request to the telephone network went. Success means taken on: what comes of it is told by reports. */
export type TelephonyOutcome =
  | Readonly<{ outcome: 'accepted' }>
  | Readonly<{ outcome: 'refused'; cause: CallCause }>
  | Readonly<{ outcome: 'unknown-call' }>;

export type MakeCall = Readonly<{
  callId: CallId;
  gatewayId: GatewayId;
  port: number;
  ani: E164;
  leaseId: LeaseId;
  to: E164;
  /** Offered as User-to-User information where the trunk carries it (RFC 7433). */
  sessionId: IconSessionId;
}>;

/** One device's part in a call at a call centre. */
export type Connection = Readonly<{ callId: CallId; device: DeviceId }>;

/** What gateways and switches tell, in CSTA words; `at` by their own clock. Late, double and out-of-order are normal. */
export type TelephonyReport = Readonly<{ at: Instant }> &
  (
    | Readonly<{ type: 'Originated'; callId: CallId; gatewayId: GatewayId; port: number; ani: E164; leaseId: LeaseId }>
    | Readonly<{ type: 'NetworkReached'; callId: CallId; trunkGroup: string }>
    | Readonly<{ type: 'Digits'; callId: CallId; from: DigitsSide; digits: string; by: DigitsDetector }>
    | Readonly<{
        type: 'Queued';
        callId: CallId;
        centreId: CallCentreId;
        ani: PhoneNumber;
        dnis: PhoneNumber;
        trunkGroup?: string;
        callerName?: string;
        uui?: string;
      }>
    | Readonly<{ type: 'Delivered' | 'Held' | 'Retrieved'; callId: CallId; device: DeviceId }>
    | Readonly<{ type: 'Established'; callId: CallId; device?: DeviceId }>
    | Readonly<{ type: 'Transferred'; callId: CallId; from: DeviceId; to: DeviceId }>
    | Readonly<{ type: 'Conferenced'; callId: CallId; by: DeviceId; added: DeviceId }>
    | Readonly<{ type: 'ConnectionCleared'; callId: CallId; device?: DeviceId; cause: CallCause }>
    | Readonly<{ type: 'Cleared' | 'Failed'; callId: CallId; side: 'gateway' | 'centre'; cause: CallCause }>
  );

/** A call that the network holds now, for putting the log right after a break. */
export type LiveConnection = Readonly<{ callId: CallId; side: 'gateway' | 'centre' }>;

/**
 * The telephone network: gateways towards the customer, switches of call centres, agents' phones.
 * Calls through a gateway bear the id that Trunkline gave; calls at a centre bear an id made of the centre's name and its
 * switch's own reference, and nothing in them says which click they come from.
 */
export interface Telephony {
  /** Dials out through a leased port. Asking again for a call already made changes nothing. */
  makeCall(call: MakeCall): Promise<TelephonyOutcome>;
  /** Ends a call through a gateway. */
  clearCall(callId: CallId, cause: CallCause): Promise<TelephonyOutcome>;
  /** Keys digits on the customer's own keypad, at the gateway's side of the call. */
  callerDigits(callId: CallId, digits: string): Promise<TelephonyOutcome>;
  /** Sends a call that waits at a centre's queue to an agent's device (CSTA RouteSelect). */
  routeSelect(connection: Connection): Promise<TelephonyOutcome>;
  /** Takes a call back from a device that does not answer, into the queue. */
  divertToQueue(connection: Connection): Promise<TelephonyOutcome>;
  answerCall(connection: Connection): Promise<TelephonyOutcome>;
  holdCall(connection: Connection): Promise<TelephonyOutcome>;
  retrieveCall(connection: Connection): Promise<TelephonyOutcome>;
  clearConnection(connection: Connection): Promise<TelephonyOutcome>;
  /** Keys digits as the device's user would: they travel with the voice. */
  generateDigits(connection: Connection, digits: string): Promise<TelephonyOutcome>;
  /** Rings `to`; when it answers, `device` leaves (transfer) or stays (conference). */
  singleStepTransfer(connection: Connection, to: DeviceId): Promise<TelephonyOutcome>;
  singleStepConference(connection: Connection, to: DeviceId): Promise<TelephonyOutcome>;
  /** What is in progress now. */
  snapshot(): Promise<readonly LiveConnection[]>;
  close(): Promise<void>;
}

/** Where reports go. Resolves when the report is durably recorded or known to be of no use. */
export type TakeReport = (report: TelephonyReport) => Promise<void>;
