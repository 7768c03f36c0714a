import type { TransferKind } from '#domain/call/call.events.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { Connection, TelephonyOutcome } from '#domain/contracts/telephony.js';
import { callId, tenantOf, uniqueOf, type CallId, type DeviceId } from '#domain/kernel/ids.js';
import {
  answer,
  arrive,
  callerGone,
  hangUp,
  hold,
  invite,
  key,
  newCall,
  retrieve,
  ring,
  withdraw,
} from './centre-call.js';
import type { CentreCall, Step } from './centre-call.js';
import type { Hear, Setup, Signal } from './circuit.js';
import { phonesOf } from './phones.js';
import { callsRemembered, recent } from './recent.js';
import type { Tell } from './report.js';
import type { SimulatedCentre } from './simulated-network.js';

/** The switch of a call centre: calls that came in on its trunks, and its agents' phones. It hands out no call by itself. */
export type CentreSwitch = Readonly<{
  centre: SimulatedCentre;
  /** One more phone at this switch. */
  plugIn: (device: DeviceId) => void;
  /** A call comes in; the answer is how the switch hears its caller. `arrived` is told the id that the switch gives it. */
  reach: (setup: Setup, toCaller: Hear, arrived: (call: CallId) => void) => Hear;
  /** Also when the call is over. */
  knows: (call: CallId) => boolean;
  live: () => readonly CallId[];
  routeSelect: (to: Connection) => TelephonyOutcome;
  divert: (at: Connection) => TelephonyOutcome;
  answer: (at: Connection) => TelephonyOutcome;
  hold: (at: Connection) => TelephonyOutcome;
  retrieve: (at: Connection) => TelephonyOutcome;
  hangUp: (at: Connection) => TelephonyOutcome;
  key: (at: Connection, digits: string) => TelephonyOutcome;
  invite: (at: Connection, to: DeviceId, kind: TransferKind) => TelephonyOutcome;
  /** Whether its devices are there and free. */
  canTake: (call: CentreCall) => boolean;
  /** Takes a call on as it stood before a break; the answer is how it hears its caller. */
  resume: (call: CentreCall, toCaller: Hear) => Hear;
}>;

type Dependencies = Readonly<{ centre: SimulatedCentre; clock: Clock; tell: Tell }>;

type AtSwitch = Readonly<{ call: CentreCall; toCaller: Hear }>;

const sequenceDigits = 5;

export const centreSwitch = ({ centre, clock, tell }: Dependencies): CentreSwitch => {
  const phones = phonesOf(centre.devices);
  const calls = new Map<CallId, AtSwitch>();
  const over = recent<CallId, true>(callsRemembered);
  let sequence = 0;

  /** A switch's own reference, made like Avaya's UCID of a sequence and the time: not given twice, also after a restart. */
  const newCallId = (): CallId => {
    sequence = (sequence + 1) % 10 ** sequenceDigits;
    const reference = `${clock.now()}-${String(sequence).padStart(sequenceDigits, '0')}`;
    return callId(tenantOf(centre.centreId), `${uniqueOf(centre.centreId)}.${reference}`);
  };

  const take = (id: CallId, toCaller: Hear, step: Step): TelephonyOutcome => {
    if (step.outcome === 'refused') return step;
    phones.occupy(id, [...(step.call?.legs.keys() ?? [])]);
    if (step.call) calls.set(id, { call: step.call, toCaller });
    else {
      calls.delete(id);
      over.put(id, true);
    }
    step.reports.forEach(tell);
    if (step.toCaller) toCaller(step.toCaller);
    return { outcome: 'accepted' };
  };

  const request = (id: CallId, decide: (call: CentreCall) => Step): TelephonyOutcome => {
    const held = calls.get(id);
    return held ? take(id, held.toCaller, decide(held.call)) : { outcome: 'unknown-call' };
  };

  const hearing =
    (id: CallId): Hear =>
    (signal: Signal) => {
      if (signal.kind === 'release') request(id, (call) => callerGone(call, signal.cause));
    };

  /** What rings must exist and have nobody on it. */
  const free = (device: DeviceId, call: CentreCall, decide: () => Step): Step => {
    if (!phones.exists(device)) return { outcome: 'refused', cause: 'destination-not-obtainable' };
    return phones.isBusy(device, call.callId) ? { outcome: 'refused', cause: 'busy' } : decide();
  };

  return {
    centre,
    plugIn: phones.plugIn,

    reach: (setup, toCaller, arrived) => {
      if (calls.size >= (centre.lines ?? Infinity)) {
        toCaller({ kind: 'release', cause: 'busy' });
        return () => undefined;
      }
      const id = newCallId();
      arrived(id);
      take(id, toCaller, arrive(newCall(id, centre.centreId, setup)));
      return hearing(id);
    },

    knows: (id) => calls.has(id) || over.has(id),
    live: () => [...calls.keys()],

    routeSelect: ({ callId: id, device }) => request(id, (call) => free(device, call, () => ring(call, device))),
    divert: ({ callId: id, device }) => request(id, (call) => withdraw(call, device, 'no-answer')),
    answer: ({ callId: id, device }) => request(id, (call) => answer(call, device)),
    hold: ({ callId: id, device }) => request(id, (call) => hold(call, device)),
    retrieve: ({ callId: id, device }) => request(id, (call) => retrieve(call, device)),
    hangUp: ({ callId: id, device }) =>
      over.has(id) ? { outcome: 'accepted' } : request(id, (call) => hangUp(call, device)),
    key: ({ callId: id, device }, digits) => request(id, (call) => key(call, device, digits)),
    invite: ({ callId: id, device }, to, kind) =>
      request(id, (call) => free(to, call, () => invite(call, device, to, kind))),

    canTake: ({ callId: id, legs }) =>
      [...legs.keys()].every((device) => phones.exists(device) && !phones.isBusy(device, id)),

    resume: (call, toCaller) => {
      calls.set(call.callId, { call, toCaller });
      phones.occupy(call.callId, [...call.legs.keys()]);
      return hearing(call.callId);
    },
  };
};
