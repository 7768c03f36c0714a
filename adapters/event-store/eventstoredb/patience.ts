import { setTimeout as pause } from 'node:timers/promises';
import { isPassing } from './eventstoredb-failure.js';

/** How long it is tried again, and how fast. Milliseconds. */
export type Patience = Readonly<{ bound: number; firstPause: number; longestPause: number }>;

export const ordinaryPatience: Patience = { bound: 10_000, firstPause: 20, longestPause: 500 };

/** Doubles from one try to the next. */
export const pauseBefore = ({ firstPause, longestPause }: Patience, nthTry: number): number =>
  Math.min(longestPause, firstPause * 2 ** Math.min(nthTry, 16));

/** Waits; ends at once when it is told to stop. Does not keep the process alive. */
export const waitFor = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  pause(milliseconds, undefined, signal && { signal }).catch(() => undefined);

/** Tries until it works, until what stands in the way will not pass, or until patience is at an end. */
export const insist = async <Answer>(
  patience: Patience,
  attempt: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> => {
  const began = performance.now();
  for (let nth = 0; ; nth += 1) {
    try {
      return await attempt();
    } catch (thrown) {
      const late = performance.now() - began > patience.bound;
      if (late || signal.aborted || !isPassing(thrown)) throw thrown;
    }
    await waitFor(pauseBefore(patience, nth), signal);
  }
};
