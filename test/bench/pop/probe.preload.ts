import { processProbe, type ProbeRequest } from './server-probe.js';

/** Loaded before the product, which knows nothing of it: tells the benchmark how the process fares. */
const probe = processProbe();
process.on('message', ({ probe: what }: ProbeRequest) => {
  if (what === 'begin') probe.begin();
  else process.send?.(probe.tell());
});
// The product ends when it is told to, not when the benchmark lets go.
process.channel?.unref();
