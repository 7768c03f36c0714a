import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventCatalogue, type LogEvent } from '#domain/events.js';
import { instant } from '#domain/kernel/time.js';
import { aniIndex } from '#projections/ani-index/ani-index.projection.js';
import { aniIndexQueries } from '#projections/ani-index/ani-index.queries.js';
import { fold } from '#projections/projection.js';
import { aniOf, customerOf, leasedCall, merchant } from './leased-calls.js';

export type Folded = Readonly<{
  bytesPerLease: number;
  foldedPerSecond: number;
  lookUpsPerSecond: number;
  /** Look-ups that found nobody, or somebody else. */
  wrong: number;
}>;

const lookUps = 1_000_000;
const at = instant(1_800_000_000_000);

/** Frees what nobody holds any more, without the process having been started for that. */
const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

const heapAfter = (collect: () => void): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

/** As the log hands it over: parsed, so that nothing is shared with whoever made it. */
const recorded = (index: number, position: number): readonly LogEvent[] =>
  leasedCall(index, at).events.map(
    ({ stream, event }, nth) =>
      JSON.parse(
        JSON.stringify({
          ...event,
          stream,
          id: `event-${position + nth}`,
          revision: 0,
          position: position + nth,
          schemaVersion: eventCatalogue[event.type].schemaVersion,
          recordedAt: at,
          meta: { merchantId: merchant, occurredAt: at, causationId: 'c', correlationId: 'c', actor: 'policy' },
        }),
      ) as LogEvent,
  );

/** Folds so many live leases into the real index and asks it, all in this process. */
export const foldLeases = (leases: number): Folded => {
  const collect = collector();
  const view = aniIndex.empty();
  const before = heapAfter(collect);
  const began = performance.now();
  for (let index = 0; index < leases; index += 1) {
    for (const event of recorded(index, index * 3 + 1)) fold(aniIndex, view, event);
  }
  const foldedIn = performance.now() - began;
  const bytes = heapAfter(collect) - before;

  const queries = aniIndexQueries(view);
  const numbers = Array.from({ length: leases }, (_none, index) => aniOf(index));
  let wrong = 0;
  const asked = performance.now();
  for (let nth = 0; nth < lookUps; nth += 1) {
    // A stride that visits all of them, and never two neighbours.
    const index = (nth * 7_919) % leases;
    const lease = queries.byAni(merchant, numbers[index] ?? '').find(({ releasedAt }) => releasedAt === undefined);
    const session = lease && queries.bySession(lease.sessionId);
    if (session?.customer?.ref !== customerOf(index)) wrong += 1;
  }
  const seconds = (performance.now() - asked) / 1000;
  return {
    bytesPerLease: bytes / leases,
    foldedPerSecond: leases / (foldedIn / 1000),
    lookUpsPerSecond: lookUps / seconds,
    wrong,
  };
};
