import { tenantOf, type WebhookId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import { isWanted } from '#domain/webhook/wanted-events.js';
import type { Webhook } from '#domain/webhook/webhook.state.js';
import type { Log } from '../log.js';
import { createAttempt, type Attempted, type AttemptTools } from './attempt.js';
import { Intake } from './intake.js';
import { Lanes, type Owed } from './lanes.js';
import { Retries } from './retries.js';

export type CourierTools = AttemptTools &
  Readonly<{
    log: Log;
    /** Position up to which events have been heard. */
    heardUpTo: () => number;
  }>;

/** Deliveries owed that are known of at once; what comes after them waits in the log. */
const room = 256;
const mostUnderWay = 64;
const fewestUnderWay = 4;
/** Deliveries begun in one turn, so that calls come in between. */
const perTurn = 8;
const retryStoreAfter: Milliseconds = 500;

/**
 * Brings one webhook what is owed to it: per contact in the order of the log, several contacts at once, never more than
 * its endpoint has shown to bear. What fails is decided by the webhook's own rules and waits as they say.
 */
export class Courier {
  private readonly lanes = new Lanes();
  private readonly retries = new Retries();
  private readonly intake: Intake;
  private readonly attempt: ReturnType<typeof createAttempt>;
  private readonly underWay = new Set<Promise<void>>();
  private allowed = fewestUnderWay;
  private wake: (() => void) | undefined;
  private wakeAt = Infinity;
  private stopped = false;
  private delivered = false;

  /** @param after it is owed what comes after that place in the log */
  constructor(
    private readonly webhookId: WebhookId,
    private readonly tools: CourierTools,
    after: number,
  ) {
    const { store, heardUpTo } = tools;
    this.attempt = createAttempt(webhookId, tools);
    this.intake = new Intake(
      {
        store,
        heardUpTo,
        wanted: () => this.webhook()?.configuration.events ?? [],
        take: (event) => this.take(event),
        hasRoom: () => this.lanes.size < room && !this.stopped,
      },
      after,
    );
    this.work(0);
  }

  /** An event of its merchant, in log order. */
  heard(event: RecordedEvent): void {
    this.intake.heard(event);
    this.work(0);
  }

  /** Its own state has changed. */
  stateChanged(): void {
    this.work(0);
  }

  /** Everything up to there was taken, or is remembered as failed by the webhook itself. */
  settledUpTo(): number {
    const oldest = this.lanes.oldest();
    return oldest === undefined ? this.intake.position() : oldest - 1;
  }

  /** Whether anything was taken since this was last asked. */
  hasDelivered(): boolean {
    const { delivered } = this;
    this.delivered = false;
    return delivered;
  }

  /** Begins nothing more. Resolves when what is under way has ended; the answers still count. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.intake.close();
    this.wake?.();
    await Promise.all(this.underWay);
  }

  private webhook(): Webhook | undefined {
    return this.tools.webhook(this.webhookId);
  }

  /** False when there is no room for it. */
  private take(event: RecordedEvent): boolean {
    const webhook = this.webhook();
    if (!webhook || event.meta.merchantId !== tenantOf(this.webhookId)) return true;
    if (!isWanted(webhook.configuration.events, event)) return true;
    const { position } = event;
    if (webhook.failed.get(position)?.setAside === true || webhook.deadLetters.has(position)) return true;
    if (this.lanes.size >= room) return false;
    this.lanes.add({ position, lane: event.meta.contactId ?? event.stream, event });
    return true;
  }

  /** Looks for work that much later, or sooner when that was settled before. */
  private work(delay: Milliseconds): void {
    const at = this.tools.clock.now() + delay;
    if (this.stopped || (this.wake && this.wakeAt <= at)) return;
    this.wake?.();
    this.wakeAt = at;
    this.wake = this.tools.clock.schedule(delay, () => {
      this.wake = undefined;
      this.turn();
    });
  }

  private workAt(at: number): void {
    if (at < Infinity) this.work(Math.max(0, at - this.tools.clock.now()));
  }

  private turn(): void {
    const webhook = this.webhook();
    if (this.stopped || !webhook?.enabled) return;
    this.fill();
    if (webhook.pause) this.probe(webhook, webhook.pause.until);
    else this.deliver(webhook);
  }

  private fill(): void {
    if (this.lanes.size >= room / 2) return;
    this.intake.catchUp().then(
      (hasRead) => {
        if (hasRead) this.work(0);
      },
      (error: unknown) => {
        this.tools.log.warn({ webhook: this.webhookId, error }, 'the log could not be read for a webhook');
        this.work(retryStoreAfter);
      },
    );
  }

  /** One delivery at a time, once the pause is over: the one that has failed least often, and then the oldest. */
  private probe(webhook: Webhook, until: number): void {
    this.lanes.forgetEvents();
    const now = this.tools.clock.now();
    if (now < until) {
      this.workAt(until);
      return;
    }
    if (this.underWay.size > 0) return;
    const owed = this.lanes.takeLowest((position) => webhook.failed.get(position)?.attempts ?? 0);
    if (owed) this.begin(owed, true);
    else this.workAt(this.retrySetAside(webhook, 1));
  }

  private deliver(webhook: Webhook): void {
    const now = this.tools.clock.now();
    const dueAt = (position: number): number => webhook.failed.get(position)?.retryAt ?? now;
    this.lanes.release(dueAt, now);
    const free = Math.min(this.allowed - this.underWay.size, perTurn);
    const begun = this.beginReady(dueAt, free);
    const nextSetAside = this.retrySetAside(webhook, free - begun);
    if (begun === perTurn) this.work(0);
    else this.workAt(Math.min(this.lanes.release(dueAt, now), nextSetAside));
  }

  private beginReady(dueAt: (position: number) => number, most: number): number {
    let begun = 0;
    while (begun < most) {
      const owed = this.lanes.takeReady();
      if (!owed) break;
      if (dueAt(owed.position) > this.tools.clock.now()) this.lanes.hold(owed);
      else {
        this.begin(owed, true);
        begun += 1;
      }
    }
    return begun;
  }

  /** Begins at most so many that are due; answers when the next one is. */
  private retrySetAside(webhook: Webhook, most: number): number {
    const { due, next } = this.retries.due(webhook.failed, this.tools.clock.now(), most);
    for (const { position } of due) this.begin({ position, lane: '', event: undefined }, false);
    return next;
  }

  private begin(owed: Owed, inLane: boolean): void {
    const attempt = this.attempt(owed, () => this.stopped)
      .catch(async (error: unknown): Promise<Attempted> => {
        const { webhookId } = this;
        this.tools.log.warn({ webhook: webhookId, position: owed.position, error }, 'a delivery will be tried again');
        await new Promise<void>((resolve) => this.tools.clock.schedule(retryStoreAfter, resolve));
        return 'open';
      })
      .then((attempted) => {
        this.underWay.delete(attempt);
        this.learn(attempted);
        if (inLane) this.settle(owed, attempted);
        else this.retries.ended(owed.position);
        this.work(0);
      });
    this.underWay.add(attempt);
  }

  /** How much the endpoint bears: one more at once for each that was taken, few again when one was not. */
  private learn(attempted: Attempted): void {
    this.delivered ||= attempted === 'taken';
    this.allowed = attempted === 'taken' ? Math.min(this.allowed + 1, mostUnderWay) : fewestUnderWay;
  }

  private settle(owed: Owed, attempted: Attempted): void {
    const failed = this.webhook()?.failed.get(owed.position);
    if (attempted === 'taken' || (attempted === 'remembered' && (!failed || failed.setAside))) this.lanes.done(owed);
    else this.lanes.hold(owed);
  }
}
