import type { Clock } from '#domain/contracts/clock.js';
import type { TakeReport, Telephony, TelephonyOutcome } from '#domain/contracts/telephony.js';
import type { CallCentreId, CallId, DeviceId, GatewayId } from '#domain/kernel/ids.js';
import { seededRandom } from '#domain/kernel/seeded-random.js';
import type { CentreSwitch } from './centre-switch.js';
import type { OutsideCall, OutsideCallRequest } from './outside-callers.js';
import { buildNetwork } from './build-network.js';
import type { ReportNotTaken } from './report-delivery.js';
import type { CallInProgress } from './resume.js';
import type { SimulatedCentre, SimulatedNetwork } from './simulated-network.js';

/** What the simulated network can do that a real one cannot be asked for. */
export type NetworkControls = Readonly<{
  /** Somebody out there calls a number. */
  placeCall: (request: OutsideCallRequest) => OutsideCall;
  /** Who called, of a call at a centre that came through no gateway. */
  callerOf: (centreCall: CallId) => OutsideCall | undefined;
  /** Which call through a gateway a call at a centre really is. What is learnt here is for tests and benchmarks only. */
  truth: (centreCall: CallId) => CallId | undefined;
  takeTrunkDown: (trunkGroup: string) => void;
  bringTrunkUp: (trunkGroup: string) => void;
  failPort: (gatewayId: GatewayId, port: number) => void;
  repairPort: (gatewayId: GatewayId, port: number) => void;
  /** A call centre opens while the network is up, or its number is another one from now on. */
  connectCentre: (centre: SimulatedCentre) => void;
  /** One more phone at a centre's switch. */
  plugInPhone: (centreId: CallCentreId, device: DeviceId) => void;
  /**
   * After a break of the process that it runs in: goes on with the calls that the log says are in progress, oldest
   * first, and answers those that it cannot go on with. What was dialled and never reported is not known any more.
   */
  resume: (calls: readonly CallInProgress[]) => readonly CallId[];
}>;

export type SimulatedTelephony = Telephony & NetworkControls;

type Dependencies = Readonly<{
  network: SimulatedNetwork;
  clock: Clock;
  takeReport: TakeReport;
  reportNotTaken: ReportNotTaken;
}>;

const unknownCall: TelephonyOutcome = { outcome: 'unknown-call' };
const keypad = /^[0-9A-D*#]+$/;
const keyed = (digits: string, send: () => TelephonyOutcome): TelephonyOutcome =>
  keypad.test(digits) ? send() : { outcome: 'refused', cause: 'rejected' };

/**
 * A whole telephone network in this process: gateways, call centres' switches and agents' phones. It decides nothing that
 * Trunkline decides, and shows a call centre only what a real switch would see.
 * @throws {RangeError} when the network's description contradicts itself
 */
export const simulatedTelephony = ({ network, ...outside }: Dependencies): SimulatedTelephony => {
  const random = seededRandom(network.seed);
  const built = buildNetwork(network, random, outside);
  let { gateways, switches } = built;

  const gateway = (id: GatewayId) => gateways.find((one) => one.gateway.gatewayId === id);
  const gatewayWith = (call: CallId) => gateways.find((one) => one.knows(call));
  const atSwitch = (call: CallId, request: (at: CentreSwitch) => TelephonyOutcome): TelephonyOutcome => {
    const at = switches.find((one) => one.knows(call));
    return at ? request(at) : unknownCall;
  };

  return {
    makeCall: async (call) => gateway(call.gatewayId)?.makeCall(call) ?? { outcome: 'refused', cause: 'rejected' },
    clearCall: async (call, cause) => gatewayWith(call)?.clear(call, cause) ?? unknownCall,
    callerDigits: async (call, digits) =>
      keyed(digits, () => gatewayWith(call)?.callerDigits(call, digits) ?? unknownCall),

    routeSelect: async (to) => atSwitch(to.callId, (at) => at.routeSelect(to)),
    divertToQueue: async (from) => atSwitch(from.callId, (at) => at.divert(from)),
    answerCall: async (connection) => atSwitch(connection.callId, (at) => at.answer(connection)),
    holdCall: async (connection) => atSwitch(connection.callId, (at) => at.hold(connection)),
    retrieveCall: async (connection) => atSwitch(connection.callId, (at) => at.retrieve(connection)),
    clearConnection: async (connection) => atSwitch(connection.callId, (at) => at.hangUp(connection)),
    generateDigits: async (connection, digits) =>
      keyed(digits, () => atSwitch(connection.callId, (at) => at.key(connection, digits))),
    singleStepTransfer: async (by, to) => atSwitch(by.callId, (at) => at.invite(by, to, 'transfer')),
    singleStepConference: async (by, to) => atSwitch(by.callId, (at) => at.invite(by, to, 'conference')),

    snapshot: async () => [
      ...gateways.flatMap((one) => one.live().map((callId) => ({ callId, side: 'gateway' as const }))),
      ...switches.flatMap((one) => one.live().map((callId) => ({ callId, side: 'centre' as const }))),
    ],
    close: async () => {
      // Nothing is there any more that could take a request on.
      [gateways, switches] = [[], []];
      await built.close();
    },

    placeCall: built.outsideCallers.placeCall,
    callerOf: built.outsideCallers.callerOf,
    truth: built.truth,
    takeTrunkDown: (name) => built.trunk(name).takeDown(),
    bringTrunkUp: (name) => built.trunk(name).bringUp(),
    failPort: (id, port) => gateway(id)?.failPort(port),
    repairPort: (id, port) => gateway(id)?.repairPort(port),
    connectCentre: built.connectCentre,
    plugInPhone: (centreId, device) => switches.find(({ centre }) => centre.centreId === centreId)?.plugIn(device),
    resume: built.resume,
  };
};
