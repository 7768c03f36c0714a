import { useSyncExternalStore } from 'react';
import type { Problem } from '#domain/views/live-messages.js';
import { openDesk, type Desk } from './wire/desk.js';
import { whoAmI, signOut, type Me } from './wire/session.js';

export type Session =
  | Readonly<{ state: 'asking' }>
  | Readonly<{ state: 'signed-out'; why?: string }>
  | Readonly<{ state: 'unreachable'; problem: Problem }>
  /** The desk of those who are agents lives as long as the session: a call comes on whatever page they are. */
  | Readonly<{ state: 'signed-in'; me: Me; desk?: Desk }>;

let session: Session = { state: 'asking' };
const listeners = new Set<() => void>();

const become = (next: Session): void => {
  if (session.state === 'signed-in') session.desk?.close();
  session = next;
  for (const listener of listeners) listener();
};

export const endSession = (why?: string): void => {
  become(why === undefined ? { state: 'signed-out' } : { state: 'signed-out', why });
};

const deskOf = (me: Me): Desk | undefined => {
  if (!me.roles.includes('agent')) return undefined;
  const desk = openDesk();
  desk.subscribe(() => {
    if (desk.current().connection.state === 'signed-out') endSession('Your session has ended. Sign in to go on.');
  });
  return desk;
};

/** Asks the server who is here: on arrival, after signing in, and again when it could not be reached. */
export const learnSession = async (): Promise<void> => {
  const asked = await whoAmI();
  if (asked.ok) {
    const desk = deskOf(asked.value);
    become(desk ? { state: 'signed-in', me: asked.value, desk } : { state: 'signed-in', me: asked.value });
  } else if (asked.problem.status === 401) endSession();
  else become({ state: 'unreachable', problem: asked.problem });
};

/** Leaves, also when the server cannot be told: then its own clock ends the session. */
export const leave = async (): Promise<void> => {
  await signOut();
  endSession();
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): Session => useSyncExternalStore(listen, () => session);
