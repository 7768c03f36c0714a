import type { CallCause } from '#domain/call/call.events.js';
import type { PhoneNumber } from '#domain/kernel/phone-number.js';
import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { NetworkTiming } from './simulated-network.js';
import { lane, type Timeline } from './timeline.js';

/** What a switch is told of a call that comes in: nothing of which click it is. */
export type Setup = Readonly<{
  ani: PhoneNumber;
  dnis: PhoneNumber;
  trunkGroup?: string;
  callerName?: string;
  uui?: string;
}>;

export type Signal =
  | Readonly<{ kind: 'answer' }>
  | Readonly<{ kind: 'digits'; digits: string }>
  | Readonly<{ kind: 'release'; cause: CallCause }>;

export type Hear = (signal: Signal) => void;
/** Where a call arrives: it is given the way back to the caller, and answers how it hears the caller. */
export type Reach = (setup: Setup, toCaller: Hear) => Hear;

/** One circuit between a caller and whoever was called: nothing overtakes on it, either way. */
export type Circuit = Readonly<{
  setUp: (setup: Setup, reach: Reach) => void;
  /** Joins the two ends of a call that was set up before. */
  join: (callee: Hear) => void;
  fromCaller: Hear;
  fromCallee: Hear;
  /** The wire breaks: both ends notice at once. */
  cut: () => void;
}>;

export type CircuitParts = Readonly<{
  timeline: Timeline;
  random: SeededRandom;
  timing: NetworkTiming;
  caller: Hear;
  /** Called once, when the circuit is free for another call. */
  freed: () => void;
}>;

export const openCircuit = ({ timeline, random, timing, caller, freed }: CircuitParts): Circuit => {
  const forward = lane(timeline);
  const backward = lane(timeline);
  let callee: Hear | undefined;
  let live = true;

  const travelTime = (signal: Signal): Milliseconds =>
    random.within(timing.signal) + (signal.kind === 'digits' ? signal.digits.length * timing.perDigit : 0);

  const end = (): void => {
    live = false;
    freed();
  };

  const carry = (way: typeof forward, signal: Signal, hear: Hear): void =>
    way(travelTime(signal), () => {
      if (!live) return;
      if (signal.kind === 'release') end();
      hear(signal);
    });

  const fromCallee: Hear = (signal) => carry(backward, signal, caller);

  return {
    setUp: (setup, reach) =>
      forward(random.within(timing.transit), () => {
        if (live) callee = reach(setup, fromCallee);
      }),
    join: (hear) => {
      callee = hear;
    },
    fromCaller: (signal) => carry(forward, signal, (heard) => callee?.(heard)),
    fromCallee,
    cut: () => {
      if (!live) return;
      end();
      const broken = { kind: 'release', cause: 'network-lost' } as const;
      caller(broken);
      callee?.(broken);
    },
  };
};
