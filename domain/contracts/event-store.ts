import type { StreamCategory, StreamId } from '../kernel/ids.js';
import type { NewEvent, RecordedEvent } from '../kernel/message.js';

/** The revision of the stream's last event; `no-stream`: it must not exist yet; `any`: not checked. */
export type ExpectedRevision = number | 'no-stream' | 'any';

export type Append = Readonly<{ stream: StreamId; expected: ExpectedRevision; events: readonly NewEvent[] }>;

export type AppendResult =
  | Readonly<{ outcome: 'appended'; revision: number; position: number }>
  /** Nothing of this append was written. `actual` is the last revision, or `no-stream`. */
  | Readonly<{ outcome: 'conflict'; actual: number | 'no-stream' }>;

/** Narrows a reading to streams of these categories or events of these types; both given: both must hold. */
export type EventFilter = Readonly<{ categories?: readonly StreamCategory[]; types?: readonly string[] }>;

export type ReadAll = Readonly<{
  /** Events after the one at this position; 0 for the beginning. */
  after: number;
  filter?: EventFilter;
  /** At most so many events. */
  limit?: number;
}>;

export type Subscription = Readonly<{
  /** Resolves when everything in the log at the time of subscribing has been handled; rejects when it ends before that. */
  caughtUp: Promise<void>;
  /** Resolves when the batch in hand has been dealt with; no other follows. So it is not to be awaited by the handler. */
  close: () => Promise<void>;
}>;

/**
 * Takes events in log order, in batches of at least one. The next batch waits for its promise.
 * If it throws, the subscription stops there and tells `onStopped`. Several subscribers may be handed the same objects.
 */
export type BatchHandler = (events: readonly RecordedEvent[]) => void | Promise<void>;

export type Subscribe = Readonly<{
  /** The position that the consumer has dealt with. Beyond the end of the log it stops at once: its log was another. */
  after: number;
  filter?: EventFilter;
  handle: BatchHandler;
  /** Told when it ends other than by being closed: the handler threw, or the log failed. */
  onStopped: (error: Error) => void;
}>;

/**
 * The outside failed: the log could not take the append or answer the reading. Nothing of the append is known to be
 * written. `corrupt`: the log cannot be understood, because it is damaged, something else, or of a newer version.
 */
export class EventStoreFailure extends Error {
  readonly type = 'event-store-failure';
  constructor(
    readonly failure: 'disk-full' | 'locked-by-another-process' | 'corrupt' | 'closed' | 'io',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The log. Acknowledged means durable; what subscribers see is durable too. */
export interface EventStore {
  /**
   * All of the events or none. Their data is taken as JSON says it, at the time of the call.
   * @throws {EventStoreFailure}
   * @throws {RangeError} when there are no events
   * @throws {TypeError} when JSON cannot say them
   */
  append(append: Append): Promise<AppendResult>;
  /** Events of one stream in order, from a revision on (0: all); empty when there is no such stream. */
  readStream(stream: StreamId, fromRevision?: number): Promise<readonly RecordedEvent[]>;
  /** Events of all streams in log order, up to what was there at the call. */
  readAll(read: ReadAll): AsyncIterable<RecordedEvent>;
  /** The events at these positions, in the order asked; unknown positions are left out. */
  readAt(positions: readonly number[]): Promise<readonly RecordedEvent[]>;
  /** Catches up, then goes live, with no gap and no double. */
  subscribe(subscribe: Subscribe): Subscription;
  /** Position of the last event; 0 when empty. */
  lastPosition(): Promise<number>;
  close(): Promise<void>;
}
