import type { CallCause } from '#domain/call/call.events.js';
import type { MakeCall, TelephonyOutcome } from '#domain/contracts/telephony.js';
import type { CallId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import type { Circuit, Hear, Reach } from './circuit.js';
import { cleared, failed, heardFromFarEnd, type GatewayCall, type GatewayStep } from './gateway-call.js';
import { gatewayPorts } from './gateway-ports.js';
import { presented } from './caller-presentation.js';
import { callsRemembered, recent } from './recent.js';
import type { Tell } from './report.js';
import type { NetworkTiming, SimulatedGateway } from './simulated-network.js';
import { lane, type Timeline } from './timeline.js';
import type { TrunkGroup } from './trunk-group.js';

export type Gateway = Readonly<{
  gateway: SimulatedGateway;
  /** Also when the call is over. */
  knows: (call: CallId) => boolean;
  live: () => readonly CallId[];
  makeCall: (request: MakeCall) => TelephonyOutcome;
  /** The customer hangs up. */
  clear: (call: CallId, cause: CallCause) => TelephonyOutcome;
  /** The customer keys digits. */
  callerDigits: (call: CallId, digits: string) => TelephonyOutcome;
  /** The port is out of order: its call drops, and none can be made. */
  failPort: (port: number) => void;
  repairPort: (port: number) => void;
  /** Whether the port could take that call on. */
  canTake: (call: MakeCall) => boolean;
  /** Goes on with a call that had not been answered before a break: it is dialled. */
  redial: (request: MakeCall) => void;
  /** Goes on with a call as it stood before a break; no answer: the trunk has no circuit for it. */
  resume: (call: GatewayCall) => Circuit | undefined;
}>;

type Dependencies = Readonly<{
  gateway: SimulatedGateway;
  trunk: TrunkGroup;
  random: SeededRandom;
  timeline: Timeline;
  timing: NetworkTiming;
  tell: Tell;
  /** Into the public network, for this call. */
  reach: (call: CallId) => Reach;
}>;

type Line = Readonly<{
  call: GatewayCall;
  circuit?: Circuit;
  cancelSeizure?: () => void;
  /** The customer's own keys, one after the other. */
  keypad: ReturnType<typeof lane>;
}>;

const accepted: TelephonyOutcome = { outcome: 'accepted' };

export const simulatedGateway = ({ gateway, trunk, random, timeline, timing, tell, reach }: Dependencies): Gateway => {
  const ports = gatewayPorts(gateway.ports);
  const lines = new Map<CallId, Line>();
  const over = recent<CallId, true>(callsRemembered);

  const take = (line: Line, { call, reports }: GatewayStep): void => {
    const { callId, port } = line.call.request;
    if (call) lines.set(callId, { ...line, call });
    else {
      line.cancelSeizure?.();
      lines.delete(callId);
      over.put(callId, true);
      ports.release(port);
    }
    reports.forEach(tell);
  };

  const hearing =
    (callId: CallId): Hear =>
    (signal) => {
      const line = lines.get(callId);
      if (line) take(line, heardFromFarEnd(line.call, signal));
    };

  const dial = (line: Line, ani: E164): void => {
    const { call } = line;
    const { callId, to, sessionId } = call.request;
    const luck = random.fork(callId);
    const circuit = trunk.seize(hearing(callId), luck.fork('circuit'));
    if (!circuit) {
      take(line, failed(call, 'trunks-busy'));
      return;
    }
    tell({ type: 'NetworkReached', callId, trunkGroup: gateway.trunkGroup });
    lines.set(callId, { ...line, call: { ...call, state: 'dialled' }, circuit });
    const shown = presented({ ani, pilotNumber: gateway.pilotNumber, sessionId }, trunk.settings, luck.fork('caller'));
    circuit.setUp({ ...shown, dnis: { raw: to, e164: to } }, reach(callId));
  };

  const seize = (request: MakeCall, ani: E164): void => {
    ports.occupy(request.port, request.callId);
    const line: Line = { call: { request, state: 'seizing' }, keypad: lane(timeline) };
    const delay = random.fork(request.callId).fork('seizure').within(timing.seize);
    lines.set(request.callId, { ...line, cancelSeizure: timeline.after(delay, () => dial(line, ani)) });
  };

  const end = (line: Line, cause: CallCause): void => {
    line.circuit?.fromCaller({ kind: 'release', cause: 'normal-clearing' });
    take(line, cleared(line.call, cause));
  };

  return {
    gateway,
    knows: (call) => lines.has(call) || over.has(call),
    live: () => [...lines.keys()],

    makeCall: (request) => {
      if (lines.has(request.callId) || over.has(request.callId)) return accepted;
      const ani = ports.lineNumber(request.port);
      if (ani === undefined) return { outcome: 'refused', cause: 'rejected' };
      if (!ports.isFree(request.port)) return { outcome: 'refused', cause: 'trunks-busy' };
      const { callId, gatewayId, port, leaseId } = request;
      seize(request, ani);
      tell({ type: 'Originated', callId, gatewayId, port, ani, leaseId });
      return accepted;
    },

    clear: (callId, cause) => {
      const line = lines.get(callId);
      if (line) end(line, cause);
      return accepted;
    },

    callerDigits: (callId, digits) => {
      const line = lines.get(callId);
      if (!line) return { outcome: 'unknown-call' };
      line.keypad(digits.length * timing.perDigit, () => {
        if (lines.has(callId)) tell({ type: 'Digits', callId, from: 'caller-side', digits, by: 'simulated' });
      });
      return accepted;
    },

    failPort: (port) => {
      const callId = ports.fail(port);
      const line = callId && lines.get(callId);
      if (line) end(line, 'network-lost');
    },
    repairPort: ports.repair,

    canTake: ({ port }) => ports.lineNumber(port) !== undefined && ports.isFree(port),

    redial: (request) => {
      const ani = ports.lineNumber(request.port);
      if (ani !== undefined) seize(request, ani);
    },

    resume: (call) => {
      const { callId, port } = call.request;
      const circuit = trunk.seize(hearing(callId), random.fork(callId).fork('resumed'));
      if (!circuit) return undefined;
      ports.occupy(port, callId);
      lines.set(callId, { call, circuit, keypad: lane(timeline) });
      return circuit;
    },
  };
};
