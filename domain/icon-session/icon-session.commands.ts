import type { Command } from '../kernel/decider.js';
import type { IconSessionId } from '../kernel/ids.js';
import type { Location } from '../kernel/geography.js';
import type { LinkId, ContactId } from '../kernel/ids.js';
import type { E164 } from '../kernel/phone-number.js';
import type { CapturePolicy } from '../merchant/merchant.events.js';
import type {
  IdentificationSource,
  NamedValues,
  Page,
  PageBlockedReason,
  SessionCloseCause,
} from './icon-session.events.js';

type To<Type extends string, Data> = Command<Type, IconSessionId, Data>;

/** What the icon's page may tell about itself, at the click and after it. */
export type PageContext = Readonly<{
  page?: Page;
  /** Pages before, oldest first. */
  pagesBefore?: readonly Page[];
  /** Form name → what is in it so far. */
  forms?: Readonly<Record<string, NamedValues>>;
  cookies?: NamedValues;
}>;

export type IconSessionCommand =
  | To<
      'ClickIcon',
      {
        contactId: ContactId;
        linkId?: LinkId;
        tokenId?: string;
        iconNumber?: E164;
        merchantSessionId?: string;
        customerRef?: Readonly<{ ref: string; by: IdentificationSource }>;
        origin: string;
        page: Page;
        pseudoAni: string;
        location?: Location;
        context: PageContext;
        /** What the merchant allows to be passed on, as configured at the click. */
        capture: CapturePolicy;
      }
    >
  | To<'ReportPageContext', { context: PageContext; capture: CapturePolicy }>
  | To<'PushPage', { pushId: string; url: string; label: string; by: string; code?: string }>
  | To<'ReportPageShown', { pushId: string; url: string }>
  | To<'ReportPageBlocked', { pushId: string; why: PageBlockedReason }>
  /** Volume in percent of normal, 0 to 300; echo cancellation 0 or 1. `change`: relative, for volume. */
  | To<
      'ChangeMediaSetting',
      | { setting: 'volume'; changePercent: number; by: string }
      | { setting: 'echo-cancellation'; on: boolean; by: string }
    >
  | To<'CloseSession', { cause: SessionCloseCause }>;

export type IconSessionRejection = 'unknown-session' | 'session-is-closed' | 'push-after-the-call';
