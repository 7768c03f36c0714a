import type { Subject } from '../privacy/subject.js';

/** What a box is bound to: it opens nowhere else. */
export type BoxContext = string;

export type Sealed =
  /** `durable`: the subject's key is new; only when this has resolved may the box be kept. Not there: the key is on the disk. */
  | Readonly<{ outcome: 'sealed'; box: string; durable?: Promise<void> }>
  /** The key was destroyed: what is still said of this person is not kept. */
  | Readonly<{ outcome: 'erased' }>;

export type Opened = Readonly<{ outcome: 'opened'; text: string }> | Readonly<{ outcome: 'erased' }>;

/** Keys cannot be had: damaged, lost, or of another installation. The message says of whom and what to do. */
export class KeyFailure extends Error {
  readonly type = 'key-failure';
  constructor(
    readonly failure: 'missing-key' | 'wrong-secret' | 'forged-box' | 'locked-by-another-process' | 'disk-full' | 'io',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * A key for each subject, kept apart from the log. Sealing and opening are done at once, so that nothing is delayed by
 * them; only making a key durable and destroying one take their time.
 */
export interface SubjectKeys {
  /** Encrypts under the subject's key, which is made where there is none. @throws {KeyFailure} */
  seal(subject: Subject, text: string, context: BoxContext): Sealed;
  /** @throws {KeyFailure} `missing-key` when there is neither a key nor a trace of its destruction; `forged-box` */
  open(subject: Subject, box: string, context: BoxContext): Opened;
  stateOf(subject: Subject): 'present' | 'destroyed' | 'unknown';
  /**
   * Destroys their keys for good: durable, and no file holds them any more, when it resolves. From the call on nothing of
   * these subjects can be opened or sealed. Again and again is the same as once. @throws {KeyFailure}
   */
  destroy(subjects: readonly Subject[]): Promise<void>;
  /** Wraps every key anew; answers how many. @throws {KeyFailure} */
  rewrap(): Promise<number>;
  close(): Promise<void>;
}
