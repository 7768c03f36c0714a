import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { Telephony } from '#domain/contracts/telephony.js';
import type { CallId } from '#domain/kernel/ids.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { LiveCall, LiveCalls } from '#domain/policies/views.js';
import type { Log } from './log.js';

export type Reconcile = Readonly<{
  clock: Clock;
  commands: CommandBus;
  telephony: Telephony;
  calls: LiveCalls;
  log: Log;
  every: Milliseconds;
}>;

/** A call younger than this may not have reached the network yet. */
const graceMs = 15_000;

/**
 * Compares the calls of the log with those that the network holds, now and then: a report that got lost must not keep a
 * port leased or an agent busy for ever. A call missing twice in a row is over.
 */
export const reconcileCalls = ({ clock, commands, telephony, calls, log, every }: Reconcile): (() => void) => {
  let missingBefore = new Set<CallId>();
  let cancel = (): void => undefined;

  const end = async ({ callId, side }: LiveCall): Promise<void> => {
    log.warn({ call: callId }, 'the network no longer knows this call; it is taken as over');
    await commands.dispatch(
      { type: 'ReportCallCleared', target: callId, at: clock.now(), data: { side, cause: 'network-lost' } },
      { actor: 'reconciliation' },
    );
  };

  const compare = async (): Promise<void> => {
    const there = new Set((await telephony.snapshot()).map(({ callId }) => callId));
    const missing = [...calls.all()].filter(
      ({ callId, startedAt }) => !there.has(callId) && startedAt + graceMs < clock.now(),
    );
    await Promise.all(missing.filter(({ callId }) => missingBefore.has(callId)).map(end));
    missingBefore = new Set(missing.map(({ callId }) => callId));
  };

  const run = (): void => {
    void compare()
      .catch((error: unknown) => {
        log.warn({ error }, 'calls could not be compared with the network');
      })
      .finally(() => {
        cancel = clock.schedule(every, run);
      });
  };
  cancel = clock.schedule(every, run);
  return () => {
    cancel();
  };
};
