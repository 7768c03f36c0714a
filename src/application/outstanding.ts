/**
 * Work that events have given rise to and that is still under way. What a restart must begin from is just before the
 * oldest event with such work.
 */
export class Outstanding {
  private readonly works = new Map<number, number>();
  private seen = 0;

  /** The event at this position has been looked at. */
  reached(position: number): void {
    this.seen = position;
  }

  /** Ties a piece of work to its event until it settles. */
  track(position: number, work: Promise<unknown>): void {
    this.works.set(position, (this.works.get(position) ?? 0) + 1);
    const done = (): void => {
      const left = (this.works.get(position) ?? 1) - 1;
      if (left === 0) this.works.delete(position);
      else this.works.set(position, left);
    };
    void work.then(done, done);
  }

  get size(): number {
    return this.works.size;
  }

  /** Everything up to here is dealt with. Positions are tracked in rising order, so the first key is the oldest. */
  settledUpTo(): number {
    const [oldest] = this.works.keys();
    return oldest === undefined ? this.seen : oldest - 1;
  }
}
