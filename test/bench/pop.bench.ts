import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CallBook, type Findings } from '#src/simulate/call-book.js';
import type { CallMix } from '#src/simulate/call-mix.js';
import { pageCodes, siteOf, withCodes } from '#src/simulate/drive-load.js';
import { hireRobots, isRobot } from '#src/simulate/hire-robots.js';
import { codeOf, customerRefs, loadPlan } from '#src/simulate/load-plan.js';
import { merchantServer } from '#src/simulate/merchant-server.js';
import type { Observation } from '#src/simulate/observation.js';
import { busyMerchant } from './pop/opening-data.js';
import { startProduct, type ProductUnderLoad } from './pop/product-under-load.js';
import { startRobots, type Robots } from './pop/robots.js';
import type { Probed } from './pop/server-probe.js';
import type { Benchmark } from './run.js';

/** What the product is held to. */
const limits = { deliveredToPopP99Ms: 50, lost: 0, wrongPops: 0 };

type Wished = Readonly<{
  seconds: number;
  rate: number;
  agents: number;
  customerProcesses: number;
  profileInto?: string;
}>;

const whole = { seconds: 60, rate: 100, agents: 500 };
/** That it works, on a machine that has other things to do. */
const short = { seconds: 10, rate: 10, agents: 60 };

const wishedIn = (args: readonly string[]): Wished => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean' },
      seconds: text,
      rate: text,
      agents: text,
      'customer-processes': text,
      profile: text,
    },
  });
  const usual = values.short === true ? short : whole;
  const number = (given: string | undefined, byDefault: number): number => {
    const value = Number(given ?? byDefault);
    if (!(value > 0)) throw new Error(`not a number above 0: ${given}`);
    return value;
  };
  return {
    seconds: number(values.seconds, usual.seconds),
    rate: number(values.rate, usual.rate),
    agents: number(values.agents, usual.agents),
    customerProcesses: number(values['customer-processes'], 1),
    ...(values.profile !== undefined && { profileInto: values.profile }),
  };
};

/** Short calls: a hundred a second are then as many as five hundred agents can take. */
const mixOf = ({ seconds, rate }: Wished): Omit<CallMix, 'codes'> => ({
  seed: 1,
  callsPerSecond: rate,
  duration: seconds * 1_000,
  arrivals: 'poisson',
  transferred: 0.3,
  conferenced: 0.1,
  abandoned: 0,
  held: 0.1,
  keyed: 0.2,
  endedByCustomer: 0.5,
  dataUpdates: 5,
  talk: { kind: 'lognormal', median: 1_800, sigma: 0.4, longest: 4_000 },
  ringing: { from: 200, to: 600 },
  patience: { from: 1_000, to: 2_000 },
  wrapUp: { from: 200, to: 500 },
  dispositions: ['sale', 'no sale'],
});

/** A call with its port's rest, and room for a queue. */
const portsFor = ({ rate }: Wished): number => Math.ceil(rate * 20) + 50;
const longestTail = 60_000;

const rounded = (value: number | undefined): number => (value === undefined ? NaN : Number(value.toPrecision(4)));

type Played = Readonly<{
  findings: Findings;
  product: Probed;
  agents: Probed;
  customers: readonly Probed[];
  events: number;
}>;

const play = async (product: ProductUnderLoad, wished: Wished, log: (line: string) => void): Promise<Played> => {
  const { url: server, merchant, apiKey } = product;
  const api = merchantServer({ server, merchant, apiKey });
  const configuration = await api.configuration();
  const codes = pageCodes(configuration);
  const mix = withCodes(mixOf(wished), [...codes.keys()]);
  const plan = loadPlan(mix);
  const run = randomBytes(6).toString('hex');
  const { refOf } = customerRefs(run);
  const book = new CallBook({ pageOf: (call) => codes.get(codeOf(plan.call(call)) ?? ''), isRobot, refOf });

  const hired = await hireRobots(api, merchant, wished.agents);
  log(`${hired.length} agents are hired`);
  const common = { server, merchant, apiKey, mix, run };
  let customers: readonly Robots[] = [];
  const note = (noted: readonly Observation[]): void => {
    noted.forEach(book.note);
  };
  const agents = startRobots({ ...common, robots: 'agents', hired }, (noted) => {
    note(noted);
    const talks = noted.filter(({ saw }) => saw === 'talk');
    if (talks.length > 0) for (const each of customers) each.hear(talks);
  });
  await agents.ready;
  log('and ready');

  const positionBefore = await product.position();
  product.beginMeasuring();
  const of = wished.customerProcesses;
  customers = Array.from({ length: of }, (_none, nth) =>
    startRobots({ ...common, robots: 'customers', site: siteOf(configuration), share: { nth, of } }, note),
  );
  const began = performance.now();
  const ticking = setInterval(() => {
    const { clicks, inProgress, popped, ended, failed } = book.progress();
    const seconds = Math.round((performance.now() - began) / 1000);
    const load = loadavg()[0]?.toFixed(1);
    log(
      `${seconds} s: ${clicks} clicks, ${inProgress} in progress, ${popped} popped, ${ended} ended, ${failed} failed; load ${load}`,
    );
  }, 5_000);
  const allDone = Promise.all(customers.map(({ done }) => done));
  await Promise.race([allDone, pause(mix.duration + longestTail)]);
  const measured = await product.measured();
  for (const each of customers) each.end();
  const customersFared = await allDone;
  agents.end();
  const agentsFared = await agents.done;
  clearInterval(ticking);
  const events = (await product.position()) - positionBefore;
  return { findings: book.close(), product: measured, agents: agentsFared, customers: customersFared, events };
};

