import type { CustomerRequest, IconReference } from '#domain/contracts/customer-desk.js';
import type { Instant } from '#domain/kernel/time.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { FromPage, IconClick } from '../shared/page-messages.js';
import { keepCall } from './kept-call.js';
import type { KeptCall } from './kept-call.types.js';
import { openLine, type Line } from './line.js';
import { isLive, isOver, type Model } from './model.js';
import { placeClick } from './place-click.js';
import { digestOf, firstContext, newContext, shareable } from './shared-context.js';

/** 128 random bits, also on pages without TLS. */
const randomKey = (): string => crypto.getRandomValues(new BigUint64Array(2)).join('-');

/** What stands on the icon and says something. */
const meant = (icon: IconReference): IconReference =>
  Object.fromEntries(Object.entries(icon).filter(([, said]) => typeof said === 'string' && said !== ''));

const freshCall = { window: undefined, pushed: undefined, outgoing: [], hangingUp: false, connected: true, code: '' };

/** How long a call that has been hung up may take to be over, in milliseconds. */
const patience = 3000;

/** A click to be placed; `seen`: the page's own click that it goes back to. */
export type Placing = Readonly<{ click: IconClick; origin: string; seen: string; page: FromPage }>;

export type SessionEvents = Readonly<{
  beat: () => void;
  changed: () => void;
  told: (window: CallWindow) => void;
  over: () => void;
}>;

/** The call of this window: placed, followed and ended. What it is like is always the server's word. */
export const callSession = (model: Model, { beat, changed, told, over }: SessionEvents) => {
  let line: Line | undefined;
  let overNow = (): void => undefined;

  const keep = (kept: Partial<KeptCall>): void => {
    if (!model.kept) return;
    Object.assign(model.kept, kept);
    keepCall(model.kept);
  };
  const now = (): Instant => (Date.now() + (model.kept?.ahead ?? 0)) as Instant;
  const ask = (request: CustomerRequest): Promise<boolean> => line?.ask(request) ?? Promise.resolve(false);

  const ended = (): void => {
    keep({ over: true });
    line?.close();
    over();
    overNow();
  };

  const connect = (token: string): void => {
    model.phase = 'called';
    line = openLine(token, {
      beat,
      told: (window) => {
        model.window = window;
        model.outgoing = model.outgoing.filter(({ messageId: sent }) =>
          window.messages.every(({ messageId }) => messageId !== sent),
        );
        if (window.state === 'talking' && model.kept?.answeredAt === undefined) keep({ answeredAt: window.since });
        if (isOver(model)) ended();
        told(window);
        changed();
      },
      connected: (connected) => {
        model.connected = connected;
        changed();
      },
      refused: () => {
        model.phase = 'over';
        ended();
        changed();
      },
    });
  };

  const place = async ({ click, origin, seen, page }: Placing): Promise<void> => {
    line?.close();
    const kept: KeptCall = { click, origin, seen, ahead: 0, sent: {} };
    Object.assign(model, freshCall, { phase: 'placing', kept, told: page });
    keepCall(kept);
    changed();
    const { share } = model.preferences;
    const context = firstContext(page, share, origin, now());
    const answer = await placeClick({ clickKey: click.clickKey, icon: meant(click.icon), origin, context });
    // Another click may have taken its place meanwhile.
    if (model.kept !== kept) return;
    if (answer.outcome === 'accepted') {
      keep({ token: answer.token, ahead: answer.ahead, sent: digestOf(shareable(page, share)) });
      connect(answer.token);
    } else {
      model.phase = answer.outcome;
      model.code = answer.outcome === 'refused' ? answer.code : '';
      over();
    }
    changed();
  };

  return {
    now,
    ask,
    keep,
    place,
    /** After a reload: the call goes on. */
    resume: (): void => {
      if (model.kept?.over) model.phase = 'over';
      else if (model.kept?.token) connect(model.kept.token);
    },
    /** The same icon once more: a new click, or the old one where the server may not have heard of it. */
    again: (): Placing | undefined => {
      const { kept, told: page, phase } = model;
      if (!kept || !page) return undefined;
      const { click, origin, seen } = kept;
      return {
        click: { ...click, clickKey: phase === 'unreachable' ? click.clickKey : randomKey() },
        origin,
        seen,
        page,
      };
    },
    /** Resolves when the call is over, or when it should have been for some time. */
    hangUp: async (): Promise<void> => {
      const gone = new Promise<void>((resolve) => {
        overNow = resolve;
        setTimeout(resolve, patience);
      });
      model.hangingUp = true;
      changed();
      model.hangingUp = await ask({ type: 'hang-up' });
      changed();
      if (model.hangingUp) await gone;
    },
    /** Tells what is new on the page, as far as the customer lets it through. */
    tellContext: (): void => {
      const { told: page, window, kept, preferences } = model;
      if (!page || !window || !kept || !isLive(model)) return;
      const shared = shareable(page, preferences.share, window.capture);
      const context = newContext(shared, kept.sent);
      if (!context) return;
      const before = kept.sent;
      keep({ sent: { ...before, ...digestOf(shared) } });
      void ask({ type: 'context', context }).then((done) => {
        if (!done) keep({ sent: before });
      });
    },
    send: async (text: string, messageId = randomKey()): Promise<void> => {
      const others = model.outgoing.filter((message) => message.messageId !== messageId);
      model.outgoing = [...others, { messageId, text, failed: false }];
      changed();
      const sent = await ask({ type: 'send-message', messageId, text });
      model.outgoing = model.outgoing.map((message) =>
        message.messageId === messageId ? { ...message, failed: !sent } : message,
      );
      changed();
    },
    leave: (): void => {
      if (isLive(model)) line?.closing();
    },
  };
};
