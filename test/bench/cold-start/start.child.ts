import { loadSettings } from '#config/load.js';
import { compose } from '#src/compose.js';

/** What happened on the way, in milliseconds since the composition began. */
export type Step = Readonly<{ what: string; at: number }>;
/** `processMs`: from the process's start to the composition; `readyMs`: from there until calls are taken. */
export type Started = Readonly<{
  url: string;
  processMs: number;
  readyMs: number;
  /** Processor time of all threads in that time: what a busy machine does not change. */
  readyCpuMs: number;
  steps: readonly Step[];
}>;
export type Quiet = 'quiet';

const [, , data = ''] = process.argv;
const quietShare = 0.1;

const began = performance.now();
const cpuBefore = process.cpuUsage();
const steps: Step[] = [];
const note = (_fields: object, what: string): void => void steps.push({ what, at: performance.now() - began });
const complain = (fields: object, what: string): void => {
  note(fields, what);
  process.stderr.write(`${what} ${JSON.stringify(fields)}\n`);
};
const log = { debug: note, info: note, warn: complain, error: complain };

const trunkline = await compose(loadSettings({ data, profile: 'empty', port: '0' }), log, (error) => {
  throw error;
});
const { user, system } = process.cpuUsage(cpuBefore);
const started: Started = {
  url: trunkline.url,
  processMs: began,
  readyMs: performance.now() - began,
  readyCpuMs: (user + system) / 1000,
  steps,
};
process.send?.(started);

/** Resolves once hardly anything goes on any more: read models and snapshots have come to the end of the log. */
const untilQuiet = async (): Promise<void> => {
  for (;;) {
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1_000_000 < quietShare) return;
  }
};

process.on('message', (asked) => {
  if (asked === 'tell when quiet') void untilQuiet().then(() => process.send?.('quiet' satisfies Quiet));
  if (asked === 'stop') void trunkline.stop().then(() => process.exit());
});
