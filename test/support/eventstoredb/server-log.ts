import type { Clock } from '#domain/contracts/clock.js';

/** An event as the server is given it. */
export type ProposedEvent = Readonly<{
  id: string;
  type: string;
  contentType: string;
  data: Uint8Array;
  metadata: Uint8Array;
}>;

/** An event as the server holds it; `created` in ticks of a ten-thousandth of a millisecond. */
export type ServerEvent = ProposedEvent &
  Readonly<{ stream: string; revision: number; position: number; created: bigint }>;

export type Proposal = Readonly<{
  stream: string;
  expected: number | 'no-stream' | 'any';
  events: readonly ProposedEvent[];
}>;

export type Answer =
  /** `position`: of the last event; none for what had been written before. */
  | Readonly<{ answer: 'success'; revision: number; position?: number }>
  | Readonly<{ answer: 'wrong-expected-version'; actual: number | 'no-stream' }>
  | Readonly<{ answer: 'too-large'; most: number }>;

/** The server's MaxAppendSize unless it is told otherwise. */
export const largestAppend = 1024 * 1024;
const ticksPerMillisecond = 10_000n;
const someTicks = 1_234n;
/** So that positions rise in uneven steps, as byte offsets in a file do. */
const recordOverhead = 117;
const appendsBetweenOthers = 5;

const noEvent = { contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') };
const sizeOf = ({ type, data, metadata }: ProposedEvent): number => data.length + metadata.length + 2 * type.length;

/** What the server keeps on its disk, and the rules by which it writes. It outlives a restart of the server. */
export class ServerLog {
  readonly events: ServerEvent[] = [];
  /** A server keeps this promise; whether Trunkline would notice when one does not is another question. */
  recognisesRepetitions = true;
  private readonly streams = new Map<string, ServerEvent[]>();
  private readonly listeners = new Set<() => void>();
  /** Which ids were written lately: all that the server knows of them when the revision is not checked. */
  private lately = new Map<string, ServerEvent>();
  private appends = 0;

  constructor(private readonly clock: Clock) {
    this.write('$settings', [{ ...noEvent, id: '00000000-0000-0000-0000-000000000001', type: '$settings' }]);
  }

  streamOf(name: string): readonly ServerEvent[] {
    return this.streams.get(name) ?? [];
  }

  /** Calls whenever something was written; the answer ends it. */
  onWritten(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** What only its memory knew is gone. */
  forget(): void {
    this.lately = new Map();
  }

  append(proposal: Proposal): Answer {
    const { stream, expected, events } = proposal;
    if (events.reduce((sum, event) => sum + sizeOf(event), 0) > largestAppend) {
      return { answer: 'too-large', most: largestAppend };
    }
    const head = this.streamOf(stream).length - 1;
    const repeated = this.recognisesRepetitions ? this.repetition(proposal, head) : undefined;
    if (repeated) return { answer: 'success', revision: repeated.revision };
    if (expected !== 'any' && head !== (expected === 'no-stream' ? -1 : expected)) {
      return { answer: 'wrong-expected-version', actual: head < 0 ? 'no-stream' : head };
    }
    const last = this.write(stream, events);
    this.appends += 1;
    if (this.appends % appendsBetweenOthers === 0) this.writeOthers();
    for (const listener of this.listeners) listener();
    return { answer: 'success', revision: last.revision, position: last.position };
  }

  /** The last event of this proposal, when it stands already where it is proposed. */
  private repetition({ stream, expected, events }: Proposal, head: number): ServerEvent | undefined {
    if (expected === 'any') {
      const [first] = events;
      const known = first && this.lately.get(`${stream} ${first.id}`);
      return known && this.streamOf(stream)[known.revision + events.length - 1];
    }
    const from = expected === 'no-stream' ? 0 : expected + 1;
    if (from > head) return undefined;
    const there = this.streamOf(stream).slice(from, from + events.length);
    return there.length === events.length && there.every(({ id }, index) => id === events[index]?.id)
      ? there.at(-1)
      : undefined;
  }

  private write(stream: string, events: readonly ProposedEvent[]): ServerEvent {
    const of = this.streams.get(stream) ?? [];
    this.streams.set(stream, of);
    const created = BigInt(this.clock.now()) * ticksPerMillisecond + someTicks;
    for (const event of events) {
      const position = (this.events.at(-1)?.position ?? 0) + recordOverhead + sizeOf(event);
      const recorded = { ...event, stream, revision: of.length, position, created };
      of.push(recorded);
      this.events.push(recorded);
      this.lately.set(`${stream} ${event.id}`, recorded);
    }
    const last = of.at(-1);
    if (!last) throw new Error('nothing to write');
    return last;
  }

  /** The server's own events, and those of another application with streams much like ours. */
  private writeOthers(): void {
    const id = `00000000-0000-0000-0000-${this.appends.toString(16).padStart(12, '0')}`;
    this.write('$stats-127.0.0.1:2113', [{ ...noEvent, id, type: '$statsCollected' }]);
    this.write('other.call-acme.1', [{ ...noEvent, id, type: 'CallDelivered' }]);
    this.write('invoice-1', [{ ...noEvent, id, type: 'CallDelivered' }]);
  }
}
