import { risingClock } from '#adapters/clock/rising.clock.js';
import { clockDecider } from '#domain/clock/clock.decider.js';
import type { RisingClock } from '#domain/contracts/clock.js';
import { correlate } from '#domain/correlation/correlate.js';
import type { Timing } from '#domain/correlation/clues.js';
import type { CorrelationDecision } from '#domain/correlation/correlation.events.js';
import { gather, type Arrival } from '#domain/correlation/gather.js';
import { reconsider } from '#domain/correlation/reconsider.js';
import type { GatewayCommand } from '#domain/gateway/gateway.commands.js';
import { gatewayDecider } from '#domain/gateway/gateway.decider.js';
import type { LogEvent } from '#domain/events.js';
import type { Gateway } from '#domain/gateway/gateway.events.js';
import {
  callCentreId,
  callId,
  contactId,
  gatewayId,
  iconSessionId,
  leaseId,
  merchantId,
  platform,
  wallClock,
  type CallId,
} from '#domain/kernel/ids.js';
import { phoneNumber } from '#domain/kernel/phone-number.js';
import { instant, type Milliseconds } from '#domain/kernel/time.js';
import type { IndexedLease, PolicyViews } from '#domain/policies/views.js';
import { aniIndex } from '#projections/ani-index/ani-index.projection.js';
import { aniIndexQueries } from '#projections/ani-index/ani-index.queries.js';
import { fold } from '#projections/projection.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';

const acme = merchantId('acme');
const aruba = gatewayId(platform, 'aruba');
const centreId = callCentreId(acme, 'oranjestad');
export const dialled = '+2975820000';
/** Readings begin here, so that a clock may go back a long way. */
const begin = 1_000_000;

/** One call as the plan has it. Times are real ones, in milliseconds from the beginning. */
export type PlannedCall = Readonly<{
  clickedAt: Milliseconds;
  /** When it comes in at the centre; `undefined`: it is lost on the way. */
  arrivesAt?: Milliseconds;
  releasedAt: Milliseconds;
  /** What the clock of the switch is wrong by when it comes in. */
  clockError: Milliseconds;
  /** When its report is taken; and taken again. */
  takenAt: readonly Milliseconds[];
}>;

/** Somebody who calls the centre with the number of a port. */
export type Spoof = Readonly<{ at: Milliseconds; port: number; trunk: string; called: string }>;

export const waysToStamp = ['as-read', 'rising', 'never-falling'] as const;

/** `by` below 0: back. Noticed a little later. */
export type Step = Readonly<{ at: Milliseconds; by: Milliseconds; noticedAfter: Milliseconds }>;

export type Plan = Readonly<{
  ports: number;
  quarantine: Milliseconds;
  timing: Timing;
  calls: readonly PlannedCall[];
  spoofs?: readonly Spoof[];
  /** Our clock, and that of the switch with it, is put forward or back. */
  steps?: readonly Step[];
  /** Nobody notices that it was. */
  blind?: boolean;
  /** How times of leases are stamped: as the clock reads, or as the product does it, or as a log that only never falls. */
  stamps?: (typeof waysToStamp)[number];
  /** Of what happens in one instant, ports are given back first instead of last. */
  releaseFirst?: boolean;
}>;

/** A decision as it was taken or changed, beside what was true. */
export type Told = Readonly<{
  arriving: CallId;
  decision: CorrelationDecision;
  truth: CallId | undefined;
  nth: number;
}>;

export const outgoing = (index: number): CallId => callId(acme, `click-${index}`);
export const arriving = (name: string): CallId => callId(acme, `oranjestad.${name}`);
export const trunk = 'tg-aruba';
export const ani = (port: number): `+${string}` => `+297500000${port}`;

type Wire = Readonly<{ name: string; number: string; clockError: Milliseconds; trunkGroup: string; called: string }>;

/** `stage` and `order` settle what comes first in one instant. */
type Moment = Readonly<{ at: Milliseconds; stage: number; order: number; run: (world: World) => void }>;

/** A step up to this is not noticed; it counts with the next. */
export const noticedAbove: Milliseconds = 1;

