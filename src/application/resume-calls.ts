import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { CallId } from '#domain/kernel/ids.js';
import { callsOfLog, type LoggedCall } from '../simulate/network-of-log.js';
import type { LiveViews } from './live-views.js';
import type { Log } from './log.js';

type Tools = Readonly<{
  /** The log as it stood when the process began. */
  views: LiveViews;
  network: Readonly<{ resume: (calls: readonly LoggedCall[]) => readonly CallId[] }>;
  commands: CommandBus;
  clock: Clock;
  log: Log;
}>;

/**
 * The simulated network lives and dies with the process: it is told which calls were in progress, and the log which of them
 * could not go on. A real network keeps its calls and needs no telling.
 */
export const resumeCalls = async ({ views, network, commands, clock, log }: Tools): Promise<void> => {
  const calls = callsOfLog(views);
  const lost = network.resume(calls);
  if (calls.length > 0) log.info({ calls: calls.length, lost: lost.length }, 'calls go on after the restart');
  for (const target of lost) {
    const side = views.queries.calls.call(target)?.side ?? 'gateway';
    await commands.dispatch(
      { type: 'ReportCallCleared', target, at: clock.now(), data: { cause: 'lost-in-restart', side } },
      { actor: 'restart' },
    );
  }
};
