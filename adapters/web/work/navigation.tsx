import { useMemo, useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';
import { pathOf, routeOf, type Route } from './route.js';

const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

const here = (): string => `${window.location.pathname}${window.location.search}`;

/** `replace`: the page before this one is not worth going back to. */
export const go = (to: Route | string, how: 'push' | 'replace' = 'push'): void => {
  const path = typeof to === 'string' ? to : pathOf(to);
  if (path === here()) return;
  if (how === 'push') window.history.pushState(null, '', path);
  else window.history.replaceState(null, '', path);
  tell();
};

export const useRoute = (): Route => {
  const path = useSyncExternalStore(listen, here);
  return useMemo(() => {
    const [pathname = '/', search = ''] = path.split('?');
    return routeOf(pathname, search);
  }, [path]);
};

const forTheBrowser = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button !== 0 || metaKey || ctrlKey || shiftKey || altKey;

type Given = Readonly<{ to: Route; children: ReactNode; className?: string; current?: boolean; title?: string }>;

/** A link inside the application: a plain click stays in it, every other does what links do. */
export const Link = ({ to, children, className, current = false, title }: Given) => (
  <a
    href={pathOf(to)}
    className={className}
    title={title}
    aria-current={current ? 'page' : undefined}
    onClick={(event) => {
      if (forTheBrowser(event)) return;
      event.preventDefault();
      go(to);
    }}
  >
    {children}
  </a>
);
