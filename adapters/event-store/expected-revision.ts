import type { Append, AppendResult, ExpectedRevision } from '#domain/contracts/event-store.js';

/** Inside the stores a stream's head is always a number: its last revision, or this where there is no such stream. */
export const noHead = -1;
const anyHead = -2;

/** What a writer expects, as a number. A revision below 0 is none that a stream can have, so nothing equals it. */
export const expectedHead = (expected: ExpectedRevision): number => {
  if (expected === 'any') return anyHead;
  if (expected === 'no-stream') return noHead;
  return expected < 0 ? NaN : expected;
};

export const meets = (expected: number, head: number): boolean => expected === head || expected === anyHead;

/** @param head the last revision of the stream, or `noHead` */
export const conflictAt = (head: number): AppendResult => ({
  outcome: 'conflict',
  actual: head === noHead ? 'no-stream' : head,
});

/** @throws {RangeError} when there is nothing to append: what would it be acknowledged with? */
export const requireEvents = ({ stream, events }: Append): void => {
  if (events.length === 0) throw new RangeError(`an append to ${stream} has no events`);
};