/** A gateway, a telephone network and a call centre, and Trunkline between them. */
class World {
  private gateway = gatewayDecider.initialState;
  private clockSteps = clockDecider.initialState;
  private readonly index = aniIndex.empty();
  private readonly decisions = new Map<CallId, CorrelationDecision>();
  private readonly truths = new Map<CallId, CallId | undefined>();
  readonly told: Told[] = [];
  private realTime: Milliseconds = 0;
  /** What our clock is wrong by. */
  private ahead: Milliseconds = 0;
  /** Between what since the last notice. */
  private known = { least: 0, most: 0 };
  private readonly clock: FakeClock;
  private readonly rising: RisingClock;
  private latest = instant(0);

  constructor(private readonly plan: Plan) {
    this.clock = fakeClock(this.now());
    this.rising = risingClock(this.clock);
    const ports = Array.from({ length: plan.ports }, (_, index) => ({ port: index + 1, ani: ani(index + 1) }));
    this.ask({ type: 'DefineGateway', target: aruba, at: this.now(), data: { ...this.definition(), ports } });
  }

  private definition(): Omit<Gateway, 'ports'> {
    const { quarantine } = this.plan;
    const location = { latitude: 12.5, longitude: -70 };
    return { name: 'Aruba', location, pilotNumber: '+2975000000', trunkGroup: trunk, quarantine };
  }

  private now() {
    return instant(begin + this.realTime + this.ahead);
  }

  /** As the log stamps it. */
  private recorded() {
    const stamp = this.plan.stamps === 'rising' ? this.rising.now() : this.now();
    this.latest = this.plan.stamps === 'never-falling' && this.latest > stamp ? this.latest : stamp;
    return this.latest;
  }

  goOnTo(time: Milliseconds): void {
    this.clock.advance(time - this.realTime);
    this.realTime = time;
  }

  step(by: Milliseconds): void {
    this.ahead += by;
    this.clock.set(this.now());
  }

  noticeStep(): void {
    const { least, most } = this.known;
    this.known = { least: Math.min(least, this.ahead), most: Math.max(most, this.ahead) };
    const isBack = most - this.ahead > noticedAbove;
    if (this.plan.blind || !(isBack || this.ahead - least > noticedAbove)) return;
    this.known = { least: this.ahead, most: this.ahead };
    const by = this.ahead - (isBack ? most : least);
    const stamped = this.plan.stamps === 'rising' ? this.rising.now() : 0;
    const before = Math.max(this.now() - by, by < 0 ? stamped : 0);
    const data = { by: this.now() - before, before: instant(before), after: this.now() };
    const decision = clockDecider.decide(
      { type: 'ReportClockStepped', target: wallClock, at: this.now(), data },
      this.clockSteps,
    );
    if (decision.outcome !== 'accepted') return;
    for (const event of decision.events) {
      this.clockSteps = clockDecider.evolve(this.clockSteps, event);
      this.fold(wallClock, event);
    }
  }

  private ask(command: GatewayCommand): void {
    const decision = gatewayDecider.decide(command, this.gateway);
    if (decision.outcome === 'rejected') throw new Error(decision.reason);
    for (const event of decision.events) {
      this.gateway = gatewayDecider.evolve(this.gateway, event);
      this.fold(aruba, event, command.at);
    }
  }

  private fold(stream: string, event: Readonly<{ type: string; data: object }>, occurredAt = this.now()): void {
    fold(aniIndex, this.index, {
      ...event,
      stream,
      recordedAt: occurredAt,
      meta: { merchantId: acme, occurredAt },
    } as unknown as LogEvent);
  }

  click(index: number): void {
    const name = `click-${index}`;
    const [lease, call] = [leaseId(acme, name), outgoing(index)];
    const journey = { contactId: contactId(acme, name), sessionId: iconSessionId(acme, name), merchantId: acme };
    this.fold(call, { type: 'DestinationSelected', data: { number: dialled } });
    const data = { leaseId: lease, callId: call, ...journey };
    this.ask({ type: 'LeasePort', target: aruba, at: this.recorded(), data });
  }

  release(index: number): void {
    const data = { leaseId: leaseId(acme, `click-${index}`), cause: 'over' };
    this.ask({ type: 'ReleasePort', target: aruba, at: this.recorded(), data });
  }

  leaseOf(call: CallId): IndexedLease | undefined {
    return aniIndexQueries(this.index).leaseOf(call);
  }

  /** What the switch will report of a call that comes in now. */
  arrival({ name, number, clockError, trunkGroup, called }: Wire): Omit<Arrival, 'takenAt'> {
    const arrivedAt = instant(this.now() + clockError);
    const numbers = { ani: phoneNumber(number), dnis: phoneNumber(called) };
    return { callId: arriving(name), centreId, ...numbers, trunkGroup, arrivedAt, timing: this.plan.timing };
  }

