import type { Page } from '#domain/icon-session/icon-session.events.js';
import type { PushOutcome } from '../shared/page-messages.js';

/** What this tab remembers from one page of the shop to the next; `push`: what to say of the page that was asked for. */
export type Memory = Readonly<{ pages: readonly Page[]; push?: PushOutcome | undefined }>;

/** Where the browser keeps nothing, the visit begins here. */
export const recall = (): Memory => {
  try {
    return JSON.parse(sessionStorage['trunkline'] as string) as Memory;
  } catch {
    return { pages: [] };
  }
};

export const remember = (memory: Memory): void => {
  try {
    sessionStorage['trunkline'] = JSON.stringify(memory);
  } catch {
    // Storage full or refused: the pages before are forgotten, and nothing else.
  }
};
