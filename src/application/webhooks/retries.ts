import type { FailedDelivery } from '#domain/webhook/webhook.state.js';

/** Deliveries that were set aside, each to be tried again when it is due and once at a time. */
export class Retries {
  private known: ReadonlyMap<number, FailedDelivery> | undefined;
  private byTime: readonly FailedDelivery[] = [];
  private readonly underWay = new Set<number>();

  /** At most so many that are due, which are under way from now on, and when the next one is due. */
  due(
    failed: ReadonlyMap<number, FailedDelivery>,
    now: number,
    most: number,
  ): Readonly<{ due: readonly FailedDelivery[]; next: number }> {
    this.sort(failed);
    const waiting = this.byTime.filter(({ position }) => !this.underWay.has(position));
    const due = waiting.filter(({ retryAt }) => retryAt <= now).slice(0, Math.max(0, most));
    for (const { position } of due) this.underWay.add(position);
    const next = waiting.find(({ retryAt }) => retryAt > now)?.retryAt ?? Infinity;
    return { due, next };
  }

  ended(position: number): void {
    this.underWay.delete(position);
  }

  /** A state is replaced, never changed: the same map holds the same deliveries. */
  private sort(failed: ReadonlyMap<number, FailedDelivery>): void {
    if (failed === this.known) return;
    this.known = failed;
    this.byTime = [...failed.values()]
      .filter(({ setAside }) => setAside)
      .sort((one, other) => one.retryAt - other.retryAt);
  }
}
