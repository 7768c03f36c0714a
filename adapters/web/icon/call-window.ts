import type { Icon } from './icons.js';

const name = 'trunkline-call';

/** Two clicks on one icon within this time, in milliseconds, were meant as one. */
const doubleClick = 2000;

let opened: Window | null = null;
let pressed: Icon | undefined;
let at = 0;
let key = '';
let link: HTMLElement | undefined;

/** The browser held the window back: it never does so when a link is followed, so there is one beside the icon. */
const offerLink = (icon: Icon, href: string, words: string): void => {
  link = Object.assign(document.createElement('a'), { href, target: name, rel: 'opener', textContent: words });
  icon.after(' ', link);
  link.focus();
};

/** The window is there, whatever the browser said. */
export const withdrawLink = (): void => link?.remove();

/**
 * Opens the call window within the click, as browsers ask for it, or brings it to the front: only the fragment of its
 * address changes from click to click, so a window with a call in it is not loaded again.
 * @returns the key of this click: 128 random bits
 */
export const openCallWindow = (icon: Icon, server: string, words: string): string => {
  const isOpen = (): boolean => opened?.closed === false;
  const now = Date.now();
  if (icon !== pressed || now - at > doubleClick || !isOpen()) {
    key = crypto.getRandomValues(new BigUint64Array(2)).join('-');
    const address = `${server}/call#${key}`;
    opened = open(address, name, 'popup,width=400,height=720');
    withdrawLink();
    if (!isOpen()) offerLink(icon, address, words);
  }
  opened?.focus();
  pressed = icon;
  at = now;
  return key;
};
