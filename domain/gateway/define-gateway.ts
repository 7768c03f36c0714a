import { accept, ignore, reject, type Decision } from '../kernel/decider.js';
import { isE164 } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';
import type { GatewayRejection } from './gateway.commands.js';
import type { Gateway, GatewayEvent, GatewayPort } from './gateway.events.js';
import type { GatewayState, Port } from './gateway.state.js';

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isWithin = (value: number, bound: number): boolean => Math.abs(value) <= bound;
const hasTwins = (values: readonly unknown[]): boolean => new Set(values).size < values.length;

const isSound = ({ name, location, pilotNumber, trunkGroup, ports, quarantine }: Gateway): boolean =>
  name.trim() !== '' &&
  trunkGroup.trim() !== '' &&
  isWithin(location.latitude, 90) &&
  isWithin(location.longitude, 180) &&
  isE164(pilotNumber) &&
  isCount(quarantine) &&
  ports.length > 0 &&
  ports.every(({ port, ani }) => isCount(port) && isE164(ani));

const flaw = (gateway: Gateway): GatewayRejection | undefined => {
  if (!isSound(gateway)) return 'bad-gateway';
  if (hasTwins(gateway.ports.map(({ port }) => port))) return 'duplicate-port';
  // A pilot number that is a port's as well would make every look-up by it a guess.
  return hasTwins([gateway.pilotNumber, ...gateway.ports.map(({ ani }) => ani)]) ? 'duplicate-ani' : undefined;
};

const isInUse = ({ use }: Port, now: Instant): boolean => use.status === 'leased' || use.restsUntil > now;

/** A port that is leased or rests must stay as it is: its number still means the call it had. */
const disturbs = (ports: readonly Port[], defined: readonly GatewayPort[], now: Instant): boolean => {
  const aniOf = new Map(defined.map(({ port, ani }) => [port, ani]));
  return ports.some((port) => isInUse(port, now) && aniOf.get(port.port) !== port.ani);
};

const samePorts = (a: readonly GatewayPort[], b: readonly GatewayPort[]): boolean =>
  a.length === b.length && a.every(({ port, ani }, index) => port === b[index]?.port && ani === b[index].ani);

const sameGateway = (a: Gateway, b: Gateway): boolean =>
  a.name === b.name &&
  a.location.latitude === b.location.latitude &&
  a.location.longitude === b.location.longitude &&
  a.pilotNumber === b.pilotNumber &&
  a.trunkGroup === b.trunkGroup &&
  a.quarantine === b.quarantine &&
  samePorts(a.ports, b.ports);

/** A gateway as it shall be from now on. Live leases go on. */
export const defineGateway = (
  gateway: Gateway,
  state: GatewayState,
  now: Instant,
): Decision<GatewayEvent, GatewayRejection> => {
  const reason = flaw(gateway);
  if (reason) return reject(reason);
  if (state.status === 'defined') {
    if (sameGateway(state.gateway, gateway)) return ignore;
    if (disturbs(state.ports, gateway.ports, now)) return reject('port-in-use');
  }
  return accept({ type: 'GatewayDefined', data: gateway });
};
