import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
const place = 'trunkline.theme';
const listeners = new Set<() => void>();

const isTheme = (text: string | null): text is Theme => text === 'system' || text === 'light' || text === 'dark';

/** The person's choice on this machine. */
export const theme = (): Theme => {
  const kept = localStorage.getItem(place);
  return isTheme(kept) ? kept : 'system';
};

const show = (): void => {
  const chosen = theme();
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
  for (const listener of listeners) listener();
};

export const chooseTheme = (chosen: Theme): void => {
  localStorage.setItem(place, chosen);
  show();
};

/** Before the first paint, and whenever another tab changes it. */
export const keepTheme = (): void => {
  show();
  window.addEventListener('storage', ({ key }) => {
    if (key === place) show();
  });
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useTheme = (): Theme => useSyncExternalStore(listen, theme);
