import { accept, ignore, reject, type Decider, type Decision } from '../kernel/decider.js';
import type { LeaseId } from '../kernel/ids.js';
import { after, type Instant } from '../kernel/time.js';
import { defineGateway } from './define-gateway.js';
import type { GatewayCommand, GatewayRejection } from './gateway.commands.js';
import type { GatewayEvent, Lease } from './gateway.events.js';
import { evolveGateway } from './gateway.evolve.js';
import { portOf, type DefinedGateway, type GatewayState, type Port } from './gateway.state.js';
import { lookUp } from './id-index.js';

type Ask<Type extends GatewayCommand['type']> = Extract<GatewayCommand, { type: Type }>;
type Answer = Decision<GatewayEvent, GatewayRejection>;

const mayBeLeased = ({ use, blocked }: Port, now: Instant): boolean =>
  use.status === 'idle' && use.restsUntil <= now && !blocked;

/** The port that has rested longest: whatever of its last call is still on the way has had the most time to arrive. */
const longestRested = (state: DefinedGateway, now: Instant): Port | undefined => {
  for (const number of state.idle) {
    const port = portOf(state, number);
    if (port && mayBeLeased(port, now)) return port;
  }
  return undefined;
};

/** Asked before: the call has its port, or had it, or was turned away and has gone on to another gateway. */
const wasAsked = (state: DefinedGateway, { leaseId, callId }: Ask<'LeasePort'>['data']): boolean =>
  state.turnedAway.includes(callId) ||
  lookUp(state.portOfCall, callId) !== undefined ||
  lookUp(state.portOfLease, leaseId) !== undefined;

const lease = ({ data, at }: Ask<'LeasePort'>, state: DefinedGateway): Answer => {
  if (wasAsked(state, data)) return ignore;
  const { leaseId, callId, contactId, sessionId, merchantId } = data;
  const chosen = longestRested(state, at);
  if (!chosen) return accept({ type: 'PoolExhausted', data: { callId, contactId, merchantId } });
  const { port, ani, sequence } = chosen;
  return accept({
    type: 'PortLeased',
    data: { leaseId, port, ani, callId, contactId, sessionId, merchantId, sequence: sequence + 1, at },
  });
};

const liveLease = (state: DefinedGateway, leaseId: LeaseId): Lease | undefined => {
  const use = portOf(state, lookUp(state.portOfLease, leaseId))?.use;
  return use?.status === 'leased' ? use.lease : undefined;
};

const release = ({ data: { leaseId, cause }, at }: Ask<'ReleasePort'>, state: DefinedGateway): Answer => {
  const held = liveLease(state, leaseId);
  if (!held) return ignore;
  const { port, merchantId, contactId } = held;
  // From the latest time seen, so that a clock that has gone back, and later right again, does not cut the rest short.
  const until = after(at > state.latest ? at : state.latest, state.gateway.quarantine);
  return accept<GatewayEvent>(
    { type: 'PortReleased', data: { ...held, cause } },
    { type: 'PortQuarantined', data: { port, until, leaseId, merchantId, contactId } },
  );
};

const setBlocked = ({ type, data }: Ask<'BlockPort' | 'UnblockPort'>, state: DefinedGateway): Answer => {
  const port = portOf(state, data.port);
  if (!port || port.retired) return reject('unknown-port');
  if (port.blocked === (type === 'BlockPort')) return ignore;
  return accept(type === 'BlockPort' ? { type: 'PortBlocked', data } : { type: 'PortUnblocked', data });
};

/** Which port of a gateway belongs to which call, from lease to release; then it rests (quarantine). */
export const gatewayDecider: Decider<GatewayCommand, GatewayState, GatewayEvent, GatewayRejection> = {
  initialState: { status: 'unknown' },

  decide: (command, state) => {
    if (command.type === 'DefineGateway') return defineGateway(command.data, state, command.at);
    if (state.status === 'unknown') return reject('unknown-gateway');
    switch (command.type) {
      case 'LeasePort':
        return lease(command, state);
      case 'ReleasePort':
        return release(command, state);
      case 'BlockPort':
      case 'UnblockPort':
        return setBlocked(command, state);
    }
  },

  evolve: evolveGateway,
};
