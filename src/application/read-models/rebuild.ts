import type { EventStore } from '#domain/contracts/event-store.js';
import type { Build, ReadModel, ReadModelStore } from '#domain/contracts/read-models.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { createProjector, type Projector, type ProjectorTools } from './projector.js';

/** What building anew needs of a log. */
export type ReadableLog = Pick<EventStore, 'readAll' | 'lastPosition'>;

export type Progress = Readonly<{ position: number; last: number }>;

export type Rebuild = ProjectorTools &
  Readonly<{
    events: ReadableLog;
    /** Told after each write. */
    onProgress?: (progress: Progress) => void;
  }>;

/** Events that are written together: rows that change often are written once, and no other work waits for long. */
const batchSize = 1_024;

const batches = async function* (log: ReadableLog, after: number): AsyncGenerator<readonly RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  for await (const event of log.readAll({ after })) {
    batch.push(event);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
};

/** Takes all that the log holds by now. */
const catchUp = async (projector: Projector, { events, onProgress }: Rebuild) => {
  for await (const batch of batches(events, projector.position())) {
    const taken = await projector.take(batch);
    if (taken !== 'taken') return taken;
    onProgress?.({ position: projector.position(), last: await events.lastPosition() });
  }
  return 'taken';
};

/** Builds on where they stand, and lets them answer once they have caught up with the log and with what answers now. */
export const finishBuilds = async (
  begun: readonly Build[],
  rebuild: Rebuild,
): Promise<'switched' | 'superseded' | 'closed'> => {
  const projector = createProjector(begun, rebuild);
  for (let evenIfBehind = false; ;) {
    const taken = await catchUp(projector, rebuild);
    if (taken !== 'taken') return taken;
    const outcome = await rebuild.readModels.switchTo(projector.builds(), { evenIfBehind });
    if (outcome !== 'behind') return outcome;
    // What claims to have come further than the log goes was made of another one.
    evenIfBehind = projector.position() >= (await rebuild.events.lastPosition());
  }
};

/**
 * Builds models anew from the log, beside what answers meanwhile. Reads the log and writes rows: nothing else comes of
 * it. `superseded`: somebody else has begun the same; theirs goes on.
 */
export const rebuildReadModels = async (
  models: readonly ReadModel[],
  rebuild: Rebuild,
): Promise<'switched' | 'superseded' | 'closed'> => {
  const readModels: ReadModelStore = rebuild.readModels;
  await readModels.standings();
  const begun: Build[] = [];
  for (const model of models) begun.push(await readModels.beginBeside(model));
  return finishBuilds(begun, rebuild);
};
