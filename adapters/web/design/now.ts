import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let ahead = 0;
let ticking: number | undefined;
let second = 0;

/** Below this the difference is the road's, not the clocks'. */
const worthCorrecting = 2000;

/** The server's clock, as far as its answers have told: what elapsed time is counted by. */
export const serverNow = (): number => Date.now() + ahead;

/** Learns from the `Date` of an answer how far the server's clock is ahead of this machine's. */
export const learnServerClock = (dateHeader: string | null): void => {
  const told = Date.parse(dateHeader ?? '');
  if (Number.isNaN(told)) return;
  const difference = told + 500 - Date.now();
  ahead = Math.abs(difference) < worthCorrecting ? 0 : difference;
};

const tick = (): void => {
  second = Math.floor(serverNow() / 1000) * 1000;
  for (const listener of listeners) listener();
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  ticking ??= window.setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(ticking);
    ticking = undefined;
  };
};

const current = (): number => {
  if (ticking === undefined || second === 0) second = Math.floor(serverNow() / 1000) * 1000;
  return second;
};

/** The present second by the server's clock. All who ask share one tick. */
export const useNow = (): number => useSyncExternalStore(listen, current);
