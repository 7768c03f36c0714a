/** What had been made of the log up to a position. The log stays the truth: a snapshot only saves reading it all again. */
export type Snapshot = Readonly<{ position: number; bytes: Uint8Array }>;

export type LoadedSnapshot =
  | Readonly<{ outcome: 'loaded'; bytes: Uint8Array }>
  /** Damaged, or of another installation; `why` is for the operator. */
  | Readonly<{ outcome: 'unusable'; why: string }>;

/** A module whose `open` takes these settings. They are plain data, to be handed from thread to thread. */
export type Reopening = Readonly<{ module: string; settings: object }>;

/** Keeps the newest snapshots. Whoever reads one can read what is in it: it holds personal data. */
export interface Snapshots {
  /** Positions of those that are there, newest first. */
  kept(): Promise<readonly number[]>;
  load(position: number): Promise<LoadedSnapshot>;
  /** Durable when it resolves; whole or not at all, whatever happens meanwhile. Lets go of all but the newest two. */
  save(snapshot: Snapshot): Promise<void>;
  /** Nothing of snapshots before this position is kept any more when it resolves. */
  forgetBefore(position: number): Promise<void>;
  /** How a thread of its own opens the same ones: a large snapshot that is saved there holds up nobody. */
  readonly elsewhere: Reopening;
}

/** The newest, and the one before in case it proves unusable. */
export const generationsKept = 2;
