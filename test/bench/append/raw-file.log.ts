import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { inGroups, type DurableLog } from './durable-log.js';

/** The limit: lines at the end of a file. Nothing can be found again but by reading it all. */
export const rawFileLog = (file: string): DurableLog => {
  const descriptor = openSync(file, 'a');

  const append = inGroups<string>((lines) => {
    writeSync(descriptor, lines.join(''));
    fdatasyncSync(descriptor);
  });

  return {
    append: (stream, revision, event) => append(`${stream} ${revision} ${JSON.stringify(event)}\n`),
    close: async () => {
      closeSync(descriptor);
    },
  };
};
