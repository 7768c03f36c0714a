import type { AgentRole } from '#domain/agent/agent.events.js';
import type { AgentId, MerchantId } from '#domain/kernel/ids.js';
import { ask, type Asked } from './http.js';

/** Whoever is signed in here. The cookie that says so is the browser's: no script sees it. */
export type Me = Readonly<{
  merchantId: MerchantId;
  agentId: AgentId;
  displayName: string;
  roles: readonly AgentRole[];
}>;

/** What customers did is not for everybody's eyes: the server refuses the rest. */
export const mayReadJourneys = ({ roles }: Me): boolean =>
  roles.some((role) => role === 'analyst' || role === 'supervisor' || role === 'admin');

export const whoAmI = (): Promise<Asked<Me>> => ask<Me>('/v1/me');

/** `login`: name and merchant, `anna@acme`. */
export const signIn = (login: string, password: string): Promise<Asked<unknown>> =>
  ask('/v1/sign-in', { method: 'POST', body: { login, password } });

export const signOut = (): Promise<Asked<unknown>> => ask('/v1/sign-out', { method: 'POST' });
