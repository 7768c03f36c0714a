import { correlate } from '#domain/correlation/correlate.js';
import type { Timing } from '#domain/correlation/clues.js';
import type { CorrelationDecision } from '#domain/correlation/correlation.events.js';
import { gather, type Arrival } from '#domain/correlation/gather.js';
import { reconsider } from '#domain/correlation/reconsider.js';
import type { GatewayCommand } from '#domain/gateway/gateway.commands.js';
import { gatewayDecider } from '#domain/gateway/gateway.decider.js';
import type { Gateway, GatewayEvent } from '#domain/gateway/gateway.events.js';
import {
  callCentreId,
  callId,
  contactId,
  gatewayId,
  iconSessionId,
  leaseId,
  merchantId,
  platform,
  type CallId,
} from '#domain/kernel/ids.js';
import { phoneNumber } from '#domain/kernel/phone-number.js';
import { instant, type Milliseconds } from '#domain/kernel/time.js';
import type { IndexedLease, PolicyViews } from '#domain/policies/views.js';

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

export type Plan = Readonly<{
  ports: number;
  quarantine: Milliseconds;
  timing: Timing;
  calls: readonly PlannedCall[];
  spoofs?: readonly Spoof[];
  /** Our clock, and that of the switch with it, goes back. */
  putBack?: readonly Readonly<{ at: Milliseconds; by: Milliseconds }>[];
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

/** A gateway, a telephone network and a call centre, and Trunkline between them. */
class World {
  private gateway = gatewayDecider.initialState;
  private leases: readonly IndexedLease[] = [];
  private readonly decisions = new Map<CallId, CorrelationDecision>();
  private readonly truths = new Map<CallId, CallId | undefined>();
  readonly told: Told[] = [];
  realTime: Milliseconds = 0;
  behind: Milliseconds = 0;

  constructor(private readonly plan: Plan) {
    const ports = Array.from({ length: plan.ports }, (_, index) => ({ port: index + 1, ani: ani(index + 1) }));
    this.ask({ type: 'DefineGateway', target: aruba, at: this.now(), data: { ...this.definition(), ports } });
  }

  private definition(): Omit<Gateway, 'ports'> {
    const { quarantine } = this.plan;
    const location = { latitude: 12.5, longitude: -70 };
    return { name: 'Aruba', location, pilotNumber: '+2975000000', trunkGroup: trunk, quarantine };
  }

  now() {
    return instant(begin + this.realTime - this.behind);
  }

  private ask(command: GatewayCommand): void {
    const decision = gatewayDecider.decide(command, this.gateway);
    if (decision.outcome === 'rejected') throw new Error(decision.reason);
    for (const event of decision.events) {
      this.gateway = gatewayDecider.evolve(this.gateway, event);
      this.index(event);
    }
  }

  private index(event: GatewayEvent): void {
    if (event.type === 'PortLeased') {
      const { at: leasedAt, ...lease } = event.data;
      this.leases = [{ ...lease, gatewayId: aruba, trunkGroup: trunk, leasedAt, dialled }, ...this.leases];
    }
    if (event.type === 'PortReleased') this.change(event.data.callId, { releasedAt: this.now() });
  }

  private change(call: CallId, change: Partial<IndexedLease>): void {
    this.leases = this.leases.map((lease) => (lease.callId === call ? { ...lease, ...change } : lease));
  }

  click(index: number): void {
    const name = `click-${index}`;
    const [lease, call] = [leaseId(acme, name), outgoing(index)];
    const journey = { contactId: contactId(acme, name), sessionId: iconSessionId(acme, name), merchantId: acme };
    this.ask({ type: 'LeasePort', target: aruba, at: this.now(), data: { leaseId: lease, callId: call, ...journey } });
  }

  release(index: number): void {
    const data = { leaseId: leaseId(acme, `click-${index}`), cause: 'over' };
    this.ask({ type: 'ReleasePort', target: aruba, at: this.now(), data });
  }

  leaseOf(call: CallId): IndexedLease | undefined {
    return this.leases.find((lease) => lease.callId === call);
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
      aniIndex: {
        byAni: (_merchant: string, number: string) => this.leases.filter((lease) => lease.ani === number),
        byPilotNumber: () => this.leases.filter(({ releasedAt }) => releasedAt === undefined),
        byPseudoAni: () => undefined,
        bySession: () => undefined,
        leaseOf: (id: CallId) => this.leaseOf(id),
      },
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
    const [candidate] = decision.candidates;
    if (candidate && (decision.verdict === 'certain' || decision.verdict === 'probable')) {
      this.change(candidate.callId, { claimedBy: taken });
    }
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

const momentOfStep = ({ at, by }: Readonly<{ at: Milliseconds; by: Milliseconds }>, order: number): Moment => ({
  at,
  stage: 0,
  order,
  run: (world) => {
    world.behind += by;
  },
});

export type Outcome = Readonly<{ told: readonly Told[]; last: ReadonlyMap<CallId, CorrelationDecision> }>;

/** Lets a plan happen. */
export const happen = (plan: Plan): Outcome => {
  const world = new World(plan);
  const moments = [
    ...plan.calls.flatMap((call, order) => momentsOf(call, order, plan.releaseFirst ?? false)),
    ...(plan.spoofs ?? []).map(momentOfSpoof),
    ...(plan.putBack ?? []).map(momentOfStep),
  ];
  moments.sort((a, b) => a.at - b.at || a.stage - b.stage || a.order - b.order);
  for (const { at, run } of moments) {
    world.realTime = at;
    run(world);
  }
  return { told: world.told, last: world.decisionsNow() };
};
