import type { SteadyClock } from '#domain/contracts/clock.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { Inputs } from '../map/fields.js';
import type { OperationResult } from '../map/mapped-session.js';
import { ScreenMapFailure } from '../map/screen-map-failure.js';
import { PoolFailure } from './pool-failure.js';
import { WaitingLine } from './waiting-line.js';

/** One logged-on session, waiting on its parking screen. */
export type PooledSession = Readonly<{
  /** @throws {ScreenMapFailure} @throws {TerminalFailure} */
  run: (operation: string, inputs: Inputs) => Promise<OperationResult>;
  /** Back to where sessions wait. @throws {ScreenMapFailure} @throws {TerminalFailure} */
  park: () => Promise<void>;
  /** Keeps the host from ending it for idleness, and finds out whether it has. @throws as `run` */
  touch: () => Promise<void>;
  close: () => Promise<void>;
}>;

export type PoolSettings = Readonly<{
  clock: SteadyClock;
  /** Connects, logs on and parks. @throws {ScreenMapFailure} @throws {TerminalFailure} */
  open: (lu: string | undefined) => Promise<PooledSession>;
  /** Sessions at most; with logical units, at most one for each. */
  size: number;
  logicalUnits: readonly string[];
  /** Sessions that may log on at the same time; hosts take many at once for an attack. */
  logOnsAtOnce: number;
  touchEvery: Milliseconds;
  /** After a failure to connect, no new one sooner. */
  reconnectAfter: Milliseconds;
}>;

/** What operators watch. */
export type PoolState = Readonly<{
  open: number;
  idle: number;
  opening: number;
  waiting: number;
  /** Sessions given up because it was in doubt what state they were in. */
  recycled: number;
  /** The host has refused the log-on: nothing is tried again until somebody has looked. */
  logOnRefused: boolean;
}>;

export type SessionPool = Readonly<{
  /**
   * Runs an operation on a session of its own, as soon as one is free.
   * @throws {PoolFailure} `busy` when none was free in time; `log-on-refused`; `unreachable`; `closed`
   * @throws {ScreenMapFailure} @throws {TerminalFailure}
   */
  run: (operation: string, inputs: Inputs, within: Milliseconds) => Promise<OperationResult>;
  state: () => PoolState;
  /** Somebody has put the log-on right: it is tried again. */
  retryLogOn: () => void;
  close: () => Promise<void>;
}>;

type Slot = { readonly lu: string | undefined; session: PooledSession; busy: boolean };

/** What the application itself says leaves a session as good as it was; anything else leaves it in doubt. */
const isAnswer = (error: unknown): boolean =>
  error instanceof ScreenMapFailure && (error.fault === 'application' || error.fault === 'bad-input');

class Pool implements SessionPool {
  private readonly slots = new Set<Slot>();
  private readonly line: WaitingLine<Slot>;
  private readonly freeUnits: string[];
  private readonly limit: number;
  private opening = 0;
  private recycled = 0;
  private logOnRefused = false;
  private notBefore = 0;
  private closed = false;
  private stopTouching: () => void = () => undefined;

  constructor(private readonly settings: PoolSettings) {
    const { clock, size, logicalUnits } = settings;
    this.line = new WaitingLine(clock);
    this.freeUnits = [...logicalUnits];
    this.limit = logicalUnits.length === 0 ? size : Math.min(size, logicalUnits.length);
    this.touchLater();
  }

  async run(operation: string, inputs: Inputs, within: Milliseconds): Promise<OperationResult> {
    const slot = await this.take(within);
    try {
      const result = await slot.session.run(operation, inputs);
      this.parkSoon(slot);
      return result;
    } catch (error) {
      if (isAnswer(error)) this.parkSoon(slot);
      else this.recycle(slot);
      throw error;
    }
  }

  state(): PoolState {
    const idle = [...this.slots].filter(({ busy }) => !busy).length;
    const { opening, recycled, logOnRefused } = this;
    return { open: this.slots.size, idle, opening, waiting: this.line.length, recycled, logOnRefused };
  }

