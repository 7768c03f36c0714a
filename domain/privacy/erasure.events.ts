import type { Command, DomainEvent } from '../kernel/decider.js';
import type { ErasureId } from '../kernel/ids.js';
import type { Subject } from './subject.js';

/** One request to erase people, and the receipts of what became of it. Nothing in it is personal. */
export type ErasureEvent =
  | DomainEvent<'ErasureRequested', { subjects: readonly Subject[] }>
  /** The receipt: what was encrypted with this key can be read by nobody any more, here or in any copy of the log. */
  | DomainEvent<'SubjectKeyDestroyed', { subject: Subject }>
  /** Nothing that was ever made of the personal data is kept any more: views, snapshots, read models. */
  | DomainEvent<'ErasureCompleted', { subjects: number }>;

type To<Type extends string, Data> = Command<Type, ErasureId, Data>;

export type ErasureCommand =
  | To<'RequestErasure', { subjects: readonly Subject[] }>
  | To<'ReportKeyDestroyed', { subject: Subject }>
  | To<'ReportErasureCompleted', Readonly<Record<never, never>>>;

export type ErasureRejection = 'unknown-subject' | 'subject-in-use';
