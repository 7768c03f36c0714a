import { monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks';

/** What a process under measurement says of itself. Times since it was last asked to begin. */
export type Probed = Readonly<{
  eventLoopP99Ms: number;
  eventLoopMaxMs: number;
  cpuSeconds: number;
  gcSeconds: number;
  heapMb: number;
  seconds: number;
}>;

/** `profileInto`: a file for what the CPU does until then. */
export type ProbeRequest = Readonly<{ probe: 'begin' | 'tell'; profileInto?: string }>;

/** The histogram counts from one look to the next, so this is part of each value. */
const resolution = 2;
const nanoseconds = 1e6;

export const processProbe = () => {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  let collecting = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collecting += duration;
  }).observe({ entryTypes: ['gc'] });
  let cpu = process.cpuUsage();
  let began = performance.now();

  return {
    begin: (): void => {
      delays.reset();
      collecting = 0;
      cpu = process.cpuUsage();
      began = performance.now();
    },
    tell: (): Probed => {
      const { user, system } = process.cpuUsage(cpu);
      const delayed = (value: number): number => Math.max(0, value / nanoseconds - resolution);
      return {
        eventLoopP99Ms: delayed(delays.percentile(99)),
        eventLoopMaxMs: delayed(delays.max),
        cpuSeconds: (user + system) / 1e6,
        gcSeconds: collecting / 1000,
        heapMb: process.memoryUsage().heapUsed / 1e6,
        seconds: (performance.now() - began) / 1000,
      };
    },
  };
};
