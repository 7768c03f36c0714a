import type { Clock } from '#domain/contracts/clock.js';
import type { TelephonyReport } from '#domain/contracts/telephony.js';
import type { CallId } from '#domain/kernel/ids.js';
import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import { after, type Milliseconds } from '#domain/kernel/time.js';
import type { Tell, UntimedReport } from './report.js';
import type { Reporting, ScriptedReport } from './simulated-network.js';
import { lane, type Timeline } from './timeline.js';

type Dependencies = Readonly<{
  clock: Clock;
  timeline: Timeline;
  /** This link's own. */
  random: SeededRandom;
  reporting: Reporting;
  deliver: (report: TelephonyReport) => void;
}>;

type CallLink = Readonly<{ random: SeededRandom; inOrder: ReturnType<typeof lane> }>;
type Fate = 'told' | ScriptedReport['fate'];

const isLast = ({ type }: UntimedReport): boolean => type === 'Cleared' || type === 'Failed';

/** The link on which one gateway or switch tells Trunkline what it does, as imperfect as it is set to be. */
export const reportingLink = ({ clock, timeline, random, reporting, deliver }: Dependencies): Tell => {
  const calls = new Map<CallId, CallLink>();
  const told = new Map<string, number>();

  const linkOf = (callId: CallId): CallLink => {
    const known = calls.get(callId);
    if (known) return known;
    const fresh = { random: random.fork(callId), inOrder: lane(timeline) };
    calls.set(callId, fresh);
    return fresh;
  };

  const scripted = (type: string): Fate | undefined => {
    const occurrence = (told.get(type) ?? 0) + 1;
    told.set(type, occurrence);
    return reporting.script.find((line) => line.report === type && line.occurrence === occurrence)?.fate;
  };

  const drawn = (luck: SeededRandom): Fate => {
    const [lost, doubled, late] = [reporting.lost, reporting.doubled, reporting.late].map((share) =>
      luck.chance(share),
    );
    if (lost) return 'lost';
    if (late) return { lateBy: luck.within(reporting.lateBy) };
    return doubled ? 'doubled' : 'told';
  };

  return (untimed) => {
    const report = { ...untimed, at: after(clock.now(), reporting.clockSkew) };
    const { random: luck, inOrder } = linkOf(report.callId);
    // Drawn even where the script decides: a line of script changes nothing but its own report.
    const luckOfTheDraw = drawn(luck);
    const fate = scripted(report.type) ?? luckOfTheDraw;
    const delay = luck.within(reporting.delay);
    const late = (lateBy: Milliseconds): void => void timeline.after(delay + lateBy, () => deliver(report));

    if (fate === 'told' || fate === 'doubled') inOrder(delay, () => deliver(report));
    if (fate === 'doubled') late(luck.within(reporting.lateBy));
    if (typeof fate === 'object') late(fate.lateBy);
    if (isLast(report)) calls.delete(report.callId);
  };
};
