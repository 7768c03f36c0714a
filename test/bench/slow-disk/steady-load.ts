import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { callId, type CallId } from '#domain/kernel/ids.js';
import { acme, eventsPerCall, nextEvent } from '../append/workload.js';
import type { DurableLog } from '../append/durable-log.js';

/** Calls that go on at the same time; each event is of the next of them. */
const callsAtOnce = 200;
/** Events come in as often as this, in milliseconds. */
const tick = 2;

export type SteadyLoad = Readonly<{ perSecond: number; seconds: number }>;

export type Steady = Readonly<{
  eventsPerSecond: number;
  /** Milliseconds from append to answer. */
  p50: number;
  p99: number;
  longest: number;
  /** Share of the time in which the event loop was not waiting. */
  eventLoopUse: number;
}>;

type Call = { readonly id: CallId; revision: number };

/** Whose event is next, again and again; a call that has had all of its events makes room for another. */
const callsInTurn = (): (() => Call) => {
  let calls = 0;
  const newCall = (): Call => ({ id: callId(acme, `${process.pid}-${Date.now()}-${(calls += 1)}`), revision: 0 });
  const going = Array.from({ length: callsAtOnce }, newCall);
  let turn = 0;
  return () => {
    turn = (turn + 1) % callsAtOnce;
    const call = going[turn];
    if (call && call.revision < eventsPerCall) return call;
    return (going[turn] = newCall());
  };
};

/** Hands over events at an even rate, whether or not the ones before have been answered, as telephones do. */
export const measureSteady = async (
  append: DurableLog['append'],
  { perSecond, seconds }: SteadyLoad,
): Promise<Steady> => {
  const latencies: number[] = [];
  const unanswered = new Set<Promise<void>>();
  const nextCall = callsInTurn();

  const appendOne = async (): Promise<void> => {
    const call = nextCall();
    const revision = call.revision++;
    const asked = performance.now();
    await append(call.id, revision, nextEvent(call.id, revision));
    latencies.push(performance.now() - asked);
  };

  const before = performance.eventLoopUtilization();
  const start = performance.now();
  for (let sent = 0; sent < perSecond * seconds;) {
    const due = Math.min(perSecond * seconds, ((performance.now() - start) / 1000) * perSecond);
    for (; sent < due; sent += 1) {
      const answer = appendOne().finally(() => unanswered.delete(answer));
      unanswered.add(answer);
    }
    await pause(tick);
  }
  const { utilization } = performance.eventLoopUtilization(before);
  await Promise.all(unanswered);
  const taken = (performance.now() - start) / 1000;

  latencies.sort((one, other) => one - other);
  const quantile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? NaN;
  return {
    eventsPerSecond: latencies.length / taken,
    p50: quantile(0.5),
    p99: quantile(0.99),
    longest: latencies.at(-1) ?? NaN,
    eventLoopUse: utilization,
  };
};
