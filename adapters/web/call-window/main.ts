import '../design/tokens.css';
import './call-window.css';
import { callSession, type Placing } from './call-session.js';
import { callView } from './call.view.js';
import { chatView } from './chat.view.js';
import { controlsView } from './controls.view.js';
import { keepPreferences, keptCall, keptPreferences } from './kept-call.js';
import { isLive, type Model } from './model.js';
import { oneCall } from './one-call.js';
import { pushedPages } from './pushed-pages.js';
import { pushedView } from './pushed.view.js';
import { secondCallView } from './second-call.view.js';
import { sharingView } from './sharing.view.js';
import { shopPage } from './shop-page.js';

/** Seconds to wait for the page that opened this window. */
const patience = 4;

const kept = keptCall();
const model: Model = {
  phase: 'looking',
  code: '',
  kept,
  window: undefined,
  connected: true,
  hangingUp: false,
  told: undefined,
  pushed: undefined,
  outgoing: [],
  preferences: keptPreferences(),
};

const single = oneCall(() => {
  if (isLive(model)) void session.hangUp();
});

const session = callSession(model, {
  beat: () => {
    beat();
  },
  changed: () => {
    render();
  },
  told: ({ push, origins = [] }) => {
    pushes.told(isLive(model) ? push : undefined, origins);
    session.tellContext();
  },
  over: single.end,
});

const askFirst = secondCallView();
const start = async (placing: Placing): Promise<void> => {
  const live = isLive(model);
  if (live || !(await single.begin())) {
    if (!(await askFirst(`You are on a call${live ? '' : ' in another window'}. End it and make the new one?`))) return;
    if (live) await session.hangUp();
    await single.beginInstead();
  }
  await session.place(placing);
};

/** The page's click that was dealt with last; one that may never have reached the server is dealt with again. */
let seen = kept?.token ? kept.seen : '';

const page = shopPage({
  belongs: (message, origin) => {
    const { click } = message;
    if (click && click.clickKey !== seen) {
      seen = click.clickKey;
      void start({ click, origin, seen, page: message });
    }
    return origin === model.kept?.origin || (model.window?.origins ?? []).includes(origin);
  },
  here: (message) => {
    model.told = message;
    pushes.here(message);
    pushes.settle();
    session.tellContext();
    render();
  },
});

const pushes = pushedPages({
  page,
  report: (request) => void session.ask(request),
  mustAsk: () => model.preferences.askBeforeShowing || (model.told?.typing ?? false),
  now: session.now,
  changed: (pushed) => {
    model.pushed = pushed;
    render();
  },
});

const views = [
  callView(() => {
    const placing = session.again();
    if (placing) void start(placing);
  }),
  controlsView({
    hangUp: () => void session.hangUp(),
    key: (digits) => void session.ask({ type: 'key-digits', digits }),
    mute: (muted) => {
      session.keep({ muted });
      render();
    },
    volume: (volume) => {
      session.keep({ volume });
    },
  }),
  pushedView({
    ...pushes,
    open: (url) => {
      page.open(url);
      pushes.opened();
    },
  }),
  chatView((text, messageId) => void session.send(text, messageId)),
  sharingView((preferences) => {
    model.preferences = preferences;
    keepPreferences(preferences);
    render();
  }),
];

const render = (): void => {
  for (const view of views) view(model, session.now());
};

let beats = 0;
const beat = (): void => {
  page.ask();
  pushes.settle();
  beats += 1;
  if (model.phase === 'looking' && beats >= patience) model.phase = 'no-page';
  render();
};

let reloading = false;
addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
  reloading = key === 'F5' || (key === 'r' && (ctrlKey || metaKey));
});
addEventListener('pagehide', () => {
  if (!reloading) session.leave();
});
// A further click of the page: it changes this window's fragment, and nothing else.
addEventListener('hashchange', page.ask);
session.resume();
if (isLive(model)) void single.begin();
setInterval(beat, 1000);
page.ask();
render();
