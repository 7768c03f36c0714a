import type { EventFilter } from '#domain/contracts/event-store.js';
import { categoryOf, streamCategories, type StreamId } from '#domain/kernel/ids.js';

/** The server's filters are one of: streams whose names begin so, or events whose type matches. */
export type ServerFilter = Readonly<{ streamPrefixes: readonly string[] }> | Readonly<{ typePattern: string }>;

/** Which streams of the server are this log's, and how they are named there. */
export type OurStreams = Readonly<{
  /** @throws {RangeError} when it is of a kind that no reader of the log would be handed */
  nameOf: (stream: StreamId) => string;
  /** The stream's id, or `undefined` for a stream that is somebody else's, the server's own among them. */
  idOf: (name: string) => StreamId | undefined;
  /** What the server need not send; `undefined` when nothing can match. */
  serverFilter: (filter: EventFilter | undefined) => ServerFilter | undefined;
  /** What is left to sift here. */
  matches: (filter: EventFilter | undefined) => (stream: StreamId, type: string) => boolean;
}>;

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @param namespace what our streams' names begin with there; with its dot, or empty */
export const ourStreams = (namespace: string): OurStreams => {
  const kinds = new Set<string>(streamCategories);

  return {
    nameOf: (stream) => {
      if (!kinds.has(categoryOf(stream))) throw new RangeError(`the log has no streams like ${stream}`);
      return namespace + stream;
    },
    idOf: (name) => {
      if (!name.startsWith(namespace)) return undefined;
      const stream = name.slice(namespace.length);
      return kinds.has(categoryOf(stream)) ? (stream as StreamId) : undefined;
    },
    serverFilter: ({ categories, types } = {}) => {
      if (categories?.length === 0 || types?.length === 0) return undefined;
      if (types) return { typePattern: `^(${types.map(literally).join('|')})$` };
      return { streamPrefixes: (categories ?? streamCategories).map((category) => `${namespace}${category}-`) };
    },
    matches: ({ categories, types } = {}) => {
      const wantedTypes = types && new Set(types);
      const wantedKinds = categories && new Set<string>(categories);
      return (stream, type) =>
        (!wantedTypes || wantedTypes.has(type)) && (!wantedKinds || wantedKinds.has(categoryOf(stream)));
    },
  };
};
