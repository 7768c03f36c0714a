import type { NamedValues } from '#domain/icon-session/icon-session.events.js';

/** As much of an input, a select or a textarea as is needed to decide about it. */
export type Field = Readonly<{
  name: string;
  type: string;
  value: string;
  autocomplete: string;
  checked?: boolean;
  closest: (selector: '[data-trunkline-share]') => Readonly<{ dataset: { trunklineShare?: string } }> | null;
}>;

const secret =
  /^(password|hidden|file) |pass[cpw]|pwd|secret|token|\botp|\bpin|pin\b|cv[cv]|csc|\bcc-|card.?[cehns]|iban|ssn|one-time/i;
/** 13 to 19 digits, as on a payment card, however they are grouped. */
const cardNumber = /(\d[ -]?){13}/;

/** True for what no merchant can have meant to share, whatever is marked: passwords, payment cards, hidden inputs. */
export const isSecret = ({ type, name, autocomplete, value }: Omit<Field, 'closest'>): boolean =>
  secret.test(`${type} ${name} ${autocomplete}`) || cardNumber.test(value);

const markOf = (field: Field): string => field.closest('[data-trunkline-share]')?.dataset.trunklineShare ?? 'no';

const isUnchecked = ({ type, checked }: Field): boolean => /^(checkbox|radio)$/.test(type) && !checked;

/** No prototype: a field may be called `__proto__`, and the page is not ours to change. */
const empty = <Value>(): Record<string, Value> => Object.create(null) as Record<string, Value>;

/**
 * Form name → what is in it so far: fields that the page has marked, or that stand in something marked, and are not
 * secret. The mark's value names the form; `no` takes a part out again.
 */
export const sharedFields = (fields: Iterable<Field>): Record<string, NamedValues> => {
  const forms = empty<Record<string, string>>();
  for (const field of fields) {
    const form = markOf(field);
    if (form === 'no' || isUnchecked(field) || isSecret(field)) continue;
    const values = (forms[form || 'form'] ??= empty());
    values[field.name] = field.value;
  }
  return forms;
};
