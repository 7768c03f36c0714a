import type { RecordedEvent } from '../kernel/message.js';

/** Hands events on to other systems, in log order and at least once: who gets one twice tells it by its id. */
export interface EventPublisher {
  /**
   * Takes events that follow those it took before; it may be called again before it resolves. Resolves when all of them are
   * where they cannot be lost: until then it tries, however long the others are away. Rejects only when it is closed first.
   */
  publish(events: readonly RecordedEvent[]): Promise<void>;
  /** Why nothing gets through now, in words for whoever runs the product; nothing when all is well. */
  trouble(): string | undefined;
  close(): Promise<void>;
}

/** How publishing goes. */
export type PublishingHealth = Readonly<{
  name: string;
  /** Everything up to this place in the log is published. */
  position: number;
  /** Places between it and the end of the log. */
  lag: number;
  /** `late`: events wait for longer than they should. */
  state: 'up-to-date' | 'behind' | 'late';
}>;
