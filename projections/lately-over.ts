import type { Instant, Milliseconds } from '#domain/kernel/time.js';

/** What is over and may still be asked for, with the time it ended by the log's clock; in the order in which it ended. */
export type LatelyOver<Id> = Map<Id, Instant>;

/**
 * How long what is over is remembered: a customer reloads the call window, a merchant looks up who just called, a call
 * comes late through the public network.
 */
const rememberedFor: Milliseconds = 600_000;
/** And of how many at once, so that a flood of calls that end cannot fill the memory either. */
const mostRemembered = 5_000;

/** It has ended; of what ends twice the first time counts. */
export const ends = <Id>(over: LatelyOver<Id>, id: Id, at: Instant): void => {
  if (!over.has(id)) over.set(id, at);
};

/**
 * Takes out what ended too long before `now`, oldest first. The time is the log's, not a clock's: whoever folds the same
 * events forgets the same things.
 */
export const takeForgotten = <Id>(over: LatelyOver<Id>, now: Instant, most = mostRemembered): readonly Id[] => {
  const forgotten: Id[] = [];
  for (const [id, at] of over) {
    if (at + rememberedFor > now && over.size <= most) break;
    over.delete(id);
    forgotten.push(id);
  }
  return forgotten;
};
