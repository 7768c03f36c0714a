import type { IconReference } from '#domain/contracts/customer-desk.js';
import type { NamedValues, Page } from '#domain/icon-session/icon-session.events.js';

/** What the call window says to the merchant's page: a question about once a second, and pages to be shown. */
export type ToPage =
  | Readonly<{ trunkline: 'ask' }>
  /** `origins`: other origins of the same merchant, as the server has verified them. */
  | Readonly<{ trunkline: 'push'; pushId: string; url: string; origins: readonly string[] }>;

/** The icon that was clicked on this page, and the key by which each try of that click is the same click. */
export type IconClick = Readonly<{ clickKey: string; icon: IconReference }>;

/** What became of a push: said once, by the page that was shown, or by the one that would not lead elsewhere. */
export type PushOutcome = Readonly<{ pushId: string; shown: boolean }>;

/** What the page answers: to the call window, and to nobody else. */
export type FromPage = Readonly<{
  trunkline: 'here';
  click: IconClick | undefined;
  /** The pages of this visit, oldest first; the last one is where the customer is now. */
  pages: readonly Page[];
  forms: Readonly<Record<string, NamedValues>>;
  cookies: NamedValues;
  /** The customer has typed something that leaving this page would lose. */
  typing: boolean;
  push: PushOutcome | undefined;
}>;