  private views(): Pick<PolicyViews, 'aniIndex' | 'calls' | 'gateways' | 'merchants'> {
    const call = (id: CallId) => {
      const correlation = this.decisions.get(id);
      return correlation && { correlation };
    };
    return {
      aniIndex: aniIndexQueries(this.index),
      calls: { call },
      gateways: { gateways: () => [{ ...this.definition(), ports: [], gatewayId: aruba, free: 0 }] },
      merchants: { centre: () => ({ trunks: [trunk] }) },
    } as unknown as Pick<PolicyViews, 'aniIndex' | 'calls' | 'gateways' | 'merchants'>;
  }

  /** As the application does: decides, records, and decides again what this puts in question. */
  take(report: Omit<Arrival, 'takenAt'>, truth: CallId | undefined): void {
    const { callId: taken } = report;
    const previous = this.decisions.get(taken);
    this.truths.set(taken, truth);
    const arrived = { ...report, takenAt: this.now(), ...(previous ? { previous } : {}) };
    this.record(taken, correlate(gather(arrived, this.views())));
  }

  private record(taken: CallId, decision: CorrelationDecision): void {
    this.decisions.set(taken, decision);
    this.told.push({ arriving: taken, decision, truth: this.truths.get(taken), nth: this.told.length });
    this.fold(taken, { type: 'CorrelationDecided', data: decision });
    for (const [other, earlier] of this.decisions) {
      const again = other === taken ? undefined : reconsider(earlier, { callId: taken, decision });
      if (again) this.record(other, again);
    }
  }

  decisionsNow(): ReadonlyMap<CallId, CorrelationDecision> {
    return this.decisions;
  }
}

const momentsOf = (call: PlannedCall, order: number, releaseFirst: boolean): readonly Moment[] => {
  const { clickedAt, releasedAt, arrivesAt, takenAt, clockError } = call;
  let report: Omit<Arrival, 'takenAt'> | undefined;
  const click = (world: World): void => {
    world.click(order);
  };
  const release = (world: World): void => {
    world.release(order);
  };
  const arrive = (world: World): void => {
    const lease = world.leaseOf(outgoing(order));
    if (!lease) return;
    report = world.arrival({
      name: `call-${order}`,
      number: lease.ani,
      clockError,
      trunkGroup: trunk,
      called: dialled,
    });
  };
  const take = (world: World): void => {
    if (report) world.take(report, outgoing(order));
  };
  return [
    { at: clickedAt, stage: 0, order, run: click },
    { at: releasedAt, stage: releaseFirst && releasedAt > clickedAt ? -1 : 3, order, run: release },
    ...(arrivesAt === undefined ? [] : [{ at: arrivesAt, stage: 1, order, run: arrive }]),
    ...takenAt.map((at) => ({ at, stage: 2, order, run: take })),
  ];
};

const momentOfSpoof = ({ at, port, trunk: trunkGroup, called }: Spoof, order: number): Moment => ({
  at,
  stage: 2,
  order,
  run: (world) => {
    world.take(
      world.arrival({ name: `spoof-${order}`, number: ani(port), clockError: 0, trunkGroup, called }),
      undefined,
    );
  },
});

const momentsOfStep = ({ at, by, noticedAfter }: Step, order: number): readonly Moment[] => [
  {
    at,
    stage: 0,
    order,
    run: (world) => {
      world.step(by);
    },
  },
  {
    at: at + noticedAfter,
    stage: 0,
    order,
    run: (world) => {
      world.noticeStep();
    },
  },
];

export type Outcome = Readonly<{ told: readonly Told[]; last: ReadonlyMap<CallId, CorrelationDecision> }>;

/** Lets a plan happen. */
export const happen = (plan: Plan): Outcome => {
  const world = new World(plan);
  const moments = [
    ...plan.calls.flatMap((call, order) => momentsOf(call, order, plan.releaseFirst ?? false)),
    ...(plan.spoofs ?? []).map(momentOfSpoof),
    ...(plan.steps ?? []).flatMap(momentsOfStep),
  ];
  moments.sort((a, b) => a.at - b.at || a.stage - b.stage || a.order - b.order);
  for (const { at, run } of moments) {
    world.goOnTo(at);
    run(world);
  }
  return { told: world.told, last: world.decisionsNow() };
};