  retryLogOn(): void {
    this.logOnRefused = false;
    this.notBefore = 0;
    this.openMore();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.stopTouching();
    this.line.refuseAll(new PoolFailure('closed', 'the sessions are being closed'));
    await Promise.all([...this.slots].map(({ session }) => session.close()));
    this.slots.clear();
  }

  private take(within: Milliseconds): Promise<Slot> {
    const refusal = this.refusal();
    if (refusal) return Promise.reject(refusal);
    const idle = [...this.slots].find(({ busy }) => !busy);
    if (idle) {
      idle.busy = true;
      return Promise.resolve(idle);
    }
    const turn = this.line.join(within);
    this.openMore();
    return turn;
  }

  private refusal(): PoolFailure | undefined {
    if (this.closed) return new PoolFailure('closed', 'the sessions are being closed');
    if (this.logOnRefused) return new PoolFailure('log-on-refused', 'the host has refused the log-on');
    const isAway = this.slots.size === 0 && this.opening === 0 && this.settings.clock.elapsed() < this.notBefore;
    return isAway ? new PoolFailure('unreachable', 'the host could not be reached a moment ago') : undefined;
  }

  /** As many as are waited for, within what is allowed. After one refused log-on none: a locked account helps nobody. */
  private openMore(): void {
    const { clock, logOnsAtOnce } = this.settings;
    while (
      !this.closed &&
      !this.logOnRefused &&
      this.line.length > this.opening &&
      this.opening < logOnsAtOnce &&
      this.slots.size + this.opening < this.limit &&
      clock.elapsed() >= this.notBefore
    ) {
      void this.open(this.freeUnits.shift());
    }
  }

  private async open(lu: string | undefined): Promise<void> {
    this.opening += 1;
    try {
      const slot = { lu, session: await this.settings.open(lu), busy: true };
      this.slots.add(slot);
      this.opening -= 1;
      if (this.closed) await this.drop(slot);
      else this.handOn(slot);
    } catch (error) {
      this.opening -= 1;
      if (lu !== undefined) this.freeUnits.push(lu);
      this.onNotOpened(error);
    }
  }

  private onNotOpened(error: unknown): void {
    if (error instanceof ScreenMapFailure && error.fault === 'application') {
      this.logOnRefused = true;
      this.line.refuseAll(new PoolFailure('log-on-refused', `the host has refused the log-on (${error.message})`));
      return;
    }
    this.notBefore = this.settings.clock.elapsed() + this.settings.reconnectAfter;
    if (this.slots.size === 0 && this.opening === 0) {
      const why = error instanceof Error ? error.message : 'no reason given';
      this.line.refuseAll(new PoolFailure('unreachable', `no session could be opened (${why})`));
    }
  }

  /** Whoever asked has the answer already; the way back to the parking screen is not waited for. */
  private parkSoon(slot: Slot): void {
    slot.session.park().then(
      () => {
        this.handOn(slot);
      },
      () => {
        this.recycle(slot);
      },
    );
  }

  private handOn(slot: Slot): void {
    slot.busy = this.line.serve(slot);
  }

  private recycle(slot: Slot): void {
    if (!this.slots.has(slot)) return;
    this.recycled += 1;
    void this.drop(slot).finally(() => {
      this.openMore();
    });
  }

  private async drop(slot: Slot): Promise<void> {
    this.slots.delete(slot);
    await slot.session.close();
    if (slot.lu !== undefined) this.freeUnits.push(slot.lu);
  }

  private touchLater(): void {
    this.stopTouching = this.settings.clock.schedule(this.settings.touchEvery, () => {
      for (const slot of this.slots) if (!slot.busy) this.touch(slot);
      this.touchLater();
    });
  }

  private touch(slot: Slot): void {
    slot.busy = true;
    slot.session.touch().then(
      () => {
        this.handOn(slot);
      },
      () => {
        this.recycle(slot);
      },
    );
  }
}

/** Sessions that are logged on once and shared, each by one operation at a time. */
export const sessionPool = (settings: PoolSettings): SessionPool => new Pool(settings);
