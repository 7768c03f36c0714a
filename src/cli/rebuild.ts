import type { Settings } from '#config/settings.js';
import type { Log } from '../application/log.js';
import { logPlace } from './log-place.js';
import { progressOn, secondsSince, whole } from './progress.js';

type Ask = Readonly<{
  names: readonly string[];
  log: Log;
  onProgress: (progress: Readonly<{ position: number; last: number }>) => void;
}>;

export type RebuildTools = Readonly<{
  settings: Settings;
  names: readonly string[];
  rebuildOf: (settings: Settings, ask: Ask) => Promise<'switched' | 'superseded' | 'closed'>;
  print: (line: string) => void;
  complain: (line: string) => void;
}>;

/** What stands in the way, or is set aside, is for whoever asked for it. */
const logTo = (complain: (line: string) => void): Log => {
  const say = (fields: object, message: string): void => {
    const why = 'error' in fields && fields.error instanceof Error ? fields.error.message : JSON.stringify(fields);
    complain(`  ${message}: ${why}`);
  };
  return { debug: () => undefined, info: () => undefined, warn: say, error: say };
};

/** Builds one read model anew, or all; answers the exit code. The server may be running or not. */
export const rebuild = async (chosen: string | undefined, tools: RebuildTools): Promise<number> => {
  const { settings, names, rebuildOf, print, complain } = tools;
  const wanted = chosen === 'all' ? names : names.filter((name) => name === chosen);
  if (wanted.length === 0) {
    complain(`Which read model? There are: ${[...names, 'all'].join(', ')}. For example: trunkline rebuild all`);
    return 2;
  }
  if (settings.eventStore === 'memory') {
    complain('With eventStore=memory nothing is kept, so there is nothing to build anew.');
    return 2;
  }
  print(`Building ${wanted.join(', ')} anew from ${logPlace(settings)}; what is there answers meanwhile.`);
  const begun = performance.now();
  const progress = progressOn('events', print);
  let done = 0;
  const onProgress = ({ position, last }: Readonly<{ position: number; last: number }>): void => {
    done = position;
    progress(position, Math.max(position, last));
  };
  const outcome = await rebuildOf(settings, { names: wanted, log: logTo(complain), onProgress });
  if (outcome !== 'switched') {
    complain('Somebody else has begun to build the same anew: theirs goes on, this one is given up.');
    return 1;
  }
  const seconds = secondsSince(begun);
  print(
    `${whole.format(done)} events in ${seconds.toFixed(1)} s, ${whole.format(done / seconds)}/s; the new rows answer now.`,
  );
  return 0;
};
