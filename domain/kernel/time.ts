import type { Brand } from './brand.js';

/** A moment: whole milliseconds since 1970-01-01T00:00Z. */
export type Instant = Brand<number, 'Instant'>;
/** A length of time in whole milliseconds. */
export type Milliseconds = number;

export const instant = (milliseconds: number): Instant => milliseconds as Instant;
export const after = (at: Instant, delay: Milliseconds): Instant => (at + delay) as Instant;
