import type { Milliseconds } from '#domain/kernel/time.js';
import type { IconClick } from '../shared/page-messages.js';
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
