import type { ContactId, IconSessionId } from '../kernel/ids.js';
import type { IdentificationSource, NamedValues, Page } from '../icon-session/icon-session.events.js';
import type { Instant } from '../kernel/time.js';

/** What the merchant's own CRM learns of a click: icon data, cookies, pages (S1 [127]). */
export type IconSessionView = Readonly<{
  sessionId: IconSessionId;
  contactId: ContactId;
  iconLabel?: string;
  linkId?: string;
  origin: string;
  merchantSessionId?: string;
  customer?: Readonly<{ ref: string; by: IdentificationSource }>;
  pageNow: Page;
  /** Newest first, the present one left out. */
  pagesBefore: readonly Page[];
  forms: Readonly<Record<string, NamedValues>>;
  cookies: NamedValues;
  clickedAt: Instant;
  open: boolean;
}>;