const total = (tally: Readonly<Record<string, number>>): number =>
  Object.values(tally).reduce((sum, times) => sum + times, 0);

const figuresOf = ({ findings, product, agents, customers, events }: Played): Record<string, number> => ({
  calls: findings.calls,
  pops: findings.pops,
  deliveredToPopP50Ms: rounded(findings.ringToPop.p50),
  deliveredToPopP99Ms: rounded(findings.ringToPop.p99),
  clickToWindowP50Ms: rounded(findings.clickToWindow.p50),
  clickToWindowP99Ms: rounded(findings.clickToWindow.p99),
  clickToPopP50Ms: rounded(findings.clickToPop.p50),
  clickToPopP99Ms: rounded(findings.clickToPop.p99),
  lost: findings.verdicts.lost + findings.verdicts.failed + findings.verdicts.refused,
  wrongPops: findings.verdicts.wrong,
  provenByKeys: findings.provenByKeys,
  requestsRefused: total(findings.requestsRefused),
  eventsPerCall: rounded(events / findings.calls),
  eventsPerSecond: rounded(events / product.seconds),
  eventLoopP99Ms: rounded(product.eventLoopP99Ms),
  eventLoopMaxMs: rounded(product.eventLoopMaxMs),
  cpuSeconds: rounded(product.cpuSeconds),
  cpuMsPerCall: rounded((product.cpuSeconds * 1000) / findings.calls),
  gcSeconds: rounded(product.gcSeconds),
  heapMb: rounded(product.heapMb),
  seconds: rounded(product.seconds),
  agentsEventLoopP99Ms: rounded(agents.eventLoopP99Ms),
  agentsCpuSeconds: rounded(agents.cpuSeconds),
  customersEventLoopP99Ms: rounded(Math.max(...customers.map(({ eventLoopP99Ms }) => eventLoopP99Ms))),
  customersCpuSeconds: rounded(customers.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)),
  machineLoad: rounded(loadavg()[0]),
});

const explain = (findings: Findings, log: (line: string) => void): void => {
  for (const name of ['lost', 'wrong', 'failed', 'refused', 'requestsRefused'] as const) {
    for (const [why, times] of Object.entries(findings[name])) log(`${name}: ${times} × ${why}`);
  }
};

/**
 * The way from the ring to the pop, with everything real but the telephone network: the product in its own process with
 * a durable log, agents and customers as stock clients in processes of theirs. `deliveredToPop` counts from the moment
 * that the switch says the phone rings to the pop's arrival at the agent's socket.
 */
export const run: Benchmark = async ({ log, args }) => {
  const wished = wishedIn(args);
  await mkdir('data', { recursive: true });
  const folder = await mkdtemp(join('data', 'bench-pop-'));
  const product = await startProduct({
    folder,
    openingData: busyMerchant(portsFor(wished)),
    ...(wished.profileInto !== undefined && { profileInto: wished.profileInto }),
  });
  try {
    const played = await play(product, wished, log);
    explain(played.findings, log);
    const figures = figuresOf(played);
    for (const [name, limit] of Object.entries(limits)) {
      const figure = figures[name] ?? NaN;
      if (figure <= limit) continue;
      log(`${name} is ${figure}, and may be ${limit} at most`);
      process.exitCode = 1;
    }
    return figures;
  } finally {
    await product.stop();
    await rm(folder, { recursive: true });
  }
};
