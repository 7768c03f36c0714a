import type { Clock } from '#domain/contracts/clock.js';
import { instant, type Instant } from '#domain/kernel/time.js';

/**
 * The server stamps events by its own clock, which may be put back, or be another server's after a change of leader.
 * So each event carries the time of the last one known before it, and was recorded no earlier than that.
 */
export type RecordedTimes = Readonly<{
  /** An event has come from the log. */
  seen: (recordedAt: Instant) => void;
  /** The time to carry. */
  notBefore: () => Instant;
  /** True when clocks are being put back here: then an append waits for what was written just before it. */
  goneBack: () => boolean;
}>;

export const recordedTimes = (clock: Clock): RecordedTimes => {
  let latest = 0;
  let ownTime = 0;
  return {
    seen: (recordedAt) => {
      latest = Math.max(latest, recordedAt);
    },
    notBefore: () => instant(latest),
    goneBack: () => {
      const before = ownTime;
      ownTime = clock.now();
      return ownTime < before;
    },
  };
};
