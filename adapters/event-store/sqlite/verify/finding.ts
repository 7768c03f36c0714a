/** Something that is wrong with a log, and the event where it shows, as far as that is known. */
export type Finding = Readonly<{
  position?: number;
  stream?: string;
  type?: string;
  /** What is wrong, in words. */
  wrong: string;
}>;

/** A tenant's chain: the head after its last event, and that event's position. */
export type ChainHead = Readonly<{ tenant: string; head: string; position: number }>;
