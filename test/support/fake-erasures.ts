import type { ErasureOutcome, Erasures, ErasureTarget, ErasureView } from '#domain/contracts/erasures.js';
import { erasureId, type ErasureId, type MerchantId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { isSubject, type Subject } from '#domain/privacy/subject.js';

/** Erases whom it is told of beforehand, and remembers who asked for whom. */
export const fakeErasures = () => {
  const known = new Map<string, readonly Subject[]>();
  const erasures = new Map<ErasureId, ErasureView>();
  const asked: Readonly<{ merchantId: MerchantId; target: ErasureTarget; actor: string }>[] = [];
  let answer: ErasureOutcome | undefined;

  const desk: Erasures = {
    request: async (merchantId, target, actor) => {
      asked.push({ merchantId, target, actor });
      if (answer) return answer;
      const name = 'subject' in target ? target.subject : target.customerRef;
      const subjects = known.get(`${merchantId} ${name}`);
      if (!subjects) return { outcome: 'rejected', reason: 'unknown-subject' };
      const id = erasureId(merchantId, `e-${asked.length}`);
      const receipts = subjects.map((subject, index) => ({ subject, position: index + 1, destroyedAt: instant(1) }));
      const erasure = { erasureId: id, subjects, receipts, completed: true };
      erasures.set(id, erasure);
      return { outcome: 'accepted', erasure };
    },
    erasure: async (id) => erasures.get(id),
  };

  return {
    desk,
    asked,
    know: (merchantId: MerchantId, name: string, ...subjects: readonly string[]): void => {
      known.set(`${merchantId} ${name}`, subjects.filter(isSubject));
    },
    answerWith: (outcome: ErasureOutcome): void => {
      answer = outcome;
    },
  };
};
