import type { EventStore } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { filterFor } from '#domain/webhook/wanted-events.js';

export type IntakeTools = Readonly<{
  store: EventStore;
  /** Position up to which the whole product has heard of events. */
  heardUpTo: () => number;
  /** What is wanted now. */
  wanted: () => readonly string[];
  /** Takes it when it concerns this webhook; false when there is no room. */
  take: (event: RecordedEvent) => boolean;
  hasRoom: () => boolean;
}>;

const pageSize = 500;
/** Events heard of while a page is read; more, and another page is read. */
const mostHeard = 1_000;

/**
 * What reaches one webhook of the log, gapless and in order: live events as they are heard, as long as there is room; when
 * there was none, from the log itself until it has caught up.
 */
export class Intake {
  private live = false;
  private reading = false;
  private closed = false;
  private heardMeanwhile: RecordedEvent[] | undefined;

  /** @param readTo everything up to there has been dealt with */
  constructor(
    private readonly tools: IntakeTools,
    private readTo: number,
  ) {}

  /** Everything up to there has been taken, or does not concern this webhook. */
  position(): number {
    return this.live ? Math.max(this.tools.heardUpTo(), this.readTo) : this.readTo;
  }

  heard(event: RecordedEvent): void {
    if (this.live) this.takeLive(event);
    else if (this.heardMeanwhile && this.heardMeanwhile.push(event) > mostHeard) this.heardMeanwhile = undefined;
  }

  /** Reads on until it is live, or there is no room; false when there was nothing to do. @throws when the log cannot be read */
  async catchUp(): Promise<boolean> {
    if (this.live || this.reading) return false;
    this.reading = true;
    try {
      while (this.isBehind() && this.tools.hasRoom()) await this.readPage();
      return true;
    } finally {
      this.reading = false;
    }
  }

  close(): void {
    this.closed = true;
  }

  private isBehind(): boolean {
    return !this.live && !this.closed;
  }

  private takeLive(event: RecordedEvent): void {
    // The log may have been read further than anything was heard of.
    if (event.position <= this.readTo) return;
    if (this.tools.take(event)) this.readTo = event.position;
    else this.live = false;
  }

  private async readPage(): Promise<void> {
    const heardUpTo = this.tools.heardUpTo();
    this.heardMeanwhile = [];
    try {
      if (await this.takePage()) this.join(heardUpTo);
    } finally {
      this.heardMeanwhile = undefined;
    }
  }

  /** True when that was all there is. */
  private async takePage(): Promise<boolean> {
    const read = { after: this.readTo, filter: filterFor(this.tools.wanted()), limit: pageSize };
    let count = 0;
    for await (const event of this.tools.store.readAll(read)) {
      if (this.closed || !this.tools.take(event)) return false;
      this.readTo = event.position;
      count += 1;
    }
    return count < pageSize;
  }

  /** Everything up to `heardUpTo` was read; what was heard of since follows. */
  private join(heardUpTo: number): void {
    this.readTo = Math.max(this.readTo, heardUpTo);
    if (!this.heardMeanwhile) return;
    this.live = true;
    for (const event of this.heardMeanwhile) if (this.isLive()) this.takeLive(event);
  }

  private isLive(): boolean {
    return this.live;
  }
}
