import type { IconSessionId, LinkId, MerchantId } from '#domain/kernel/ids.js';

/** Open sessions by what they may be asked for besides a port's number: announced digits, customer, visit, icon. */
export type OpenSessions = Readonly<{
  sessions: Map<string, Set<IconSessionId>>;
  keysOf: Map<IconSessionId, readonly string[]>;
}>;

export const noOpenSessions = (): OpenSessions => ({ sessions: new Map(), keysOf: new Map() });

export const customerKey = (merchantId: MerchantId, ref: string): string => `customer ${merchantId} ${ref}`;
export const visitKey = (merchantId: MerchantId, merchantSessionId: string): string =>
  `visit ${merchantId} ${merchantSessionId}`;
/** Digits that a browser announced. They follow from a random number: two of them may be the same. */
export const pseudoAniKey = (merchantId: MerchantId, digits: string): string => `pseudo-ani ${merchantId} ${digits}`;
/** A link's id names its merchant. */
export const iconKey = (linkId: LinkId): string => `icon ${linkId}`;

const forget = ({ sessions }: OpenSessions, sessionId: IconSessionId, key: string): void => {
  const known = sessions.get(key);
  known?.delete(sessionId);
  if (known?.size === 0) sessions.delete(key);
};

const kindOf = (key: string): string => key.slice(0, key.indexOf(' '));

/** From now on it is found by this key, and no longer by another of the same kind. */
export const fileUnder = (open: OpenSessions, sessionId: IconSessionId, key: string): void => {
  const before = open.keysOf.get(sessionId) ?? [];
  for (const other of before) if (kindOf(other) === kindOf(key)) forget(open, sessionId, other);
  open.keysOf.set(sessionId, [...before.filter((other) => kindOf(other) !== kindOf(key)), key]);
  const known = open.sessions.get(key);
  if (known) known.add(sessionId);
  else open.sessions.set(key, new Set([sessionId]));
};

/** It is open no more. */
export const unfile = (open: OpenSessions, sessionId: IconSessionId): void => {
  for (const key of open.keysOf.get(sessionId) ?? []) forget(open, sessionId, key);
  open.keysOf.delete(sessionId);
};
