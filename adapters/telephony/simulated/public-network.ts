import type { CallId } from '#domain/kernel/ids.js';
import { comparable } from '#domain/kernel/phone-number.js';
import type { CentreSwitch } from './centre-switch.js';
import type { Hear, Reach } from './circuit.js';
import type { NumberBehaviour, SimulatedNetwork } from './simulated-network.js';
import type { Timeline } from './timeline.js';

/** Takes calls to the number that was dialled. */
export type PublicNetwork = Readonly<{
  /** `arrived` is told the id that a call centre's switch gives the call. */
  reach: (arrived: (centreCall: CallId) => void) => Reach;
  isCentre: (number: string) => boolean;
  /** From now on this number reaches that switch, and no other does. */
  connect: (number: string, to: CentreSwitch) => void;
  /** Goes on with a call that somebody who is no call centre had answered before a break. */
  resumeAnswered: (number: string, toCaller: Hear) => Hear;
}>;

type Dependencies = Readonly<{
  network: Pick<SimulatedNetwork, 'numbers' | 'otherNumbers'>;
  switches: readonly CentreSwitch[];
  timeline: Timeline;
}>;

export const publicNetwork = ({ network, switches, timeline }: Dependencies): PublicNetwork => {
  const centres = new Map<string, CentreSwitch>(switches.map((one) => [one.centre.number, one]));
  const subscribers = new Map<string, NumberBehaviour>(network.numbers.map(({ number, does }) => [number, does]));
  const behaviourOf = (number: string): NumberBehaviour => subscribers.get(number) ?? network.otherNumbers;

  /** Hangs up when it has talked long enough; the answer calls that off, when the caller is first. */
  const talk = (does: NumberBehaviour, toCaller: Hear): (() => void) => {
    if (!('answersAfter' in does) || does.hangsUpAfter === undefined) return () => undefined;
    return timeline.after(does.hangsUpAfter, () => toCaller({ kind: 'release', cause: 'normal-clearing' }));
  };

  const untilReleased =
    (stop: () => void): Hear =>
    (signal) => {
      if (signal.kind === 'release') stop();
    };

  const ringSubscriber = (does: NumberBehaviour, toCaller: Hear): Hear => {
    if ('fails' in does) {
      return untilReleased(timeline.after(does.after, () => toCaller({ kind: 'release', cause: does.fails })));
    }
    let stop = timeline.after(does.answersAfter, () => {
      toCaller({ kind: 'answer' });
      stop = talk(does, toCaller);
    });
    return untilReleased(() => stop());
  };

  return {
    reach: (arrived) => (setup, toCaller) => {
      const number = comparable(setup.dnis);
      const centre = centres.get(number);
      return centre ? centre.reach(setup, toCaller, arrived) : ringSubscriber(behaviourOf(number), toCaller);
    },
    isCentre: (number) => centres.has(number),
    connect: (number, to) => {
      for (const [other, at] of centres) if (at === to) centres.delete(other);
      centres.set(number, to);
    },
    resumeAnswered: (number, toCaller) => untilReleased(talk(behaviourOf(number), toCaller)),
  };
};
