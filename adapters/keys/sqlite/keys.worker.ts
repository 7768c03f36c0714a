import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { claimKeys, keyFailureOf, openKeysForWriting } from './key-database.js';
import type { KeyWrite, KeyWriteReport, KeyWriterRequest } from './key-writes.js';
import { keyWriter } from './write-keys.js';

/** The thread that writes keys: a disk that is slow to sync never holds up the main thread. */
const run = (port: NonNullable<typeof parentPort>, { file }: Readonly<{ file: string }>): void => {
  const report = (message: KeyWriteReport): void => {
    port.postMessage(message);
  };
  const lock = claimKeys(file);
  const database = openKeysForWriting(file);
  const writer = keyWriter(database);

  // Never `close`: that comes when every write has been answered.
  const nextWrite = (): KeyWrite | undefined => receiveMessageOnPort(port)?.message as KeyWrite | undefined;

  port.on('message', (request: KeyWriterRequest) => {
    if (request !== 'close') {
      writer.commit(request, nextWrite).forEach(report);
      return;
    }
    database.close();
    lock.release();
    port.close();
  });
  report({ outcome: 'done' });
};

if (!parentPort) throw new Error('the writer of the keys is started as a worker thread');
try {
  run(parentPort, workerData as Readonly<{ file: string }>);
} catch (thrown) {
  const { failure, message } = keyFailureOf(thrown);
  parentPort.postMessage({ outcome: 'failed', failure, message } satisfies KeyWriteReport);
  parentPort.close();
}
