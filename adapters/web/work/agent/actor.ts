import { categoryOf, isScopedId, uniqueOf } from '#domain/kernel/ids.js';
import { oneLine } from '../../design/stranger-text.js';

const kinds: Readonly<Record<string, string>> = {
  telephony: 'the switch',
  schedule: 'the clock',
  operator: 'an operator',
  presence: 'Trunkline',
  policy: 'Trunkline',
  customer: 'the customer',
  session: 'the customer',
  merchant: 'the shop',
};

/** The name in an id, `device-acme.4001` → `4001`; what is no id stays as it is. */
export const nameIn = (id: string): string => oneLine(isScopedId(categoryOf(id), id) ? uniqueOf(id) : id, 80);

/** `agent:agent-acme.anna` → `anna`; `policy:push-page…` → `Trunkline`; oneself → `you`. With or without its kind. */
export const actorInWords = (actor: string, self?: string): string => {
  const colon = actor.indexOf(':');
  const id = actor.slice(colon + 1);
  if (id === self) return 'you';
  const kind = colon < 0 ? (isScopedId(categoryOf(id), id) ? categoryOf(id) : id) : actor.slice(0, colon);
  return kind === 'agent' ? nameIn(id) : (kinds[kind] ?? oneLine(actor, 60));
};
