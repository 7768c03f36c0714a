import type { Append, AppendResult, ExpectedRevision } from '#domain/contracts/event-store.js';

type Conflict = Extract<AppendResult, { outcome: 'conflict' }>;

/** The head of a stream that does not exist; inside the stores a head is always a number. */
export const noHead = -1;

/** Whether a stream whose last revision is `head` is as the writer expects it. */
export const meets = (expected: ExpectedRevision, head: number): boolean => {
  if (expected === 'any') return true;
  return expected === 'no-stream' ? head === noHead : head === expected && head !== noHead;
};

export const actualRevision = (head: number): Conflict['actual'] => (head === noHead ? 'no-stream' : head);

/** @throws {RangeError} when there is nothing to append: what would it be acknowledged with? */
export const requireEvents = ({ stream, events }: Append): void => {
  if (events.length === 0) throw new RangeError(`an append to ${stream} has no events`);
};
