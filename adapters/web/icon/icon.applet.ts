import type { Instant } from '#domain/kernel/time.js';
import { openCallWindow, withdrawLink } from './call-window.js';
import { onPress, referenceOf } from './icons.js';
import { recall, remember } from './page-memory.js';
import type { FromPage, IconClick, PushOutcome, ToPage } from '../shared/page-messages.js';
import { mayShow } from './push-guard.js';
import { sharedCookies } from './shared-cookies.js';
import { sharedFields, type Field } from './shared-fields.js';
import { visited } from './visit.js';

/** Milliseconds after which what is being typed is told: once for a word, not once for a letter. */
const pause = 300;

const withoutFragment = (address: string): string => address.replace(/#.*/, '');

/**
 * All that runs on a merchant's page. Nothing leaves the page before a click; after it, the page answers the call
 * window, which it knows by the server's origin, and nobody else.
 */
const start = (script: HTMLScriptElement): void => {
  const { server: elsewhere, cookies, blocked = 'Pop-up blocked: open the call window' } = script.dataset;
  const server = new URL(elsewhere ?? script.src).origin;
  let { pages, push } = recall();
  let asked: PushOutcome | undefined;
  let click: IconClick | undefined;
  let asker: Window | undefined;
  let typed = 0;

  const note = (): void => {
    pages = visited(pages, { url: location.href, title: document.title, at: Date.now() as Instant });
    remember({ pages, push: asked });
  };

  const tell = (): void => {
    note();
    const forms = sharedFields(document.querySelectorAll<HTMLElement & Field>('input,select,textarea'));
    const said = { click, pages, forms, cookies: sharedCookies(document.cookie, cookies), typing: typed > 0, push };
    asker?.postMessage({ trunkline: 'here', ...said } satisfies FromPage, server);
    push = undefined;
  };

  const show = ({ pushId, url, origins }: ToPage & { trunkline: 'push' }): void => {
    const shown = mayShow(url, [location.origin, ...origins]);
    // Within one page nothing is loaded, so nothing would say later that it has been shown.
    if (!shown || withoutFragment(url) === withoutFragment(location.href)) push = { pushId, shown };
    else asked = { pushId, shown };
    if (shown) location.assign(url);
    tell();
  };

  note();
  // A single-page shop changes address and title by itself: they are looked at when somebody moves on.
  addEventListener('click', note, true);
  addEventListener('pagehide', note);
  onPress((icon) => {
    click = { clickKey: openCallWindow(icon, server, blocked), icon: referenceOf(icon, script) };
  });
  addEventListener('input', () => {
    clearTimeout(typed);
    typed = setTimeout(tell, pause);
  });
  addEventListener('message', ({ origin, source, data }: MessageEvent<ToPage | null>) => {
    if (origin !== server || !data?.trunkline) return;
    asker = source as Window;
    withdrawLink();
    if (data.trunkline === 'push') show(data);
    else tell();
  });
};

const page = window as { __trunkline?: true };
// A page may carry the snippet twice; its icons are still clicked once.
if (!page.__trunkline) {
  page.__trunkline = true;
  start(document.currentScript as HTMLScriptElement);
}
