import { parentPort, workerData } from 'node:worker_threads';
import { calmTimers } from './kafka-client.js';
import { createProducer } from './producer.js';
import {
  mostBytes,
  type Batch,
  type KeyedValue,
  type ProducerReport,
  type ProducerRequest,
  type ProducerSettings,
} from './producer.protocol.js';

const port = parentPort;
if (!port) throw new Error('producer.worker runs as a thread');

calmTimers();
const report = (message: ProducerReport): void => {
  port.postMessage(message);
};
const producer = createProducer(workerData as ProducerSettings, report);
const waiting: Batch[] = [];
let sending = false;

const bytesOf = ({ values }: Batch): number => values.reduce((sum, value) => sum + value.length, 0);
const messagesOf = ({ keys, values }: Batch): readonly KeyedValue[] =>
  values.map((value, index) => [keys[index] ?? '', value]);

/** Whatever has gathered goes together: live events come one by one, and a request each would be slow. */
const takeTogether = (first: Batch): readonly Batch[] => {
  const together = [first];
  for (let bytes = bytesOf(first), [next] = waiting; next; [next] = waiting) {
    bytes += bytesOf(next);
    if (bytes > mostBytes) break;
    together.push(next);
    waiting.shift();
  }
  return together;
};

const sendAll = async (): Promise<void> => {
  sending = true;
  for (let first = waiting.shift(); first; first = waiting.shift()) {
    const together = takeTogether(first);
    await producer.send(together.flatMap(messagesOf));
    report({ type: 'sent', upTo: (together.at(-1) ?? first).number });
  }
  sending = false;
};

port.on('message', (request: ProducerRequest) => {
  if (request === 'close') {
    // What is under way may never end; nobody waits for its answer any more.
    void producer.close().finally(() => process.exit(0));
    return;
  }
  waiting.push(request);
  if (!sending) void sendAll();
});
