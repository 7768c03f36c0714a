/**
 * Work that events have given rise to and that is still under way. What a restart must begin from is just before the
 * oldest event with such work.
 */
export class Outstanding {
  private readonly works = new Map<number, Readonly<{ left: number; before: number }>>();
  private seen = 0;

  /** The event at this position has been looked at. */
  reached(position: number): void {
    this.seen = position;
  }

  /** Ties a piece of work to its event until it settles. */
  track(position: number, work: Promise<unknown>): void {
    const { left, before } = this.works.get(position) ?? { left: 0, before: this.seen };
    this.works.set(position, { left: left + 1, before });
    const done = (): void => {
      const work = this.works.get(position);
      if (!work || work.left === 1) this.works.delete(position);
      else this.works.set(position, { ...work, left: work.left - 1 });
    };
    void work.then(done, done);
  }

  get size(): number {
    return this.works.size;
  }

  /**
   * Everything up to here is dealt with. Positions are tracked in rising order, so the first work is the oldest. Not every
   * log counts its positions one by one: what is named is the position of an event that there is.
   */
  settledUpTo(): number {
    const [oldest] = this.works.values();
    return oldest?.before ?? this.seen;
  }
}
