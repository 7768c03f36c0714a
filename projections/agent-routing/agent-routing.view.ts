import type { AgentId, CallCentreId, CallId, DeviceId, MerchantId } from '#domain/kernel/ids.js';
import type { KnownAgent } from '#domain/policies/views.js';

export type AgentRoutingView = {
  agents: Map<AgentId, KnownAgent>;
  byDevice: Map<DeviceId, AgentId>;
  byLogin: Map<string, AgentId>;
  /** Calls with agents reserved for them. */
  reserved: Map<CallId, Set<AgentId>>;
  callOfReserved: Map<AgentId, CallId>;
  channels: Map<MerchantId, Map<string, AgentId>>;
  /** Calls waiting at each centre, with the moment each first joined. */
  waiting: Map<CallCentreId, Map<string, number>>;
};

export const loginKey = (merchantId: MerchantId, loginName: string): string =>
  `${merchantId} ${loginName.toLowerCase()}`;
