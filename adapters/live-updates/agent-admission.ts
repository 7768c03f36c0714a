import { platform, tenantOf } from '#domain/kernel/ids.js';
import type { AccessRefusal } from '#domain/access/access.events.js';
import type { StaffIdentity } from '#domain/contracts/access-control.js';
import { positionSchema } from '../wire/basic.schemas.js';
import { problemOf } from '../wire/problems.js';
import { staffBehind } from '../wire/staff-session.js';
import { ConnectionRefused } from './answers.js';
import type { AgentNeeds, AgentSeat, AgentSocket } from './agent-socket.js';
import { addressBehind, tokenOf } from './handshake.js';

const positionOf = (socket: AgentSocket): number | undefined => {
  const { position } = socket.handshake.auth as Readonly<{ position?: unknown }>;
  if (position === undefined || position === null) return undefined;
  const parsed = positionSchema.safeParse(position);
  if (!parsed.success) throw new ConnectionRefused(problemOf('invalid-request', 'position: a place in the log'));
  return parsed.data;
};

const refuse = (socket: AgentSocket, needs: AgentNeeds, why: AccessRefusal, who?: StaffIdentity): never => {
  const from = addressBehind(socket.handshake, needs.settings);
  needs.backOffice.recordRefusal(who ? tenantOf(who.agentId) : platform, { why, what: 'socket /agent', from });
  throw new ConnectionRefused(problemOf(why));
};

/**
 * Who takes a seat at the agents' namespace: somebody who is signed in now and may work as an agent now.
 * @throws {ConnectionRefused}
 */
export const admitAgent = async (socket: AgentSocket, needs: AgentNeeds): Promise<AgentSeat> => {
  const staff = await staffBehind(tokenOf(socket.handshake, needs.settings), needs);
  if ('failure' in staff) return refuse(socket, needs, staff.failure);
  const profile = needs.desk.profile(staff.identity.agentId);
  if (!profile?.roles.includes('agent')) return refuse(socket, needs, 'not-allowed', staff.identity);
  return { identity: staff.identity, centreId: profile.centreId, position: positionOf(socket) };
};
