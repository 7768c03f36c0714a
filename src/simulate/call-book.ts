import type { Instant, Milliseconds } from '#domain/kernel/time.js';
import { judgeCall, type Verdict } from './judge-call.js';
import type { Note, Observation } from './observation.js';
import { quantilesOf, type Quantiles } from './quantiles.js';

/** What has become of the load so far. */
export type Progress = Readonly<{ clicks: number; inProgress: number; popped: number; ended: number; failed: number }>;

/** How often each thing happened, by its words. */
export type Tally = Readonly<Record<string, number>>;

export type Findings = Readonly<{
  calls: number;
  verdicts: Readonly<Record<Verdict['is'], number>>;
  wrong: Tally;
  lost: Tally;
  failed: Tally;
  refused: Tally;
  /** Customers of the first calls that were lost or popped wrong, for looking up their journeys. */
  suspects: readonly string[];
  /** Requests of agents that were turned away while their calls went on. */
  requestsRefused: Tally;
  pops: number;
  /** From the click to the customer's window telling how the call gets on. */
  clickToWindow: Quantiles;
  /** From the click to the pop on the first agent's screen. */
  clickToPop: Quantiles;
  /** From the ring, by the switch's clock, to the pop on an agent's screen. */
  ringToPop: Quantiles;
  /** Calls whose customer was shown the very page that the agent's keys stand for. */
  provenByKeys: number;
}>;

type BookSettings = Readonly<{
  pageOf: (call: number) => string | undefined;
  isRobot: (agentName: string) => boolean;
  refOf: (call: number) => string;
}>;

/** What the other end has to tell may still be on its way. */
const grace: Milliseconds = 2_000;
const mostSuspects = 10;

const count = (tally: Map<string, number>, word: string): void => void tally.set(word, (tally.get(word) ?? 0) + 1);

/** Whether nothing more can happen in it. */
const isOver = (observations: readonly Observation[]): boolean => {
  const seen = (saw: Observation['saw']): number => observations.filter((each) => each.saw === saw).length;
  if (seen('click-refused') > 0) return true;
  return seen('window-over') > 0 && seen('agent-left') >= seen('pop');
};

/** Gathers what both ends of each call have seen, and judges the call when it is over. */
export class CallBook {
  private readonly open = new Map<number, Observation[]>();
  private readonly judged = new Set<number>();
  private readonly overSince = new Map<number, Instant>();
  private readonly verdicts: Record<Verdict['is'], number> = {
    popped: 0,
    abandoned: 0,
    elsewhere: 0,
    refused: 0,
    failed: 0,
    wrong: 0,
    lost: 0,
  };
  private readonly whys = {
    wrong: new Map<string, number>(),
    lost: new Map<string, number>(),
    failed: new Map<string, number>(),
    refused: new Map<string, number>(),
  };
  private readonly suspects: string[] = [];
  private readonly requestsRefused = new Map<string, number>();
  private readonly clickToWindow: Milliseconds[] = [];
  private readonly clickToPop: Milliseconds[] = [];
  private readonly ringToPop: Milliseconds[] = [];
  private clicks = 0;
  private popped = 0;
  private over = 0;
  private failed = 0;
  private proven = 0;

  constructor(private readonly settings: BookSettings) {}

  readonly note: Note = (observation) => {
    if (this.judged.has(observation.call)) return;
    const observations = this.open.get(observation.call) ?? [];
    this.open.set(observation.call, observations);
    if (observations.length === 0) this.clicks += 1;
    this.count(observation, observations);
    observations.push(observation);
    if (isOver(observations)) this.overSince.set(observation.call, observation.at);
  };

  /** Judges the calls that have been over for a while. */
  settle(now: Instant): void {
    for (const [call, since] of this.overSince) if (since + grace <= now) this.judge(call);
  }

  progress(): Progress {
    const { clicks, popped, failed, over } = this;
    return { clicks, inProgress: clicks - over, popped, ended: over - failed, failed };
  }

  /** Judges what is left, too: what is not over now never will be. */
  close(): Findings {
    for (const call of [...this.open.keys()]) this.judge(call);
    return {
      calls: this.clicks,
      verdicts: { ...this.verdicts },
      wrong: Object.fromEntries(this.whys.wrong),
      lost: Object.fromEntries(this.whys.lost),
      failed: Object.fromEntries(this.whys.failed),
      refused: Object.fromEntries(this.whys.refused),
      suspects: this.suspects,
      requestsRefused: Object.fromEntries(this.requestsRefused),
      pops: this.ringToPop.length,
      clickToWindow: quantilesOf(this.clickToWindow),
      clickToPop: quantilesOf(this.clickToPop),
      ringToPop: quantilesOf(this.ringToPop),
      provenByKeys: this.proven,
    };
  }

  private count(observation: Observation, before: readonly Observation[]): void {
    switch (observation.saw) {
      case 'pop':
        if (!before.some(({ saw }) => saw === 'pop')) this.popped += 1;
        return;
      case 'click-refused':
      case 'window-over':
        this.over += 1;
        if (observation.saw === 'click-refused' || observation.state === 'failed') this.failed += 1;
        return;
      case 'request-refused':
        count(this.requestsRefused, `${observation.request}: ${observation.code}`);
        return;
      case 'click':
      case 'window':
      case 'page':
      case 'answered':
      case 'customer-hangs-up':
      case 'ring-without-pop':
      case 'talk':
      case 'agent-clears':
      case 'agent-left':
      case 'agent-hands-on':
        return;
    }
  }

  private measure(observations: readonly Observation[]): void {
    const pops = observations.filter((each) => each.saw === 'pop');
    const click = observations.find(({ saw }) => saw === 'click');
    const window = observations.find(({ saw }) => saw === 'window');
    if (click && window) this.clickToWindow.push(window.at - click.at);
    this.ringToPop.push(...pops.map(({ afterRing }) => afterRing));
    if (click && pops.length > 0) this.clickToPop.push(Math.min(...pops.map(({ at }) => at)) - click.at);
  }

  private judge(call: number): void {
    const observations = this.open.get(call) ?? [];
    this.open.delete(call);
    this.overSince.delete(call);
    this.judged.add(call);
    this.measure(observations);
    const page = this.settings.pageOf(call);
    const verdict = judgeCall({ observations, page, isRobot: this.settings.isRobot });
    this.verdicts[verdict.is] += 1;
    if ('why' in verdict) count(this.whys[verdict.is], verdict.why);
    const isSuspect = verdict.is === 'wrong' || verdict.is === 'lost';
    if (isSuspect && this.suspects.length < mostSuspects) this.suspects.push(this.settings.refOf(call));
    if (verdict.is === 'popped' && observations.some(({ saw }) => saw === 'page')) this.proven += 1;
  }
}
