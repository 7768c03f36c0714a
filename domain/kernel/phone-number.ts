/** A number as it came from the wire (never rewritten) beside what we understood of it. */
export type PhoneNumber = Readonly<{ raw: string; e164?: E164 }>;
/** `+`, country code, subscriber number: at most fifteen digits (ITU-T E.164). */
export type E164 = `+${string}`;

const e164Pattern = /^\+[1-9]\d{5,14}$/;
export const isE164 = (text: string): text is E164 => e164Pattern.test(text);

/** Understands only what is E.164 already, give or take blanks, dots, hyphens and brackets; guesses no country. */
export const phoneNumber = (raw: string): PhoneNumber => {
  const compact = raw.replace(/[\s().-]/g, '');
  return isE164(compact) ? { raw, e164: compact } : { raw };
};

/** The form two numbers are compared in: E.164 where understood, else as it came. */
export const comparable = (number: PhoneNumber): string => number.e164 ?? number.raw;
