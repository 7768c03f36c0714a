import { useSyncExternalStore } from 'react';

/** Small wishes of a person, kept on this machine. Nothing about calls or customers is ever kept here. */
export type Wish = 'ring' | 'no-shortcuts';

const place = (wish: Wish): string => `trunkline.${wish}`;
const listeners = new Set<() => void>();

export const wished = (wish: Wish): boolean => localStorage.getItem(place(wish)) === 'yes';

export const setWish = (wish: Wish, on: boolean): void => {
  if (on) localStorage.setItem(place(wish), 'yes');
  else localStorage.removeItem(place(wish));
  for (const listener of listeners) listener();
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
};

export const useWish = (wish: Wish): boolean => useSyncExternalStore(listen, () => wished(wish));
