import { randomBytes } from 'node:crypto';
import type { Clock } from '#domain/contracts/clock.js';
import type { LinkId } from '#domain/kernel/ids.js';
import { CallBook, type Findings, type Progress } from './call-book.js';
import type { CallMix } from './call-mix.js';
import { hireRobots, isRobot } from './hire-robots.js';
import { codeOf, customerRefs, loadPlan } from './load-plan.js';
import { merchantServer, ServerRefused, type Configuration } from './merchant-server.js';
import type { Note } from './observation.js';
import { openFloor } from './robot-floor.js';
import { startCustomers, type RobotCustomers, type Site } from './robot-customers.js';

export type LoadSettings = Readonly<{
  server: string;
  merchant: string;
  apiKey: string;
  agents: number;
  /** What is keyed are the merchant's own codes, whatever the mix says. */
  mix: Omit<CallMix, 'codes'>;
  /** Share of icons that are signed. */
  signed: number;
}>;

export type LoadTools = Readonly<{
  clock: Clock;
  print: (line: string) => void;
  /** Told every second. */
  onProgress: (seconds: number, progress: Progress) => void;
  /** The first abort ends the load in good order. */
  stop: AbortSignal;
}>;

/** After the last click, calls may go on so long before everybody hangs up. */
const longestTail = 60_000;
const second = 1_000;

/** Codes that show a page, by which it can be told who is on the phone. One that begins another would be slow. */
export const pageCodes = ({ dtmfTable: { entries } }: Configuration): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(({ code, action }) => {
      const isPrefix = entries.some((other) => other.code !== code && other.code.startsWith(code));
      return action.kind === 'page' && !isPrefix ? [[code, action.origin + action.path] as const] : [];
    }),
  );

/** @throws {ServerRefused} when there is no page that icons could stand on, or no icon */
export const siteOf = ({ origins, links, routingPolicy: { routes } }: Configuration): Site => {
  const [origin] = origins;
  const routed = new Set<LinkId>(routes.map(({ linkId }) => linkId));
  const usable = links.map(({ linkId }) => linkId).filter((linkId) => routed.has(linkId));
  if (origin === undefined || usable.length === 0) {
    throw new ServerRefused('no-icons', 'This merchant has no verified origin, or no link that leads anywhere');
  }
  return { origin, links: usable };
};

/** The mix with the merchant's codes; where it has none, nothing is keyed. */
export const withCodes = (mix: Omit<CallMix, 'codes'>, codes: readonly string[]): CallMix => ({
  ...mix,
  codes,
  keyed: codes.length === 0 ? 0 : mix.keyed,
});

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Plays a load against a running server: agents who are hired for it, and customers who call them.
 * @throws {ServerRefused} when the server cannot be reached, or will not have it
 */
export const driveLoad = async (settings: LoadSettings, tools: LoadTools): Promise<Findings> => {
  const { server, merchant, agents, signed } = settings;
  const { clock, print, stop } = tools;
  const api = merchantServer(settings);
  const configuration = await api.configuration();
  const codes = pageCodes(configuration);
  const mix = withCodes(settings.mix, [...codes.keys()]);
  const plan = loadPlan(mix);
  const refs = customerRefs(randomBytes(6).toString('hex'));
  const site = siteOf(configuration);

  const robots = await hireRobots(api, merchant, agents);
  const book = new CallBook({
    pageOf: (call) => {
      const page = codes.get(codeOf(plan.call(call)) ?? '');
      plan.forget(call);
      return page;
    },
    isRobot,
    refOf: refs.refOf,
  });
  const { note } = book;
  // Agents are seated before the first customer comes, and their news are for customers, too.
  const listening: { customers?: RobotCustomers } = {};
  const noteOfAgents: Note = (observation) => {
    note(observation);
    listening.customers?.hear(observation);
  };
  const floor = await openFloor({ server, api, robots, plan, refs, clock, note: noteOfAgents });
  print(`${robots.length} agents are ready`);

  const startedAt = clock.now();
  const ticking = setInterval(() => {
    book.settle(clock.now());
    tools.onProgress(Math.round((clock.now() - startedAt) / second), book.progress());
  }, second);
  const customers = startCustomers({ server, api, site, mix, signed, refs, clock, note });
  listening.customers = customers;
  const tail = new Promise<void>((resolve) => void clock.schedule(mix.duration + longestTail, resolve));
  await Promise.race([customers.done, tail, aborted(stop)]);

  customers.stop();
  customers.hangUpAll();
  await Promise.race([customers.done, new Promise<void>((resolve) => void clock.schedule(5 * second, resolve))]);
  await floor.close();
  clearInterval(ticking);
  return book.close();
};
