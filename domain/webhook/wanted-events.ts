import { isEventType } from '../events.js';
import { categoryOf, streamCategories, type StreamCategory } from '../kernel/ids.js';
import type { AnyEvent } from '../kernel/message.js';

/** Everything there is. */
export const everything = '*';

/** What becomes of webhooks is told to no webhook: a failing one would be told of its failures, and fail again. */
const untold: StreamCategory = 'webhook';

const isCategory = (name: string): name is StreamCategory => (streamCategories as readonly string[]).includes(name);

/** True for what a merchant may ask to be told of: an event type, a kind of stream, or everything. */
export const canBeWanted = (name: string): boolean =>
  name === everything || (isCategory(name) && name !== untold) || (isEventType(name) && !name.startsWith('Webhook'));

/** Whether an event is among those that were asked for. */
export const isWanted = (wanted: readonly string[], event: AnyEvent & Readonly<{ stream: string }>): boolean => {
  const category = categoryOf(event.stream);
  if (category === untold) return false;
  return wanted.some((name) => name === everything || name === category || name === event.type);
};

/** The narrowest reading of a log that holds all that was asked for. */
export const filterFor = (
  wanted: readonly string[],
): Readonly<{ categories: readonly StreamCategory[] }> | Readonly<{ types: readonly string[] }> => {
  if (wanted.every((name) => isEventType(name))) return { types: wanted };
  const categories = wanted.filter((name) => isCategory(name));
  return categories.length === wanted.length
    ? { categories }
    : { categories: streamCategories.filter((each) => each !== untold) };
};
