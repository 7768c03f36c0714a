import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { StaffIdentity } from '#domain/contracts/access-control.js';
import type { AgentDesk, LiveFeed } from '#domain/contracts/agent-desk.js';
import type { BackOffice } from '#domain/contracts/back-office.js';
import { tenantOf, type AgentId, type CallCentreId, type MerchantId } from '#domain/kernel/ids.js';
import type { AgentToServer, ServerToAgent } from '#domain/views/live-messages.js';
import type { StaffSessions } from '../wire/staff-session.js';
import type { Edge } from './edge.js';

/** Clients send anything: what it is, the schemas say. */
export type FromAgent = { [Event in keyof AgentToServer]: (...sent: unknown[]) => void };
/** What is known of a socket that was let in. `position`: where its client left off. */
export type AgentSeat = { identity: StaffIdentity; centreId: CallCentreId; position: number | undefined };
export type AgentSocket = Socket<FromAgent, ServerToAgent, DefaultEventsMap, AgentSeat>;
export type AgentNamespace = Namespace<FromAgent, ServerToAgent, DefaultEventsMap, AgentSeat>;

export type AgentNeeds = Edge &
  StaffSessions &
  Readonly<{ desk: AgentDesk; feed: LiveFeed; backOffice: Pick<BackOffice, 'signedOut' | 'recordRefusal'> }>;

/** Rooms are named here and entered here, tenant first: nothing that a client sends names one. */
export const agentRoom = (agentId: AgentId): string => `${tenantOf(agentId)}:desk:${agentId}`;
/** Those of the agent's sockets that have been told what they missed. */
export const popRoom = (agentId: AgentId): string => `${tenantOf(agentId)}:pops:${agentId}`;
export const queueRoom = (centreId: CallCentreId): string => `${tenantOf(centreId)}:queue:${centreId}`;
export const signInRoom = (merchantId: MerchantId, sessionId: string): string => `${merchantId}:sign-in:${sessionId}`;
