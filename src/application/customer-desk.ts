import { createHash } from 'node:crypto';
import type { AccessControl } from '#domain/contracts/access-control.js';
import type { BackOffice } from '#domain/contracts/back-office.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus, CommandOutcome } from '#domain/contracts/command-bus.js';
import type { ClickOutcome, ClickRequest, CustomerDesk, CustomerRequest } from '#domain/contracts/customer-desk.js';
import type { Telephony } from '#domain/contracts/telephony.js';
import type { CallCause } from '#domain/call/call.events.js';
import {
  callId,
  contactId,
  iconSessionId,
  tenantOf,
  uniqueOf,
  type CallId,
  type IconSessionId,
} from '#domain/kernel/ids.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { Page } from '#domain/icon-session/icon-session.events.js';
import { useOf } from '#projections/ani-index/token-uses.js';
import { renderWindow } from '#projections/call-window/render-window.js';
import type { LiveViews } from './live-views.js';
import { createPresence } from './presence.js';
import { readIcon, type Icon } from './read-icon.js';

export type CustomerDeskTools = Readonly<{
  commands: CommandBus;
  views: LiveViews;
  telephony: Telephony;
  access: AccessControl;
  clock: Clock;
  recordRefusal: BackOffice['recordRefusal'];
  /** How long a call goes on without its window. */
  goneAfter: Milliseconds;
}>;

/** The session's id follows from the page's click key without giving it away: the same click is the same session. */
const sessionUnique = (clickKey: string): string => createHash('sha256').update(clickKey).digest('hex').slice(0, 32);
/** Longer than a page takes to load again. */
const reloadMs = 3_000;

/** As many digits as a number has at most (E.164), and never a dialable one: they begin with 0. */
const pseudoAniOf = (unique: string): string =>
  `0${(BigInt(`0x${unique.slice(0, 16)}`) % 100_000_000_000_000n).toString().padStart(14, '0')}`;

const callOf = (sessionId: IconSessionId): CallId => callId(tenantOf(sessionId), uniqueOf(sessionId));
const actorOf = (sessionId: IconSessionId) => ({ actor: `customer:${sessionId}` });

export type CustomerDeskOfApplication = CustomerDesk &
  Readonly<{
    /** After a restart: windows of calls in progress have a while to come back, else their calls end. */
    expectEverybody: () => void;
  }>;

/** What customers' browsers ask for, taken to the aggregate concerned. */
export const createCustomerDesk = (tools: CustomerDeskTools): CustomerDeskOfApplication => {
  const { commands, views, telephony, access, clock } = tools;

  const place = async (request: ClickRequest, icon: Icon): Promise<ClickOutcome> => {
    const at = clock.now();
    const unique = sessionUnique(request.clickKey);
    const sessionId = iconSessionId(icon.merchantId, unique);
    const contact = contactId(icon.merchantId, unique);
    const { merchant, merchantId: _owner, ...named } = icon;
    const page: Page = request.context.page ?? { url: request.origin, title: '', at };
    const outcome = await commands.dispatch(
      {
        type: 'ClickIcon',
        target: sessionId,
        at,
        data: {
          ...named,
          contactId: contact,
          origin: request.origin,
          page,
          pseudoAni: pseudoAniOf(unique),
          context: request.context,
          capture: merchant.capture,
        },
      },
      actorOf(sessionId),
    );
    if (outcome.outcome === 'accepted') return { outcome: 'accepted', sessionId, contactId: contact };
    return { outcome: 'failed', failure: outcome.outcome === 'rejected' ? outcome.reason : outcome.failure };
  };

  const clear = (sessionId: IconSessionId, cause: CallCause): Promise<CommandOutcome> =>
    commands.dispatch(
      { type: 'RequestClearCall', target: callOf(sessionId), at: clock.now(), data: { by: 'customer', cause } },
      actorOf(sessionId),
    );

  const presence = createPresence<IconSessionId>(clock, tools.goneAfter, (sessionId) => {
    void clear(sessionId, 'network-lost');
  });
  /** A browser cannot tell a window that is closed from one that is reloaded: a reloaded one is back at once. */
  const leaving = createPresence<IconSessionId>(clock, reloadMs, (sessionId) => {
    void clear(sessionId, 'window-closed');
  });

  const keyDigits = async (sessionId: IconSessionId, digits: string): Promise<CommandOutcome> => {
    const { outcome } = await telephony.callerDigits(callOf(sessionId), digits);
    return outcome === 'accepted'
      ? { outcome: 'accepted', events: 0, position: 0 }
      : { outcome: 'rejected', reason: 'unknown-call' };
  };

  const known = (sessionId: IconSessionId): boolean => views.folds.windows.contactOfSession.has(sessionId);

  const answer = (sessionId: IconSessionId, request: CustomerRequest): Promise<CommandOutcome> => {
    const base = { target: sessionId, at: clock.now() } as const;
    const by = actorOf(sessionId);
    switch (request.type) {
      case 'context': {
        const capture = views.queries.merchants.merchant(tenantOf(sessionId))?.capture ?? {
          cookies: [],
          formFields: [],
        };
        return commands.dispatch(
          { ...base, type: 'ReportPageContext', data: { context: request.context, capture } },
          by,
        );
      }
      case 'hang-up':
        return clear(sessionId, 'normal-clearing');
      case 'key-digits':
        return keyDigits(sessionId, request.digits);
      case 'page-shown':
        return commands.dispatch(
          { ...base, type: 'ReportPageShown', data: { pushId: request.pushId, url: request.url } },
          by,
        );
      case 'page-blocked':
        return commands.dispatch(
          { ...base, type: 'ReportPageBlocked', data: { pushId: request.pushId, why: request.why } },
          by,
        );
      case 'send-message': {
        const data = { messageId: request.messageId, from: 'customer', text: request.text } as const;
        return commands.dispatch({ type: 'SendChannelMessage', target: callOf(sessionId), at: base.at, data }, by);
      }
    }
  };

  return {
    click: async (request, from) => {
      const reading = await readIcon(request, {
        access,
        merchants: views.queries.merchants,
        tokenUse: (tokenId) => useOf(views.folds.aniIndex.tokenUses, tokenId),
        isRepeated: (merchantId) => known(iconSessionId(merchantId, sessionUnique(request.clickKey))),
      });
      if (reading.outcome === 'valid') return place(request, reading.icon);
      const { reason, merchantId } = reading;
      if (merchantId !== undefined) {
        const why =
          reason === 'replayed-token' ? 'stale-token' : reason === 'no-merchant-named' ? 'unknown-merchant' : reason;
        tools.recordRefusal(merchantId, { why, what: `icon clicked on ${request.origin}`, from });
      }
      return { outcome: 'refused', reason };
    },
    request: (sessionId, request) =>
      known(sessionId)
        ? answer(sessionId, request)
        : Promise.resolve({ outcome: 'rejected', reason: 'unknown-session' }),
    window: (sessionId) => {
      const contact = views.folds.windows.contactOfSession.get(sessionId);
      const window = contact === undefined ? undefined : renderWindow(views.callWindows, contact);
      return window && { position: views.position(), window };
    },
    expectEverybody: () => {
      for (const { sessionId } of views.queries.calls.all()) if (sessionId !== undefined) presence.absent(sessionId);
    },
    present: (sessionId) => {
      presence.present(sessionId);
      leaving.present(sessionId);
    },
    absent: (sessionId, closed) => {
      (closed ? leaving : presence).absent(sessionId);
    },
  };
};
