/** Remembers the latest so many, so that what is asked about yesterday's calls does not fill the memory for ever. */
export type Recent<Key, Value> = Readonly<{
  get: (key: Key) => Value | undefined;
  has: (key: Key) => boolean;
  put: (key: Key, value: Value) => void;
}>;

export const recent = <Key, Value>(limit: number): Recent<Key, Value> => {
  const kept = new Map<Key, Value>();
  return {
    get: (key) => kept.get(key),
    has: (key) => kept.has(key),
    put: (key, value) => {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size <= limit) return;
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        return;
      }
    },
  };
};

/** Calls that are over and still known to be: a repeated request about them is a repeated request. */
export const callsRemembered = 50_000;
