import { randomUUID } from 'node:crypto';
import type { IconReference } from '#domain/contracts/customer-desk.js';
import type { Clock } from '#domain/contracts/clock.js';
import { seededRandom } from '#domain/kernel/seeded-random.js';
import { tenantOf, uniqueOf, type LinkId } from '#domain/kernel/ids.js';
import { after } from '#domain/kernel/time.js';
import type { CallMix } from './call-mix.js';
import { customerRobot, type CustomerRobot } from './customer-robot.js';
import type { CustomerRefs } from './load-plan.js';
import type { MerchantServer } from './merchant-server.js';
import type { Note, Observation } from './observation.js';
import { callsOf, type PlannedCall } from './planned-calls.js';

/** The merchant's site, as far as customers have to do with it. */
export type Site = Readonly<{ origin: string; links: readonly LinkId[] }>;

export type CustomersNeeds = Readonly<{
  server: string;
  api: Pick<MerchantServer, 'click' | 'mintIcon'>;
  site: Site;
  mix: CallMix;
  /** Share of icons that the merchant's server has signed. */
  signed: number;
  refs: CustomerRefs;
  clock: Clock;
  note: Note;
  /** Which of the load's calls are made here; the others are made elsewhere. */
  isMine?: (call: number) => boolean;
}>;

export type RobotCustomers = Readonly<{
  /** Resolves when nobody will click any more and every call is over. */
  done: Promise<void>;
  /** What an agent has told of a call is heard by its customer, too. */
  hear: (observation: Observation) => void;
  /** Nobody clicks any more. */
  stop: () => void;
  /** Whoever is still in a call, or waits for one, hangs up. */
  hangUpAll: () => void;
}>;

/** Customers who click when the plan says so, from now on. */
export const startCustomers = (needs: CustomersNeeds): RobotCustomers => {
  const { server, api, site, mix, signed, refs, clock, note, isMine = () => true } = needs;
  const calls = callsOf(mix);
  const luck = seededRandom(mix.seed).fork('signed icons');
  const customers = new Map<number, CustomerRobot>();
  const startedAt = clock.now();
  let stopped = false;
  let cancelNext = (): void => undefined;
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const finishIfDone = (): void => {
    if (stopped && customers.size === 0) finish();
  };
  const stop = (): void => {
    stopped = true;
    cancelNext();
    finishIfDone();
  };

  const iconOf = async (call: number, link: LinkId): Promise<IconReference> => {
    const customer = refs.refOf(call);
    if (!luck.fork(String(call)).chance(signed)) return { merchant: tenantOf(link), link, customer };
    return { token: await api.mintIcon({ origin: site.origin, link: uniqueOf(link), customerRef: customer }) };
  };

  const linkOf = (call: number): LinkId => {
    const link = site.links[call % site.links.length];
    if (link === undefined) throw new RangeError('the site has no icon');
    return link;
  };

  const click = (link: LinkId, icon: IconReference): Promise<string> => {
    const now = clock.now();
    return api.click({
      clickKey: randomUUID(),
      icon,
      origin: site.origin,
      context: {
        page: { url: `${site.origin}/${uniqueOf(link)}`, title: `About ${uniqueOf(link)}`, at: now },
        pagesBefore: [{ url: `${site.origin}/`, title: 'Home', at: after(now, -5_000) }],
      },
    });
  };

  const begin = (call: PlannedCall): void => {
    const over = (): void => {
      customers.delete(call.index);
      finishIfDone();
    };
    const link = linkOf(call.index);
    const icon = (): Promise<IconReference> => iconOf(call.index, link);
    const robot = customerRobot(call, { server, clock, note, icon, click: (found) => click(link, found), over });
    customers.set(call.index, robot);
  };

  const waitForNext = (): void => {
    const drawn = calls.next();
    if (drawn.done === true) {
      stop();
      return;
    }
    const call = drawn.value;
    cancelNext = clock.schedule(startedAt + call.clickAt - clock.now(), () => {
      if (isMine(call.index)) begin(call);
      waitForNext();
    });
  };
  waitForNext();

  return {
    done,
    hear: (observation) => {
      if (observation.saw !== 'talk') return;
      customers.get(observation.call)?.hears(observation.as === 'first-agent' ? 'established' : 'joined');
    },
    stop,
    hangUpAll: () => {
      for (const customer of customers.values()) customer.hangUp();
    },
  };
};
