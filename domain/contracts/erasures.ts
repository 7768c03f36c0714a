import type { ErasureId, MerchantId } from '../kernel/ids.js';
import type { Actor } from '../kernel/message.js';
import type { Instant } from '../kernel/time.js';
import type { Subject } from '../privacy/subject.js';
import type { CommandOutcome } from './command-bus.js';

/** Who is to be erased: one subject, or every contact in which somebody was this customer of the merchant. */
export type ErasureTarget = Readonly<{ subject: Subject }> | Readonly<{ customerRef: string }>;

/** One person's key, destroyed: the event that says so, and when the log had it. */
export type ErasureReceipt = Readonly<{ subject: Subject; position: number; destroyedAt: Instant }>;

/** How far an erasure has come; `completed`: nothing that was made of the personal data is kept any more. */
export type ErasureView = Readonly<{
  erasureId: ErasureId;
  subjects: readonly Subject[];
  receipts: readonly ErasureReceipt[];
  completed: boolean;
}>;

export type ErasureOutcome =
  Readonly<{ outcome: 'accepted'; erasure: ErasureView }> | Exclude<CommandOutcome, { outcome: 'accepted' }>;

/** Erases people: the right to be forgotten. Every question names its tenant. */
export interface Erasures {
  /** Answers when it is complete, or after a while how far it has come: it goes on by itself, across restarts too. */
  request(merchantId: MerchantId, target: ErasureTarget, actor: Actor): Promise<ErasureOutcome>;
  erasure(erasureId: ErasureId): Promise<ErasureView | undefined>;
}

/** Something made of events and kept: snapshots, files. */
export type CopyOfPersonalData = Readonly<{
  /** Resolves when nothing of before this position is kept any more. */
  renewed: (position: number) => Promise<void>;
}>;
