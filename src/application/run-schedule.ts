import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { TakeReport } from '#domain/contracts/telephony.js';
import { interDigitTimeout } from '#domain/dtmf/dtmf-recogniser.js';
import { instant, type Milliseconds } from '#domain/kernel/time.js';
import type { DeadlinesView } from '#projections/deadlines/deadlines.projection.js';

export type Schedule = Readonly<{
  clock: Clock;
  /** What the log is stamped with: by this one an agent's phone has been ringing for so long. */
  logClock: Clock;
  commands: CommandBus;
  takeReport: TakeReport;
  deadlines: DeadlinesView;
  /** How long an agent's phone rings before the call is taken back (RONA). */
  ringTime: Milliseconds;
}>;

const tickMs = 250;

/** Does what has become due. What is due is a fold of the log, so a restart forgets none of it. */
export const runSchedule = (tools: Schedule): (() => void) => {
  const { clock, logClock, commands, takeReport, deadlines, ringTime } = tools;
  const noAnswer = (): void => {
    const now = logClock.now();
    for (const [agentId, { callId, since }] of deadlines.ringing) {
      if (since + ringTime > now) return;
      void commands.dispatch(
        { type: 'ReportNoAnswer', target: agentId, at: now, data: { callId } },
        { actor: 'schedule' },
      );
    }
  };

  const digitsPause = (): void => {
    const now = clock.now();
    for (const [callId, since] of deadlines.digits) {
      if (since + interDigitTimeout > now) return;
      void takeReport({
        type: 'Digits',
        callId,
        from: 'agent-side',
        digits: '',
        by: 'terminal',
        at: instant(Math.max(now, since + interDigitTimeout)),
      });
    }
  };

  let cancel = (): void => undefined;
  const tick = (): void => {
    noAnswer();
    digitsPause();
    cancel = clock.schedule(tickMs, tick);
  };
  tick();
  return () => {
    cancel();
  };
};
