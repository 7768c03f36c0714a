import { parentPort, workerData } from 'node:worker_threads';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { forgetChanges } from '../live-views.js';
import { emptyLogState, folderOf } from '../log-state.js';
import { decodeSnapshot, encodeSnapshot } from './snapshot-format.js';
import type { FoldAnswer, FoldRequest, FoldThreadData } from './fold-thread.js';

/**
 * The thread that folds the log a second time, so that taking down what the folds hold never holds up the one that serves
 * calls: nothing in JavaScript can be copied while it changes.
 */
const run = (port: NonNullable<typeof parentPort>, { bytes, log: knownLog }: FoldThreadData): void => {
  let log = knownLog;
  const state = bytes ? decodeSnapshot(bytes) : emptyLogState();
  const fold = folderOf(state);

  port.on('message', (request: FoldRequest) => {
    if (request.what === 'close') {
      port.close();
      return;
    }
    if (request.what === 'fold') {
      for (const event of JSON.parse(request.events) as readonly RecordedEvent[]) {
        if (log === '') log = event.id;
        fold(event);
      }
      forgetChanges(state.folds);
      port.postMessage({ what: 'folded' } satisfies FoldAnswer);
      return;
    }
    const taken = encodeSnapshot(state, log);
    const { position } = state;
    port.postMessage({ what: 'snapshot', position, bytes: taken } satisfies FoldAnswer, [taken.buffer as ArrayBuffer]);
  });
};

if (!parentPort) throw new Error('snapshots are made by a worker thread');
run(parentPort, workerData as FoldThreadData);
