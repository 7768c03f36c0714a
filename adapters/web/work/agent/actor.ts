import { uniqueOf } from '#domain/kernel/ids.js';
import { oneLine } from '../../design/stranger-text.js';

const kinds: Readonly<Record<string, string>> = {
  telephony: 'the switch',
  schedule: 'the clock',
  operator: 'an operator',
  system: 'Trunkline',
};

/** `agent:agent-acme.anna` → `anna`; `policy:push-page…` → `Trunkline`; oneself → `you`. */
export const actorInWords = (actor: string, self?: string): string => {
  const colon = actor.indexOf(':');
  if (colon < 0) return kinds[actor] ?? oneLine(actor, 60);
  const [kind, id] = [actor.slice(0, colon), actor.slice(colon + 1)];
  if (id === self) return 'you';
  switch (kind) {
    case 'agent':
      return oneLine(id.includes('.') ? uniqueOf(id) : id, 60);
    case 'customer':
      return 'the customer';
    case 'merchant':
      return 'the shop';
    case 'policy':
      return 'Trunkline';
    default:
      return oneLine(actor, 60);
  }
};
