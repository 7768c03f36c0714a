import type { ChainHead, Finding } from './finding.js';

type Ends = Readonly<{
  /** Position of the last event that is there. */
  last: number;
  /** How far the log is known to have been acknowledged. */
  acknowledged: number;
  /** The heads that are kept in the log. */
  kept: readonly ChainHead[];
  /** The heads that its events make. */
  made: ReadonlyMap<string, ChainHead>;
}>;

const missing = (position: number, why: string): Finding => ({ position, wrong: `it is missing: ${why}` });

const wrongWithHead = ({ tenant, head, position }: ChainHead, made: ChainHead | undefined): string | undefined => {
  const kept = `the head that is kept for tenant ${tenant}, after position ${position},`;
  if (!made) return `${kept} is of a tenant that has no event`;
  if (made.position !== position) return `${kept} is not that of its last event, at position ${made.position}`;
  return made.head === head ? undefined : `${kept} is not the one that its events make`;
};

/** Looks at where a log ends: whether the events that were there last are there still. */
export const checkEnd = ({ last, acknowledged, kept, made }: Ends): Finding | undefined => {
  if (acknowledged > last) {
    return missing(last + 1, `the log ends at ${last}, but events up to ${acknowledged} have been acknowledged`);
  }
  const furthest = Math.max(0, ...kept.map(({ position }) => position));
  if (furthest > last) return missing(last + 1, `the log ends at ${last}, but its chains go up to ${furthest}`);
  for (const head of kept) {
    const wrong = wrongWithHead(head, made.get(head.tenant));
    if (wrong !== undefined) return { wrong };
  }
  const keptFor = new Set(kept.map(({ tenant }) => tenant));
  for (const { tenant } of made.values()) {
    if (!keptFor.has(tenant)) return { wrong: `no head is kept for tenant ${tenant}, which has events` };
  }
  return undefined;
};
