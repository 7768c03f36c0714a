import { parentPort, workerData } from 'node:worker_threads';
import type { Reopening, Snapshots } from '#domain/contracts/snapshots.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { forgetChanges } from '../live-views.js';
import { emptyLogState, folderOf, type LogState } from '../log-state.js';
import type { FoldAnswer, FoldRequest, FoldThreadData } from './fold-thread.js';
import { decodeSnapshot, encodeSnapshot } from './snapshot-format.js';

const reopen = async ({ module, settings }: Reopening): Promise<Snapshots> => {
  const { open } = (await import(module)) as { open: (settings: object) => Snapshots };
  return open(settings);
};

/** The state, and the id of its log's first event. */
class SecondFold {
  private readonly fold: (event: RecordedEvent) => void;
  private saved: number;

  constructor(
    private readonly state: LogState,
    private log: string,
    private readonly snapshots: Snapshots,
    saved: number,
  ) {
    this.fold = folderOf(state);
    this.saved = saved;
  }

  take(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      if (this.log === '') this.log = event.id;
      this.fold(event);
    }
    forgetChanges(this.state.folds);
  }

  /** Saves what has been folded, unless it is saved. */
  async save(): Promise<number> {
    const { position } = this.state;
    if (position > this.saved) await this.snapshots.save({ position, bytes: encodeSnapshot(this.state, this.log) });
    this.saved = Math.max(this.saved, position);
    return this.saved;
  }
}

/**
 * The thread that folds the log a second time, so that taking down what the folds hold never holds up the one that serves
 * calls: nothing in JavaScript can be copied while it changes, and what is large costs whoever has it on its heap.
 */
const run = async (
  port: NonNullable<typeof parentPort>,
  { bytes, log, saved, elsewhere }: FoldThreadData,
): Promise<void> => {
  const state = bytes ? decodeSnapshot(bytes) : emptyLogState();
  const second = new SecondFold(state, log, await reopen(elsewhere), saved);

  const answer = async (request: FoldRequest): Promise<FoldAnswer> => {
    if (request.what === 'save') {
      try {
        return { what: 'saved', position: await second.save() };
      } catch (error) {
        return { what: 'not-saved', why: error instanceof Error ? error.message : String(error) };
      }
    }
    second.take(JSON.parse(request.events) as readonly RecordedEvent[]);
    return { what: 'folded' };
  };

  let before: Promise<void> = Promise.resolve();
  port.on('message', (request: FoldRequest | 'close') => {
    before = before.then(async () => {
      if (request === 'close') port.close();
      else port.postMessage(await answer(request));
    });
  });
};

if (!parentPort) throw new Error('snapshots are made by a worker thread');
await run(parentPort, workerData as FoldThreadData);
