import type { CallCentreId, CallId, DeviceId, GatewayId } from '#domain/kernel/ids.js';
import { isE164, type E164 } from '#domain/kernel/phone-number.js';
import type { GatewayPort } from '#domain/gateway/gateway.events.js';
import type { AgentConnection, LiveCall, PolicyViews } from '#domain/policies/views.js';
import type { Connection, MakeCall } from '#domain/contracts/telephony.js';
import type { LiveViews } from '../application/live-views.js';

/** What the simulated network must hold so that it fits the log: the same gateways, centres and phones. */
export type NetworkPlan = Readonly<{
  gateways: readonly Readonly<{
    gatewayId: GatewayId;
    pilotNumber: E164;
    trunkGroup: string;
    ports: readonly GatewayPort[];
  }>[];
  centres: readonly Readonly<{ centreId: CallCentreId; number: E164; devices: readonly DeviceId[] }>[];
}>;

export const networkOfLog = ({ folds, queries }: LiveViews): NetworkPlan => ({
  gateways: queries.gateways
    .gateways()
    .map(({ gatewayId, pilotNumber, trunkGroup, ports }) => ({ gatewayId, pilotNumber, trunkGroup, ports })),
  centres: [...folds.merchants.merchants.values()].flatMap((merchant) =>
    [...merchant.centres.values()].map(({ centreId, number }) => ({
      centreId,
      number,
      devices: [...folds.agents.agents.values()]
        .filter((agent) => agent.centreId === centreId)
        .map(({ device }) => device),
    })),
  ),
});

type GatewayEnd = Readonly<{
  callId: CallId;
  gatewayId: GatewayId;
  port: number;
  ani: E164;
  leaseId: NonNullable<ReturnType<PolicyViews['aniIndex']['leaseOf']>>['leaseId'];
  to: E164;
  sessionId: NonNullable<LiveCall['sessionId']>;
  answered: boolean;
}>;

type DeviceLeg = Readonly<{
  device: DeviceId;
  state: 'alerting' | 'connected' | 'held';
  joins?: Readonly<{ kind: 'transfer' | 'conference'; by: DeviceId }>;
}>;

type CentreEnd = NonNullable<LiveCall['arrival']> &
  Readonly<{ callId: CallId; centreId: CallCentreId; answered: boolean; devices: readonly DeviceLeg[] }>;

/** Both ends of a call where the log ties them, else one. */
export type LoggedCall = Readonly<{ gateway?: GatewayEnd; centre?: CentreEnd }>;

const gatewayEnd = (call: LiveCall, { aniIndex }: PolicyViews): GatewayEnd | undefined => {
  const lease = aniIndex.leaseOf(call.callId);
  const to = call.destination?.number;
  if (!lease || call.sessionId === undefined || to === undefined || !isE164(to)) return undefined;
  const { gatewayId, port, ani, leaseId } = lease;
  return {
    callId: call.callId,
    gatewayId,
    port,
    ani,
    leaseId,
    to,
    sessionId: call.sessionId,
    answered: call.established,
  };
};

const legOf = ({ agents, transfer }: LiveCall, { agentId, device, state }: AgentConnection): DeviceLeg | undefined => {
  if (state === 'reserved') return undefined;
  const by = transfer?.to === agentId ? agents.find((other) => other.agentId === transfer.from) : undefined;
  return {
    device,
    state,
    ...(transfer && by && state === 'alerting' ? { joins: { kind: transfer.kind, by: by.device } } : {}),
  };
};

const centreEnd = (call: LiveCall): CentreEnd | undefined =>
  call.centreId === undefined || call.arrival === undefined
    ? undefined
    : {
        ...call.arrival,
        callId: call.callId,
        centreId: call.centreId,
        answered: call.established,
        devices: call.agents.flatMap((agent) => legOf(call, agent) ?? []),
      };

/** The line has been seized, as far as the log knows: before, the network has no call to go on with. */
const isOriginated = ({ callId }: LiveCall, { calls }: PolicyViews): boolean => calls.facts(callId)?.port !== undefined;

/** Calls that were to be dialled, and of whose dialling the log knows nothing. */
export const undialledCalls = ({ queries }: LiveViews): readonly MakeCall[] =>
  [...queries.calls.all()].flatMap((call) => {
    const end = call.side === 'gateway' && !isOriginated(call, queries) ? gatewayEnd(call, queries) : undefined;
    if (!end) return [];
    const { answered: _not, ...request } = end;
    return [request];
  });

/** Calls that were to ring at an agent's phone, and of whose ringing the log knows nothing. */
export const unrungCalls = ({ queries }: LiveViews): readonly Connection[] =>
  [...queries.calls.all()].flatMap(({ callId, agents, transfer }) =>
    agents
      .filter(({ agentId, state }) => state === 'reserved' && transfer?.to !== agentId)
      .map(({ device }) => ({ callId, device })),
  );

/** Everybody has left at the centre, or the centre's call is over: the rest of the end was on its way. */
const isOver = (call: LiveCall, { calls }: PolicyViews): boolean => {
  if (call.side === 'centre') return call.established && call.agents.length === 0;
  const partner = call.partner === undefined ? undefined : calls.call(call.partner);
  return call.partner !== undefined && (partner === undefined || (partner.established && partner.agents.length === 0));
};

/** Calls whose end the log has not heard of though it has come. */
export const callsThatEnded = ({ queries }: LiveViews): readonly LiveCall[] =>
  [...queries.calls.all()].filter((call) => isOver(call, queries));

/** The calls that the log says are in progress, oldest first. */
export const callsOfLog = ({ queries }: LiveViews): readonly LoggedCall[] => {
  const calls = [...queries.calls.all()]
    .filter((call) => !isOver(call, queries) && (call.side === 'centre' || isOriginated(call, queries)))
    .sort((a, b) => a.startedAt - b.startedAt);
  return calls.flatMap((call): readonly LoggedCall[] => {
    if (call.side === 'gateway') {
      const gateway = gatewayEnd(call, queries);
      const partner = call.partner === undefined ? undefined : queries.calls.call(call.partner);
      const centre = partner && centreEnd(partner);
      return gateway ? [{ gateway, ...(centre ? { centre } : {}) }] : [];
    }
    const centre = call.partner === undefined ? centreEnd(call) : undefined;
    return centre ? [{ centre }] : [];
  });
};
