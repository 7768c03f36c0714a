import type { RecordedEvent } from '#domain/kernel/message.js';

/** A delivery that is owed. The event is kept only while it is likely to be sent soon; its place in the log always. */
export type Owed = { readonly position: number; readonly lane: string; event: RecordedEvent | undefined };

/**
 * What is owed to one endpoint: a lane for each contact, in which one delivery at a time is under way, in the order of the
 * log. A lane is ready, busy, or held until its first delivery may be tried again.
 */
export class Lanes {
  private readonly lanes = new Map<string, Owed[]>();
  private readonly ready = new Set<string>();
  private readonly held = new Set<string>();
  /** Rising, as events come in log order. */
  private readonly positions = new Set<number>();

  get size(): number {
    return this.positions.size;
  }

  /** Lowest position that is owed. */
  oldest(): number | undefined {
    const [oldest] = this.positions;
    return oldest;
  }

  add(owed: Owed): void {
    this.positions.add(owed.position);
    const lane = this.lanes.get(owed.lane);
    if (lane) lane.push(owed);
    else {
      this.lanes.set(owed.lane, [owed]);
      this.ready.add(owed.lane);
    }
  }

  /** The next that may be sent; its lane is busy from now on. */
  takeReady(): Owed | undefined {
    const [lane] = this.ready;
    if (lane === undefined) return undefined;
    this.ready.delete(lane);
    return this.lanes.get(lane)?.[0];
  }

  /** The head of a lane that is not busy for which `rank` is lowest, then the oldest: to find out whether the endpoint is back. */
  takeLowest(rank: (position: number) => number): Owed | undefined {
    let best: Owed | undefined;
    for (const lane of [...this.ready, ...this.held]) {
      const head = this.lanes.get(lane)?.[0];
      if (head && (!best || order(rank, head, best) < 0)) best = head;
    }
    if (best) {
      this.ready.delete(best.lane);
      this.held.delete(best.lane);
    }
    return best;
  }

  /** Taken, or no longer waited for: the lane goes on. */
  done({ lane, position }: Owed): void {
    this.positions.delete(position);
    const rest = this.lanes.get(lane);
    rest?.shift();
    if (rest && rest.length > 0) this.ready.add(lane);
    else this.lanes.delete(lane);
  }

  /** It stays first in its lane, and nothing of the lane is sent before `release`. */
  hold({ lane }: Owed): void {
    this.held.add(lane);
  }

  /** Makes ready again the held lanes whose first delivery is due; answers when the next one is. */
  release(dueAt: (position: number) => number, now: number): number {
    let next = Infinity;
    for (const lane of this.held) {
      const head = this.lanes.get(lane)?.[0];
      const due = head ? dueAt(head.position) : now;
      if (due > now) next = Math.min(next, due);
      else {
        this.held.delete(lane);
        this.ready.add(lane);
      }
    }
    return next;
  }

  /** They are read again when their time comes. */
  forgetEvents(): void {
    for (const lane of this.lanes.values()) for (const owed of lane) owed.event = undefined;
  }
}

const order = (rank: (position: number) => number, one: Owed, other: Owed): number =>
  rank(one.position) - rank(other.position) || one.position - other.position;
