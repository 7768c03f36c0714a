import { serveAsWriter } from '#adapters/event-store/sqlite/writer-service.js';

/** Milliseconds that each sync takes longer than it would. */
const added = 2;

const asleep = new Int32Array(new SharedArrayBuffer(4));

serveAsWriter(() => {
  Atomics.wait(asleep, 0, 0, added);
});
