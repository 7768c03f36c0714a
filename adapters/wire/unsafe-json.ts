/** Names by which a value could reach what all objects have in common. */
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const deepest = 16;

export type JsonDanger = 'forbidden-key' | 'nested-too-deep';

/** What parsed JSON must not hold, before anybody looks at the rest of it. Never recurses: depth is the sender's choice. */
export const dangerIn = (parsed: unknown): JsonDanger | undefined => {
  const pending: (readonly [value: unknown, depth: number])[] = [[parsed, 0]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= deepest) return 'nested-too-deep';
    const keys = Object.keys(value);
    if (!Array.isArray(value) && keys.some((key) => forbidden.has(key))) return 'forbidden-key';
    for (const inner of Object.values(value)) pending.push([inner, depth + 1]);
  }
  return undefined;
};
