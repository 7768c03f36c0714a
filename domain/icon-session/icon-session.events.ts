import type { DomainEvent } from '../kernel/decider.js';
import type { Location } from '../kernel/geography.js';
import type { ContactId, LinkId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { Instant } from '../kernel/time.js';

export type Page = Readonly<{ url: string; title: string; at: Instant }>;
/** `name → value`. */
export type NamedValues = Readonly<Record<string, string>>;
/** `server-signed` came in a signed token; `page` is only what the page said. */
export type IdentificationSource = 'server-signed' | 'page';

/** How the customer's browser plays and records the call, as it is from now on. */
export type MediaSetting =
  Readonly<{ setting: 'volume'; percent: number }> | Readonly<{ setting: 'echo-cancellation'; on: boolean }>;

export type IconSessionEvent =
  | DomainEvent<
      'IconClicked',
      {
        contactId: ContactId;
        linkId?: LinkId;
        /** Signed token's id, where the icon had one. */
        tokenId?: string;
        /** Destination that stood in the icon; only from a signed token. */
        iconNumber?: E164;
        /** The merchant's own session id, where the icon named one. */
        merchantSessionId?: string;
        /** Origin that the icon was clicked on, as the browser asserted it. */
        origin: string;
        page: Page;
        /** Digits by which a pure internet call can be looked up like a line number (S1 [79]). */
        pseudoAni: string;
        location?: Location;
      }
    >
  | DomainEvent<'PageViewed', { page: Page }>
  | DomainEvent<'FormCaptured', { form: string; fields: NamedValues }>
  | DomainEvent<'CookiesCaptured', { cookies: NamedValues }>
  | DomainEvent<'CustomerIdentified', { customerRef: string; by: IdentificationSource }>
  | DomainEvent<'PagePushed', { pushId: string; url: string; label: string; by: string; code?: string }>
  | DomainEvent<'PageShown', { pushId: string; url: string }>
  | DomainEvent<'PageBlocked', { pushId: string; why: PageBlockedReason }>
  | DomainEvent<'MediaSettingChanged', MediaSetting & Readonly<{ by: string }>>
  | DomainEvent<'SessionClosed', { cause: SessionCloseCause }>;

export type PageBlockedReason = 'page-gone' | 'refused-by-customer' | 'foreign-address' | 'no-answer';
export type SessionCloseCause = 'call-over' | 'window-closed' | 'network-lost';
