import type { Milliseconds } from '#domain/kernel/time.js';
import type { IconClick } from '../icon/page-messages.js';
import type { Sent, Switches } from './shared-context.js';

/** What a reload of this window must not lose. */
export type KeptCall = {
  click: IconClick;
  /** The page's own click that has been dealt with: a call may have been placed again since. */
  seen: string;
  /** Origin of the page with the icon, as the browser asserted it. */
  origin: string;
  /** Lets this window in at the server; missing until the click has been answered. */
  token?: string;
  /** How far the server's clock is ahead of this one. */
  ahead: Milliseconds;
  sent: Sent;
  /** When somebody answered, by the server's clock. */
  answeredAt?: number;
  over?: boolean;
  muted?: boolean;
  /** Percent, on top of what the line is set to. */
  volume?: number;
};

/** What the customer prefers, call after call. */
export type Preferences = { share: Switches; askBeforeShowing: boolean };

const read = (storage: () => Storage, name: string): unknown => {
  try {
    return JSON.parse(storage().getItem(name) ?? '');
  } catch {
    return undefined;
  }
};

const write = (storage: () => Storage, name: string, value: unknown): void => {
  try {
    storage().setItem(name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing places calls all the same; a reload begins anew.
  }
};

const call = 'trunkline-call';
const preferences = 'trunkline-preferences';

export const keptCall = (): KeptCall | undefined => read(() => sessionStorage, call) as KeptCall | undefined;
export const keepCall = (kept: KeptCall): void => {
  write(() => sessionStorage, call, kept);
};

const ordinary: Preferences = { share: { pages: true, forms: true, cookies: true }, askBeforeShowing: false };

export const keptPreferences = (): Preferences =>
  (read(() => localStorage, preferences) as Preferences | undefined) ?? ordinary;
export const keepPreferences = (kept: Preferences): void => {
  write(() => localStorage, preferences, kept);
};
