import { instant, type Instant } from '../kernel/time.js';
import type { Gateway, GatewayEvent, GatewayPort } from './gateway.events.js';
import { portOf, type DefinedGateway, type GatewayState, type Port } from './gateway.state.js';
import { emptyIdIndex, withId, withoutId } from './id-index.js';

type DataOf<Type extends GatewayEvent['type']> = Extract<GatewayEvent, { type: Type }>['data'];

/** Calls remembered as turned away: more than can be asked for again after a crash. */
const turnedAwayKept = 100;

const neverLeased = ({ port, ani }: GatewayPort): Port => ({
  port,
  ani,
  sequence: 0,
  blocked: false,
  retired: false,
  use: { status: 'idle', restsUntil: instant(0) },
});

const withPorts = (ports: readonly Port[]): Pick<DefinedGateway, 'ports' | 'placeOf'> => ({
  ports,
  placeOf: new Map(ports.map(({ port }, place) => [port, place])),
});

const define = (gateway: Gateway, state: GatewayState): DefinedGateway => {
  if (state.status === 'unknown') {
    return {
      status: 'defined',
      gateway,
      ...withPorts(gateway.ports.map(neverLeased)),
      idle: gateway.ports.map(({ port }) => port),
      portOfLease: emptyIdIndex,
      portOfCall: emptyIdIndex,
      latest: instant(0),
      turnedAway: [],
    };
  }
  const ports = gateway.ports.map((port) => ({
    ...(portOf(state, port.port) ?? neverLeased(port)),
    ...port,
    retired: false,
  }));
  const defined = new Set(gateway.ports.map(({ port }) => port));
  const retired = state.ports.filter(({ port }) => !defined.has(port)).map((port) => ({ ...port, retired: true }));
  const added = [...defined].filter((port) => portOf(state, port)?.retired ?? true);
  const idle = [...added, ...state.idle.filter((port) => defined.has(port))];
  return { ...state, gateway, ...withPorts([...ports, ...retired]), idle };
};

const change = (state: DefinedGateway, number: number, changed: (port: Port) => Port): readonly Port[] => {
  const place = state.placeOf.get(number);
  const port = portOf(state, number);
  return place !== undefined && port ? state.ports.with(place, changed(port)) : state.ports;
};

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

const lease = (state: DefinedGateway, { sequence, at, ...leased }: DataOf<'PortLeased'>): DefinedGateway => {
  const { port: number, leaseId, callId } = leased;
  const before = portOf(state, number)?.use;
  const forgotten = before?.status === 'idle' ? before.lastLease : undefined;
  return {
    ...state,
    ports: change(state, number, (port) => ({ ...port, sequence, use: { status: 'leased', lease: leased } })),
    idle: state.idle.toSpliced(state.idle.indexOf(number), 1),
    portOfLease: withId(withoutId(state.portOfLease, forgotten), leaseId, number),
    portOfCall: withId(state.portOfCall, callId, number),
    latest: later(state.latest, at),
  };
};

const release = (state: DefinedGateway, { port: number, leaseId, callId }: DataOf<'PortReleased'>): DefinedGateway => {
  const use = { status: 'idle', lastLease: leaseId, restsUntil: state.latest } as const;
  return {
    ...state,
    ports: change(state, number, (port) => ({ ...port, use })),
    portOfCall: withoutId(state.portOfCall, callId),
    idle: [...state.idle, number],
  };
};

const evolveDefined = (
  state: DefinedGateway,
  event: Exclude<GatewayEvent, { type: 'GatewayDefined' }>,
): GatewayState => {
  switch (event.type) {
    case 'PortLeased':
      return lease(state, event.data);
    case 'PortReleased':
      return release(state, event.data);
    case 'PortQuarantined': {
      const { port: number, until } = event.data;
      const ports = change(state, number, (port) =>
        port.use.status === 'idle' ? { ...port, use: { ...port.use, restsUntil: until } } : port,
      );
      // The guard interval began at the latest time seen then.
      return { ...state, ports, latest: instant(until - state.gateway.quarantine) };
    }
    case 'PoolExhausted':
      return { ...state, turnedAway: [...state.turnedAway.slice(1 - turnedAwayKept), event.data.callId] };
    case 'PortBlocked':
      return { ...state, ports: change(state, event.data.port, (port) => ({ ...port, blocked: true })) };
    case 'PortUnblocked':
      return { ...state, ports: change(state, event.data.port, (port) => ({ ...port, blocked: false })) };
  }
};

export const evolveGateway = (state: GatewayState, event: GatewayEvent): GatewayState => {
  if (event.type === 'GatewayDefined') return define(event.data, state);
  return state.status === 'defined' ? evolveDefined(state, event) : state;
};
