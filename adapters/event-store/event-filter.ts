import type { EventFilter } from '#domain/contracts/event-store.js';
import { categoryOf } from '#domain/kernel/ids.js';
import type { StoredEvent } from './event-codec.js';

/** Tells whether a stored event is one of those that the filter lets through. */
export const matcherOf = ({ categories, types }: EventFilter = {}): ((
  event: Pick<StoredEvent, 'stream' | 'type'>,
) => boolean) => {
  const wantedTypes = types && new Set(types);
  const wantedCategories = categories && new Set<string>(categories);
  return ({ stream, type }) =>
    (!wantedTypes || wantedTypes.has(type)) && (!wantedCategories || wantedCategories.has(categoryOf(stream)));
};
