import type { CallCause } from '#domain/call/call.events.js';
import type { TelephonyReport } from '#domain/contracts/telephony.js';
import type { GatewayPort } from '#domain/gateway/gateway.events.js';
import type { CallCentreId, DeviceId, GatewayId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import type { Range } from '#domain/kernel/seeded-random.js';
import type { Milliseconds } from '#domain/kernel/time.js';

export type SimulatedGateway = Readonly<{
  gatewayId: GatewayId;
  pilotNumber: E164;
  trunkGroup: string;
  /** The lines as they are; what they report and present is this, whatever was asked for. */
  ports: readonly GatewayPort[];
  /** Where its link to Trunkline differs from the network's. */
  reporting?: Partial<Reporting>;
}>;

/** What the far end is shown of the caller: `withheld` as `anonymous`, `garbled` with its last digits lost. */
export type CallerPresentation = 'port-number' | 'pilot-number' | 'withheld' | 'garbled';

/** A bundle of circuits. One that is not listed shows the port's number, carries no more, and is never full. */
export type SimulatedTrunkGroup = Readonly<{
  trunkGroup: string;
  presents: CallerPresentation;
  /** Whether User-to-User information arrives (RFC 7433): the session's id, as it was offered. */
  carriesUui: boolean;
  callerName?: string;
  circuits?: number;
}>;

export type SimulatedCentre = Readonly<{
  centreId: CallCentreId;
  /** What reaches it when dialled. */
  number: E164;
  /** The agents' phones at its switch. */
  devices: readonly DeviceId[];
  /** Calls that come in at once; one more is busy. Not given: any number. */
  lines?: number;
  reporting?: Partial<Reporting>;
}>;

/** What a number does that is no call centre's, counted from the moment that the call reaches it. */
export type NumberBehaviour =
  | Readonly<{ fails: CallCause; after: Milliseconds }>
  | Readonly<{ answersAfter: Milliseconds; hangsUpAfter?: Milliseconds }>;

/** Milliseconds that things take. */
export type NetworkTiming = Readonly<{
  /** From the request to the line that is seized and dialled. */
  seize: Range;
  /** From the gateway's line to the far switch. */
  transit: Range;
  /** Answer, release and digits, either way along a trunk. */
  signal: Range;
  /** Each tone, as it is keyed. */
  perDigit: Milliseconds;
}>;

/** What befalls one report: the `occurrence`-th (from 1) of that type from that gateway or centre. */
export type ScriptedReport = Readonly<{
  report: TelephonyReport['type'];
  occurrence: number;
  fate: 'lost' | 'doubled' | Readonly<{ lateBy: Milliseconds }>;
}>;

/** How well a gateway or switch tells what it does. Probabilities are 0 to 1. */
export type Reporting = Readonly<{
  delay: Range;
  lost: number;
  doubled: number;
  /** Late ones are overtaken by those after them. The second of a doubled one is late, too. */
  late: number;
  lateBy: Range;
  /** How much its clock is ahead; negative: behind. */
  clockSkew: Milliseconds;
  script: readonly ScriptedReport[];
}>;

/** Counted from the network's start. Not ending: until it is repaired by hand. */
export type TimedFault = Readonly<{ from: Milliseconds; until?: Milliseconds }> &
  (
    | Readonly<{ kind: 'trunk-outage'; trunkGroup: string }>
    | Readonly<{ kind: 'port-failure'; gatewayId: GatewayId; port: number }>
  );

/** A telephone network as plain data. The same seed and the same requests give the same reports. */
export type SimulatedNetwork = Readonly<{
  seed: number;
  gateways: readonly SimulatedGateway[];
  centres: readonly SimulatedCentre[];
  trunkGroups: readonly SimulatedTrunkGroup[];
  /** Numbers that are no call centre's and behave in their own way. */
  numbers: readonly Readonly<{ number: E164; does: NumberBehaviour }>[];
  /** What every other number does. */
  otherNumbers: NumberBehaviour;
  timing: NetworkTiming;
  reporting: Reporting;
  faults: readonly TimedFault[];
}>;

const calmNetwork: Omit<SimulatedNetwork, 'seed' | 'gateways' | 'centres'> = {
  trunkGroups: [],
  numbers: [],
  otherNumbers: { fails: 'destination-not-obtainable', after: 0 },
  timing: {
    seize: { from: 40, to: 120 },
    transit: { from: 300, to: 900 },
    signal: { from: 20, to: 60 },
    perDigit: 100,
  },
  reporting: {
    delay: { from: 0, to: 0 },
    lost: 0,
    doubled: 0,
    late: 0,
    lateBy: { from: 500, to: 5_000 },
    clockSkew: 0,
    script: [],
  },
  faults: [],
};

/** Only what differs from a network on a calm day: nothing lost, 300 to 900 ms from gateway to call centre. */
export type NetworkSettings = Pick<SimulatedNetwork, 'seed' | 'gateways' | 'centres'> &
  Partial<Omit<SimulatedNetwork, 'timing' | 'reporting'>> &
  Readonly<{ timing?: Partial<NetworkTiming>; reporting?: Partial<Reporting> }>;

export const simulatedNetwork = (settings: NetworkSettings): SimulatedNetwork => ({
  ...calmNetwork,
  ...settings,
  timing: { ...calmNetwork.timing, ...settings.timing },
  reporting: { ...calmNetwork.reporting, ...settings.reporting },
});
