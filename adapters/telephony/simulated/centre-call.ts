import type { CallCause, TransferKind } from '#domain/call/call.events.js';
import type { CallCentreId, CallId, DeviceId } from '#domain/kernel/ids.js';
import type { Setup, Signal } from './circuit.js';
import type { UntimedReport } from './report.js';

/** A device's part in a call (CSTA connection state). `joins`: it was rung by a device of the call. */
export type Leg = Readonly<{
  state: 'alerting' | 'connected' | 'held';
  joins?: Readonly<{ kind: TransferKind; by: DeviceId }>;
}>;

/** A call at a switch: the caller on a trunk, and the devices that ring or talk. No devices: it waits in the queue. */
export type CentreCall = Readonly<{
  callId: CallId;
  centreId: CallCentreId;
  setup: Setup;
  /** Whether any agent has answered it: the caller is connected from then on. */
  answered: boolean;
  legs: ReadonlyMap<DeviceId, Leg>;
  /** Devices that were in it and are no longer. */
  left: ReadonlySet<DeviceId>;
}>;

/** What comes of a request or a signal: the call as it is now (none: it is over), what is told, what goes out on the trunk. */
export type Step =
  | Readonly<{
      outcome: 'done';
      call: CentreCall | undefined;
      reports: readonly UntimedReport[];
      toCaller?: Signal;
    }>
  | Readonly<{ outcome: 'refused'; cause: CallCause }>;

const refused = (cause: CallCause): Step => ({ outcome: 'refused', cause });
const step = (call: CentreCall | undefined, reports: readonly UntimedReport[], toCaller?: Signal): Step => ({
  outcome: 'done',
  call,
  reports,
  ...(toCaller && { toCaller }),
});
/** Asked for again, or done already. */
const unchanged = (call: CentreCall): Step => step(call, []);

const withLeg = (call: CentreCall, device: DeviceId, leg: Leg): CentreCall => ({
  ...call,
  legs: new Map(call.legs).set(device, leg),
});

const withoutLeg = (call: CentreCall, device: DeviceId): CentreCall => ({
  ...call,
  legs: new Map([...call.legs].filter(([other]) => other !== device)),
  left: new Set(call.left).add(device),
});

const isOffHook = (leg: Leg | undefined): boolean => leg !== undefined && leg.state !== 'alerting';

const queued = ({ callId, centreId, setup }: CentreCall): UntimedReport => ({
  type: 'Queued',
  callId,
  centreId,
  ...setup,
});

export const newCall = (callId: CallId, centreId: CallCentreId, setup: Setup): CentreCall => ({
  callId,
  centreId,
  setup,
  answered: false,
  legs: new Map(),
  left: new Set(),
});

/** A call has come in. */
export const arrive = (call: CentreCall): Step => step(call, [queued(call)]);

/** RouteSelect: it rings at an agent's device. */
export const ring = (call: CentreCall, device: DeviceId): Step => {
  if (call.legs.has(device)) return unchanged(call);
  if (call.legs.size > 0) return refused('rejected');
  return step(withLeg(call, device, { state: 'alerting' }), [{ type: 'Delivered', callId: call.callId, device }]);
};

const isInvited = (call: CentreCall, by: DeviceId, to: DeviceId, kind: TransferKind): boolean => {
  const leg = call.legs.get(to);
  if (leg?.state === 'alerting') return leg.joins?.by === by && leg.joins.kind === kind;
  return kind === 'conference' ? leg !== undefined : leg !== undefined && call.left.has(by) && !call.legs.has(by);
};

/** A device of the call rings another, to hand the call over or to have it join. */
export const invite = (call: CentreCall, by: DeviceId, to: DeviceId, kind: TransferKind): Step => {
  if (by !== to && isInvited(call, by, to, kind)) return unchanged(call);
  const someoneRings = [...call.legs.values()].some(({ state }) => state === 'alerting');
  if (!isOffHook(call.legs.get(by)) || call.legs.has(to) || someoneRings) return refused('rejected');
  const rung = withLeg(call, to, { state: 'alerting', joins: { kind, by } });
  return step(rung, [{ type: 'Delivered', callId: call.callId, device: to }]);
};

const joined = (call: CentreCall, to: DeviceId, joins: Leg['joins']): readonly [CentreCall, ...UntimedReport[]] => {
  if (joins?.kind === 'transfer') {
    const moved = call.legs.has(joins.by) ? withoutLeg(call, joins.by) : call;
    return [moved, { type: 'Transferred', callId: call.callId, from: joins.by, to }];
  }
  if (joins && call.legs.has(joins.by)) {
    return [call, { type: 'Conferenced', callId: call.callId, by: joins.by, added: to }];
  }
  return [call];
};

export const answer = (call: CentreCall, device: DeviceId): Step => {
  const leg = call.legs.get(device);
  if (!leg) return refused('rejected');
  if (isOffHook(leg)) return unchanged(call);
  const connected = { ...withLeg(call, device, { state: 'connected' }), answered: true };
  const [now, ...reports] = joined(connected, device, leg.joins);
  const established: UntimedReport = { type: 'Established', callId: call.callId, device };
  return step(now, [established, ...reports], call.answered ? undefined : { kind: 'answer' });
};

const switchTo =
  (from: Leg['state'], to: Leg['state'], type: 'Held' | 'Retrieved') =>
  (call: CentreCall, device: DeviceId): Step => {
    const state = call.legs.get(device)?.state;
    if (state === to) return unchanged(call);
    if (state !== from) return refused('rejected');
    return step(withLeg(call, device, { state: to }), [{ type, callId: call.callId, device }]);
  };

export const hold = switchTo('connected', 'held', 'Held');
export const retrieve = switchTo('held', 'connected', 'Retrieved');

/** A device that rings stops ringing; with nobody else in the call it is back in the queue. */
export const withdraw = (call: CentreCall, device: DeviceId, cause: CallCause): Step => {
  const leg = call.legs.get(device);
  if (!leg && call.left.has(device)) return unchanged(call);
  if (leg?.state !== 'alerting') return refused('rejected');
  const now = withoutLeg(call, device);
  const cleared: UntimedReport = { type: 'ConnectionCleared', callId: call.callId, device, cause };
  return step(now, now.legs.size > 0 ? [cleared] : [cleared, queued(now)]);
};

/** A device leaves: whoever is left goes on; the last one ends the call. One that only rings turns the call down. */
export const hangUp = (call: CentreCall, device: DeviceId): Step => {
  if (!isOffHook(call.legs.get(device))) return withdraw(call, device, 'rejected');
  const { callId } = call;
  const now = withoutLeg(call, device);
  const cause = 'normal-clearing';
  const cleared: UntimedReport = { type: 'ConnectionCleared', callId, device, cause };
  if (now.legs.size > 0) return step(now, [cleared]);
  return step(undefined, [cleared, { type: 'Cleared', callId, side: 'centre', cause }], { kind: 'release', cause });
};

/** Keys digits at a device; they go where the voice goes. */
export const key = (call: CentreCall, device: DeviceId, digits: string): Step =>
  call.legs.get(device)?.state === 'connected' ? step(call, [], { kind: 'digits', digits }) : refused('rejected');

/** The trunk has dropped: the caller hung up, or the wire broke. */
export const callerGone = ({ callId, answered }: CentreCall, released: CallCause): Step => {
  const cause = released === 'normal-clearing' && !answered ? 'abandoned' : released;
  return step(undefined, [
    { type: 'ConnectionCleared', callId, cause },
    { type: 'Cleared', callId, side: 'centre', cause },
  ]);
};
