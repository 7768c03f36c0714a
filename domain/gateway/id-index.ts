type Entry<Value> = readonly [id: string, value: Value];

/** Id → value. Never changed in place: a changed index shares all but one bucket with the one it was made of. */
export type IdIndex<Value> = readonly (readonly Entry<Value>[])[];

const buckets = 256;

export const emptyIdIndex: IdIndex<never> = Array.from({ length: buckets }, () => []);

/** Ids differ most at their end. */
const bucketOf = (id: string): number => {
  let hash = 0;
  for (let index = Math.max(0, id.length - 12); index < id.length; index += 1) {
    hash = (hash * 31 + id.charCodeAt(index)) % 65_521;
  }
  return hash % buckets;
};

const otherThan = <Value>(index: IdIndex<Value>, id: string): readonly Entry<Value>[] =>
  (index[bucketOf(id)] ?? []).filter(([known]) => known !== id);

export const lookUp = <Value>(index: IdIndex<Value>, id: string): Value | undefined =>
  index[bucketOf(id)]?.find(([known]) => known === id)?.[1];

export const withId = <Value>(index: IdIndex<Value>, id: string, value: Value): IdIndex<Value> =>
  index.with(bucketOf(id), [...otherThan(index, id), [id, value]]);

export const withoutId = <Value>(index: IdIndex<Value>, id: string | undefined): IdIndex<Value> =>
  id === undefined ? index : index.with(bucketOf(id), otherThan(index, id));
