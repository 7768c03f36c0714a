import type { EventId } from '#domain/kernel/message.js';
import type { Subject } from '#domain/privacy/subject.js';

/** Who follows the log live is hardly ever further behind. */
const mostTexts = 2_048;
/** Only matters when texts are unusually large. */
const mostCharacters = 8 * 1024 * 1024;

/**
 * What this process has sealed last, as it was: whoever follows the log gets it without a decryption. Short-lived and
 * bounded, and told of erasures like everything that holds personal data.
 */
export const recentPlaintexts = () => {
  const texts = new Map<EventId, Readonly<{ subject: Subject; text: string }>>();
  let characters = 0;

  const drop = (id: EventId): void => {
    characters -= texts.get(id)?.text.length ?? 0;
    texts.delete(id);
  };

  return {
    add: (id: EventId, subject: Subject, text: string): void => {
      texts.set(id, { subject, text });
      characters += text.length;
      for (const oldest of texts.keys()) {
        if (texts.size <= mostTexts && characters <= mostCharacters) return;
        drop(oldest);
      }
    },
    get: (id: EventId): string | undefined => texts.get(id)?.text,
    forget: (subjects: ReadonlySet<Subject>): void => {
      for (const [id, { subject }] of texts) if (subjects.has(subject)) drop(id);
    },
  };
};

export type RecentPlaintexts = ReturnType<typeof recentPlaintexts>;
