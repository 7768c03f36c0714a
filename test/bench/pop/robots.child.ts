import { systemClock } from '#adapters/clock/system.clock.js';
import type { CallMix } from '#src/simulate/call-mix.js';
import type { HiredRobot } from '#src/simulate/hire-robots.js';
import { customerRefs, loadPlan } from '#src/simulate/load-plan.js';
import { merchantServer } from '#src/simulate/merchant-server.js';
import type { Observation } from '#src/simulate/observation.js';
import { startCustomers, type Site } from '#src/simulate/robot-customers.js';
import { openFloor } from '#src/simulate/robot-floor.js';
import { processProbe, type Probed } from './server-probe.js';

type Common = Readonly<{ server: string; merchant: string; apiKey: string; run: string; mix: CallMix }>;

/** What the parent asks: first what the robots are, and when they have done their work, to end. */
export type RobotsRequest =
  | (Common & Readonly<{ robots: 'agents'; hired: readonly HiredRobot[] }>)
  | (Common & Readonly<{ robots: 'customers'; site: Site; share: Readonly<{ nth: number; of: number }> }>)
  | Readonly<{ robots: 'hear'; told: readonly Observation[] }>
  | Readonly<{ robots: 'end' }>;

export type RobotsReport = Readonly<
  { ready: true } | { done: Probed } | { noted: readonly Observation[] } | { failed: string }
>;

/** Observations travel together: a message for each would cost more than the observation. */
const noteEvery = 50;

const tell = (report: RobotsReport): void => void process.send?.(report);

let noted: Observation[] = [];
const note = (observation: Observation): void => void noted.push(observation);
const passOn = (): void => {
  if (noted.length > 0) tell({ noted });
  noted = [];
};
setInterval(passOn, noteEvery).unref();

const probe = processProbe();
let endAll = async (): Promise<void> => undefined;

let hear = (_observation: Observation): void => undefined;

const begin = async (request: Extract<RobotsRequest, Common>): Promise<void> => {
  const { server, mix, run } = request;
  const common = { server, mix, clock: systemClock, note, api: merchantServer(request), refs: customerRefs(run) };
  if (request.robots === 'agents') {
    const floor = await openFloor({ ...common, robots: request.hired, plan: loadPlan(mix) });
    endAll = floor.close;
    tell({ ready: true });
    probe.begin();
    return;
  }
  const { site, share } = request;
  probe.begin();
  const isMine = (call: number): boolean => call % share.of === share.nth;
  const customers = startCustomers({ ...common, site, signed: 0, isMine });
  hear = customers.hear;
  endAll = async () => {
    customers.stop();
    customers.hangUpAll();
  };
  await customers.done;
  passOn();
  tell({ done: probe.tell() });
};

process.on('message', (request: RobotsRequest) => {
  if (request.robots === 'hear') {
    request.told.forEach(hear);
    return;
  }
  if (request.robots !== 'end') {
    begin(request).catch((error: unknown) => {
      tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
    return;
  }
  void endAll().then(() => {
    passOn();
    tell({ done: probe.tell() });
    process.disconnect();
  });
});
