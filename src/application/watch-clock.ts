import type { RisingClock, SteadyClock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { ClockStep } from '#domain/clock/clock.events.js';
import { usualTiming } from '#domain/correlation/clues.js';
import { wallClock } from '#domain/kernel/ids.js';
import { instant, type Instant, type Milliseconds } from '#domain/kernel/time.js';
import type { Log } from './log.js';

export type WatchClock = Readonly<{
  clock: SteadyClock;
  /** What the log is stamped with. */
  logClock: RisingClock;
  commands: CommandBus;
  log: Log;
  store: EventStore;
}>;

/**
 * How often the clock is looked at: far oftener than a port can be given back and leased again, so that a step is in the
 * log before anything is concluded from times on both sides of it.
 */
const everyMs = 100;
/** A step by no more than this is part of what clocks may be wrong by anyway; smaller ones are added up. */
const ignored: Milliseconds = usualTiming.clockUncertainty / 10;

/** What a clock reads beyond the time that has passed: it changes when the clock is set. Between, as the reading takes time. */
type Offset = Readonly<{ least: Milliseconds; most: Milliseconds }>;

const readOffset = (clock: SteadyClock): Offset => {
  const from = clock.elapsed();
  const now = clock.now();
  // Whole milliseconds are read of a time with fractions.
  return { least: now - clock.elapsed(), most: now + 1 - from };
};

/** The highest and the lowest offset since the last step. */
type Known = Readonly<{ highest: Milliseconds; lowest: Milliseconds }>;
const startWith = ({ least, most }: Offset): Known => ({ highest: least, lowest: most });

/** By how much the clock has been stepped; 0: not noticeably. Rounded so that what it would have read is not too early. */
const stepIn = ({ least, most }: Offset, { highest, lowest }: Known): Milliseconds => {
  if (highest - most > ignored) return Math.floor(least - highest);
  return least - lowest > ignored ? Math.floor(least - lowest) : 0;
};

const newestTime = async (store: EventStore): Promise<Instant> => {
  const [newest] = await store.readAt([await store.lastPosition()]);
  return newest?.recordedAt ?? instant(0);
};

/** Back from the latest time of ours, which may be the log's own. */
const stepTo = (now: Instant, by: Milliseconds, stamped: Instant): ClockStep => {
  const before = Math.max(now - by, by < 0 ? stamped : 0);
  return { by: now - before, before: instant(before), after: now };
};

/**
 * Notices when the clock of the machine is put forward or back, also while the product was not running: then it reads less
 * than the newest time of the log. Each step becomes an event, so that no call is told for certain by times that it confused.
 */
export const watchClock = async ({ clock, logClock, commands, log, store }: WatchClock): Promise<() => void> => {
  const newest = await newestTime(store);
  let known = startWith(readOffset(clock));
  // The log may have been stamped by the clock of another machine, as far from ours as clocks may be.
  if (newest - clock.now() > usualTiming.clockUncertainty) {
    logClock.notBefore(newest);
    known = { ...known, highest: newest - clock.elapsed() };
  }

  /** True once it is in the log. */
  const report = async (step: ClockStep): Promise<boolean> => {
    const { by, before } = step;
    log.warn(
      { byMs: by, before: new Date(before), after: new Date(step.after) },
      by < 0
        ? 'the clock has been put back: until it is right again, and for calls of before, matches are at most probable'
        : 'the clock has been put forward: the next calls on ports that were resting are matched as probable at most',
    );
    const command = { type: 'ReportClockStepped', target: wallClock, at: step.after, data: step } as const;
    const outcome = await commands.dispatch(command, { actor: 'schedule' });
    if (outcome.outcome === 'failed') {
      log.warn({ failure: outcome.failure }, 'a step of the clock will be reported again');
    }
    return outcome.outcome !== 'failed';
  };

  const look = async (): Promise<void> => {
    const offset = readOffset(clock);
    const by = stepIn(offset, known);
    if (by !== 0 && (await report(stepTo(clock.now(), by, logClock.now())))) known = startWith(offset);
    else {
      known = { highest: Math.max(known.highest, offset.least), lowest: Math.min(known.lowest, offset.most) };
    }
  };

  let cancel = (): void => undefined;
  let stopped = false;
  const lookAgain = (): void => {
    void look().finally(() => {
      if (!stopped) cancel = clock.schedule(everyMs, lookAgain);
    });
  };

  await look();
  cancel = clock.schedule(everyMs, lookAgain);
  return () => {
    stopped = true;
    cancel();
  };
};
