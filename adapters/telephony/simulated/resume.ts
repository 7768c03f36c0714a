import type { TransferKind } from '#domain/call/call.events.js';
import type { MakeCall } from '#domain/contracts/telephony.js';
import type { CallCentreId, CallId, DeviceId } from '#domain/kernel/ids.js';
import { comparable } from '#domain/kernel/phone-number.js';
import type { CentreCall, Leg } from './centre-call.js';
import type { CentreSwitch } from './centre-switch.js';
import type { Circuit, Setup } from './circuit.js';
import type { Gateway } from './gateway.js';
import type { OutsideCallers } from './outside-callers.js';
import type { PublicNetwork } from './public-network.js';

export type GatewayCallInProgress = MakeCall & Readonly<{ answered: boolean }>;

export type CentreCallInProgress = Setup &
  Readonly<{
    callId: CallId;
    centreId: CallCentreId;
    answered: boolean;
    devices: readonly Readonly<{
      device: DeviceId;
      state: Leg['state'];
      /** Rung by that device of the call, which hands it over or has it join. */
      joins?: Readonly<{ kind: TransferKind; by: DeviceId }>;
    }>[];
  }>;

/** One call as the log knows it: through a gateway, at a centre, or both ends where it is known that they are one. */
export type CallInProgress = Readonly<{ gateway?: GatewayCallInProgress; centre?: CentreCallInProgress }>;

/** Takes the calls on as they stood, oldest first given, and answers those that it cannot go on with. */
export type Resume = (calls: readonly CallInProgress[]) => readonly CallId[];

type Dependencies = Readonly<{
  gateways: readonly Gateway[];
  switches: readonly CentreSwitch[];
  publicNetwork: PublicNetwork;
  outsideCallers: OutsideCallers;
  /** Told which gateway call a centre call is. */
  joined: (centreCall: CallId, gatewayCall: CallId) => void;
}>;

const centreCallFrom = ({ callId, centreId, answered, devices, ...setup }: CentreCallInProgress): CentreCall => ({
  callId,
  centreId,
  answered,
  setup,
  legs: new Map(devices.map(({ device, ...leg }) => [device, leg])),
  left: new Set(),
});

const idsOf = ({ gateway, centre }: CallInProgress): readonly CallId[] =>
  [gateway?.callId, centre?.callId].filter((id) => id !== undefined);

/** Two ends that the log could not tie are one call when number, trunk group and state agree; oldest first. */
const pairUp = (
  calls: readonly CallInProgress[],
  trunkOf: (call: MakeCall) => string | undefined,
): readonly CallInProgress[] => {
  const loose = calls.flatMap(({ gateway, centre }) => (centre && !gateway ? [centre] : []));
  const taken = new Set<CentreCallInProgress>();
  const otherEnd = (gateway: GatewayCallInProgress): CentreCallInProgress | undefined => {
    const found = loose.find(
      (centre) =>
        !taken.has(centre) &&
        comparable(centre.dnis) === gateway.to &&
        centre.trunkGroup === trunkOf(gateway) &&
        centre.answered === gateway.answered,
    );
    if (found) taken.add(found);
    return found;
  };
  const pairs = calls.map(({ gateway, centre }) => {
    const tied = centre ?? (gateway && otherEnd(gateway));
    return { ...(gateway && { gateway }), ...(tied && { centre: tied }) };
  });
  return pairs.filter(({ gateway, centre }) => gateway !== undefined || (centre && !taken.has(centre)));
};

export const resumeOn = ({ gateways, switches, publicNetwork, outsideCallers, joined }: Dependencies): Resume => {
  const gatewayOf = ({ gatewayId }: MakeCall): Gateway | undefined =>
    gateways.find(({ gateway }) => gateway.gatewayId === gatewayId);
  const switchOf = ({ centreId }: CentreCallInProgress): CentreSwitch | undefined =>
    switches.find(({ centre }) => centre.centreId === centreId);

  const joinCentre = (circuit: Circuit, to: CentreSwitch, call: CentreCallInProgress): void =>
    circuit.join(to.resume(centreCallFrom(call), circuit.fromCallee));

  const resumeAtGateway = (gateway: Gateway, call: GatewayCallInProgress): Circuit | undefined => {
    const { answered, ...request } = call;
    return gateway.resume({ request, state: answered ? 'answered' : 'dialled' });
  };

  const withoutCentre = (gateway: Gateway, call: GatewayCallInProgress): boolean => {
    const { answered, ...request } = call;
    if (!answered) {
      gateway.redial(request);
      return true;
    }
    // Answered by a centre that knows nothing of it: there is nobody to join it to.
    const circuit = publicNetwork.isCentre(call.to) ? undefined : resumeAtGateway(gateway, call);
    circuit?.join(publicNetwork.resumeAnswered(call.to, circuit.fromCallee));
    return circuit !== undefined;
  };

  const resumeGateway = (call: GatewayCallInProgress, centre: CentreCallInProgress | undefined): boolean => {
    const gateway = gatewayOf(call);
    if (!gateway?.canTake(call)) return false;
    if (!centre) return withoutCentre(gateway, call);
    const to = switchOf(centre);
    if (!to?.canTake(centreCallFrom(centre))) return false;
    const circuit = resumeAtGateway(gateway, call);
    if (!circuit) return false;
    joinCentre(circuit, to, centre);
    joined(centre.callId, call.callId);
    // The answer was on its way when the break came; a network delivers it all the same.
    if (centre.answered && !call.answered) circuit.fromCallee({ kind: 'answer' });
    return true;
  };

  const resumeOutside = (call: CentreCallInProgress): boolean => {
    const to = switchOf(call);
    if (!to?.canTake(centreCallFrom(call))) return false;
    const circuit = outsideCallers.resume(call.callId, call.trunkGroup, call.answered);
    if (circuit) joinCentre(circuit, to, call);
    return circuit !== undefined;
  };

  const resumePair = ({ gateway, centre }: CallInProgress): boolean =>
    gateway ? resumeGateway(gateway, centre) : centre !== undefined && resumeOutside(centre);

  // Newest first: a line or a phone that two of them claim is on the later one.
  return (calls) =>
    pairUp(calls, (call) => gatewayOf(call)?.gateway.trunkGroup)
      .toReversed()
      .flatMap((pair) => (resumePair(pair) ? [] : idsOf(pair)));
};
