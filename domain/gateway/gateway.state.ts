import type { CallId, LeaseId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';
import type { Gateway, Lease } from './gateway.events.js';
import type { IdIndex } from './id-index.js';

type PortUse =
  | Readonly<{ status: 'leased'; lease: Lease }>
  /** `restsUntil`: not to be leased before; nothing needs to happen then. */
  | Readonly<{ status: 'idle'; lastLease?: LeaseId; restsUntil: Instant }>;

export type Port = Readonly<{
  port: number;
  ani: E164;
  /** Leases so far. */
  sequence: number;
  blocked: boolean;
  /** No longer defined; kept, so that its sequence goes on when it comes back. */
  retired: boolean;
  use: PortUse;
}>;

export type GatewayState =
  | Readonly<{ status: 'unknown' }>
  | Readonly<{
      status: 'defined';
      gateway: Gateway;
      ports: readonly Port[];
      /** Port number → place in `ports`. */
      placeOf: ReadonlyMap<number, number>;
      /** Numbers of the ports that nobody is on, blocked ones included; the one that has rested longest comes first. */
      idle: readonly number[];
      /** Live leases, and the last lease of each idle port → port number. */
      portOfLease: IdIndex<number>;
      /** Calls with a live lease → port number. */
      portOfCall: IdIndex<number>;
      /** The latest time seen here: a clock that goes back does not make it earlier. */
      latest: Instant;
      /** Calls that found no port, the newest of them. */
      turnedAway: readonly CallId[];
    }>;

export type DefinedGateway = Extract<GatewayState, { status: 'defined' }>;

export const portOf = ({ ports, placeOf }: DefinedGateway, number: number | undefined): Port | undefined => {
  const place = number === undefined ? undefined : placeOf.get(number);
  return place === undefined ? undefined : ports[place];
};
