import { parentPort, threadId, workerData } from 'node:worker_threads';
import { calmTimers, rootOf } from './kafka-client.js';
import { startFactsConsumer } from './facts-consumer.js';
import type { FactsReport, FactsRequest, FactsSettings, RefusedFact } from './facts.protocol.js';

const port = parentPort;
if (!port) throw new Error('facts.worker runs as a thread');

calmTimers();
const report = (message: FactsReport): void => {
  port.postMessage(message);
};
const fail = (failure: unknown): never => {
  throw rootOf(failure);
};

/** Names deliveries of this thread apart from those of the one before it, whose answers may still come. */
let deliveries = 0;
const waiting = new Map<string, (refused: readonly RefusedFact[]) => void>();

const consumer = startFactsConsumer({
  settings: workerData as FactsSettings,
  take: (messages) =>
    new Promise((resolve) => {
      deliveries += 1;
      const id = `${threadId}/${deliveries}`;
      waiting.set(id, resolve);
      report({ type: 'delivery', id, messages });
    }),
  onAlive: () => {
    report({ type: 'alive' });
  },
  onCrash: (error) => {
    setImmediate(fail, error);
  },
});
// What ends the thread is told to whoever keeps it, and it is made anew.
consumer.catch((failure: unknown) => setImmediate(fail, failure));

port.on('message', (request: FactsRequest) => {
  if (request === 'close') {
    void consumer.then((it) => it.close()).finally(() => process.exit(0));
    return;
  }
  waiting.get(request.id)?.(request.refused);
  waiting.delete(request.id);
});
