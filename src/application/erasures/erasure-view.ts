import type { ErasureReceipt, ErasureView } from '#domain/contracts/erasures.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { LogEvent } from '#domain/events.js';
import type { ErasureId } from '#domain/kernel/ids.js';
import type { Subject } from '#domain/privacy/subject.js';

/** How far an erasure has come, by its own stream. */
export const readErasure = async (
  events: Pick<EventStore, 'readStream'>,
  erasureId: ErasureId,
): Promise<ErasureView | undefined> => {
  const receipts: ErasureReceipt[] = [];
  let subjects: readonly Subject[] | undefined;
  let completed = false;
  for (const event of (await events.readStream(erasureId)) as unknown as readonly LogEvent[]) {
    if (event.type === 'ErasureRequested') ({ subjects } = event.data);
    if (event.type === 'ErasureCompleted') completed = true;
    if (event.type === 'SubjectKeyDestroyed') {
      const { position, recordedAt: destroyedAt } = event;
      receipts.push({ subject: event.data.subject, position, destroyedAt });
    }
  }
  return subjects && { erasureId, subjects, receipts, completed };
};
