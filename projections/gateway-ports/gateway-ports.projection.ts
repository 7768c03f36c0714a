import type { Gateway } from '#domain/gateway/gateway.events.js';
import type { GatewayId } from '#domain/kernel/ids.js';
import type { GatewayDirectory } from '#domain/policies/views.js';
import type { Projection } from '../projection.js';

type GatewayRow = { gateway: Gateway; leased: Set<number>; blocked: Set<number> };
export type GatewayPortsView = { gateways: Map<GatewayId, GatewayRow> };

const row = (view: GatewayPortsView, stream: string): GatewayRow | undefined => view.gateways.get(stream as GatewayId);

/** Gateways and how many of their ports are neither leased nor blocked. */
export const gatewayPorts = {
  name: 'gateway-ports',
  version: 1,
  empty: (): GatewayPortsView => ({ gateways: new Map() }),
  on: {
    GatewayDefined: (view, { stream, data }) => {
      const known = row(view, stream);
      view.gateways.set(stream as GatewayId, {
        gateway: data,
        leased: known?.leased ?? new Set(),
        blocked: known?.blocked ?? new Set(),
      });
    },
    PortLeased: (view, { stream, data }) => void row(view, stream)?.leased.add(data.port),
    PortReleased: (view, { stream, data }) => void row(view, stream)?.leased.delete(data.port),
    PortBlocked: (view, { stream, data }) => void row(view, stream)?.blocked.add(data.port),
    PortUnblocked: (view, { stream, data }) => void row(view, stream)?.blocked.delete(data.port),
  },
} satisfies Projection<
  GatewayPortsView,
  'GatewayDefined' | 'PortLeased' | 'PortReleased' | 'PortBlocked' | 'PortUnblocked'
>;

export const gatewayPortsQueries = (view: GatewayPortsView): GatewayDirectory => ({
  gateways: () =>
    [...view.gateways].map(([gatewayId, { gateway, leased, blocked }]) => ({
      ...gateway,
      gatewayId,
      free: gateway.ports.length - leased.size - blocked.size,
    })),
});
