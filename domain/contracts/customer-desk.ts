import type { PageContext } from '../icon-session/icon-session.commands.js';
import type { PageBlockedReason } from '../icon-session/icon-session.events.js';
import type { ContactId, IconSessionId } from '../kernel/ids.js';
import type { CallWindow } from '../views/call-window.js';
import type { CommandOutcome } from './command-bus.js';

/** What stood on the icon: any of it may be left out, but something must name the merchant (S1 [60-62]). */
export type IconReference = Readonly<{
  /** Signed; whatever it says outranks the rest. */
  token?: string;
  merchant?: string;
  /** `link-<merchant>.<name>`, or `<name>` when the merchant is named beside it. */
  link?: string;
  /** The merchant's own session or customer id, unsigned. */
  session?: string;
  customer?: string;
}>;

export type ClickRequest = Readonly<{
  /** Made by the page, the same for each try of one click: a click that is repeated is one click. */
  clickKey: string;
  icon: IconReference;
  /** Origin of the page with the icon, as the browser asserted it. */
  origin: string;
  context: PageContext;
}>;

export type ClickOutcome =
  | Readonly<{ outcome: 'accepted'; sessionId: IconSessionId; contactId: ContactId }>
  | Readonly<{ outcome: 'refused'; reason: ClickRefusal }>
  | Readonly<{ outcome: 'failed'; failure: string }>;

export type ClickRefusal =
  | 'forged-token'
  | 'expired-token'
  | 'replayed-token'
  | 'foreign-origin'
  | 'unknown-merchant'
  | 'unknown-link'
  | 'no-merchant-named';

export type CustomerRequest =
  | Readonly<{ type: 'context'; context: PageContext }>
  | Readonly<{ type: 'hang-up' }>
  | Readonly<{ type: 'key-digits'; digits: string }>
  | Readonly<{ type: 'page-shown'; pushId: string; url: string }>
  | Readonly<{ type: 'page-blocked'; pushId: string; why: PageBlockedReason }>
  | Readonly<{ type: 'send-message'; messageId: string; text: string }>;

/** Everything behind the icon and the call window. */
export interface CustomerDesk {
  click(request: ClickRequest, from: string): Promise<ClickOutcome>;
  request(sessionId: IconSessionId, request: CustomerRequest): Promise<CommandOutcome>;
  window(sessionId: IconSessionId): Readonly<{ position: number; window: CallWindow }> | undefined;
  /** The call window's socket is there, or gone; gone for too long ends the call. */
  present(sessionId: IconSessionId): void;
  /** `closed`: the customer closed the window, so the call ends at once. */
  absent(sessionId: IconSessionId, closed: boolean): void;
}

export interface CallWindowFeed {
  onWindow(listener: (sessionId: IconSessionId, position: number, window: CallWindow) => void): void;
}
