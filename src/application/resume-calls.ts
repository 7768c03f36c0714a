import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { CallCause } from '#domain/call/call.events.js';
import type { LiveCall } from '#domain/policies/views.js';
import type { Telephony } from '#domain/contracts/telephony.js';
import type { CallId } from '#domain/kernel/ids.js';
import {
  callsOfLog,
  callsThatEnded,
  undialledCalls,
  unrungCalls,
  type LoggedCall,
} from '../simulate/network-of-log.js';
import type { LiveViews } from './live-views.js';
import type { Log } from './log.js';

type Tools = Readonly<{
  /** The log as it stood when the process began. */
  views: LiveViews;
  network: Pick<Telephony, 'makeCall' | 'routeSelect'> &
    Readonly<{ resume: (calls: readonly LoggedCall[]) => readonly CallId[] }>;
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
  const end = async ({ callId: target, side }: Pick<LiveCall, 'callId' | 'side'>, cause: CallCause): Promise<void> => {
    const data = { cause, side };
    await commands.dispatch({ type: 'ReportCallCleared', target, at: clock.now(), data }, { actor: 'restart' });
  };
  for (const call of callsThatEnded(views)) await end(call, 'normal-clearing');
  for (const callId of lost) {
    await end({ callId, side: views.queries.calls.call(callId)?.side ?? 'gateway' }, 'lost-in-restart');
  }
  // Asked for before the break, and never heard of: a real network would have told by now.
  for (const call of undialledCalls(views)) await network.makeCall(call);
  for (const connection of unrungCalls(views)) await network.routeSelect(connection);
};
