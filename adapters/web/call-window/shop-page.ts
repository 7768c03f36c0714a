import type { FromPage, ToPage } from '../shared/page-messages.js';

export type ShopPageEvents = Readonly<{
  /** Whether a page of that origin belongs to the call; it may bring a click of its own. The browser says the origin. */
  belongs: (message: FromPage, origin: string) => boolean;
  here: (message: FromPage) => void;
}>;

export type ShopPage = Readonly<{
  ask: () => void;
  push: (push: Extract<ToPage, { trunkline: 'push' }>) => void;
  /** Whether a page of the call has answered lately: the tab may be closed, or have gone elsewhere. */
  isThere: () => boolean;
  /** Opens a page of the shop in a tab of its own, which takes the place of the one that is gone. */
  open: (url: string) => void;
}>;

/** A page that has not answered for so long, in milliseconds, is gone. */
const silence = 3500;

/** The tab with the merchant's page: the window that opened this one, across all pages that are shown in it. */
export const shopPage = ({ belongs, here }: ShopPageEvents): ShopPage => {
  let page = window.opener as Window | null;
  let origin = '';
  let heardAt = 0;

  addEventListener('message', ({ source, data, origin: from }: MessageEvent<FromPage | null>) => {
    if (source !== page || data?.trunkline !== 'here' || !belongs(data, from)) return;
    origin = from;
    heardAt = Date.now();
    here(data);
  });

  return {
    // To whoever is there: the question itself says nothing, and only an applet knows what to answer.
    ask: () => page?.postMessage({ trunkline: 'ask' } satisfies ToPage, '*'),
    push: (push) => page?.postMessage(push, origin),
    isThere: () => page?.closed === false && Date.now() - heardAt < silence,
    open: (url) => {
      page = open(url, 'trunkline-shop');
    },
  };
};
