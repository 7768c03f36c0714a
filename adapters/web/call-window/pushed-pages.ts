import type { CustomerRequest } from '#domain/contracts/customer-desk.js';
import type { PageBlockedReason } from '#domain/icon-session/icon-session.events.js';
import type { Instant } from '#domain/kernel/time.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { FromPage, PushOutcome, ToPage } from '../shared/page-messages.js';

export type Push = NonNullable<CallWindow['push']>;

/**
 * A page that an agent shows, and how far that has come. `looking`: is the shop's page still there? `asking`: the
 * customer decides. `waiting`: the page has been asked for. `gone`, `failed`: only the customer can open it.
 */
export type PushedPage = Push & Readonly<{ state: 'looking' | 'asking' | 'waiting' | 'shown' | 'gone' | 'failed' }>;

type Needs = Readonly<{
  page: Readonly<{
    push: (push: Extract<ToPage, { trunkline: 'push' }>) => void;
    isThere: () => boolean;
    ask: () => void;
  }>;
  report: (request: CustomerRequest) => void;
  /** The customer wants to be asked first: always, or because something typed would be lost. */
  mustAsk: () => boolean;
  now: () => Instant;
  changed: (pushed: PushedPage | undefined) => void;
}>;

const undecided: readonly PushedPage['state'][] = ['looking', 'asking'];

/** In milliseconds: how long to look for the page, and how long a page may take to load. */
const patience = { looking: 2500, waiting: 10_000 };

/** Shows the customer what the agent pushes: at once where nothing is lost by it, and never without saying who did. */
export const pushedPages = ({ page, report, mustAsk, now, changed }: Needs) => {
  let pushed: PushedPage | undefined;
  /** The last one that was told of: the server repeats it until it has heard what became of it. */
  let known = '';
  let since = 0;
  let origins: readonly string[] = [];

  const enter = (next: PushedPage | undefined): void => {
    pushed = next;
    since = now();
    changed(next);
  };
  const block = (push: PushedPage, why: PageBlockedReason, state: 'gone' | 'failed'): void => {
    report({ type: 'page-blocked', pushId: push.pushId, why });
    enter({ ...push, state });
  };
  const send = (push: PushedPage): void => {
    enter({ ...push, state: 'waiting' });
    page.push({ trunkline: 'push', pushId: push.pushId, url: push.url, origins });
  };
  const late = (state: keyof typeof patience): boolean => now() - since > patience[state];

  const show = (push: PushedPage): void => {
    if (mustAsk()) enter({ ...push, state: 'asking' });
    else send(push);
  };

  const settle = (): void => {
    if (pushed?.state === 'waiting' && late('waiting')) block(pushed, 'no-answer', 'failed');
    if (pushed?.state !== 'looking') return;
    if (page.isThere()) show(pushed);
    else if (late('looking')) block(pushed, 'page-gone', 'gone');
  };

  const outcome = (push: PushedPage, { shown }: PushOutcome, url: string): void => {
    if (!shown) {
      block(push, 'foreign-address', 'failed');
      return;
    }
    report({ type: 'page-shown', pushId: push.pushId, url });
    enter({ ...push, state: 'shown' });
  };

  return {
    /** What the server says is still to be shown. */
    told: (push: Push | undefined, merchantOrigins: readonly string[]): void => {
      origins = merchantOrigins;
      if (!push && pushed && undecided.includes(pushed.state)) enter(undefined);
      if (!push || push.pushId === known) return;
      known = push.pushId;
      enter({ ...push, state: 'looking' });
      page.ask();
      settle();
    },
    /** What the page says. */
    here: ({ push, pages }: FromPage): void => {
      if (pushed?.state !== 'waiting' || push?.pushId !== pushed.pushId) return;
      outcome(pushed, push, pages.at(-1)?.url ?? pushed.url);
    },
    settle,
    accept: (): void => {
      if (pushed?.state === 'asking') send(pushed);
    },
    refuse: (): void => {
      const refused = pushed?.state === 'asking' && pushed.pushId;
      if (refused) report({ type: 'page-blocked', pushId: refused, why: 'refused-by-customer' });
      enter(undefined);
    },
    /** The customer opened it in a tab of its own. */
    opened: (): void => {
      if (pushed) outcome(pushed, { pushId: pushed.pushId, shown: true }, pushed.url);
    },
  };
};
