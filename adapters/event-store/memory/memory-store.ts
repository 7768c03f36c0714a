import type { Clock } from '#domain/contracts/clock.js';
import { openness } from '../openness.js';
import type { Store } from '../store.js';
import { memoryCheckpoints } from './memory.checkpoints.js';
import { memoryEffectLedger } from './memory.effect-ledger.js';
import { memoryEventStore } from './memory.event-store.js';

/** Log, effect ledger and checkpoints that live as long as the process. */
export const memoryStore = ({ clock }: Readonly<{ clock: Clock }>): Store => {
  const open = openness();
  const events = memoryEventStore({ clock, open });
  return {
    events,
    effects: memoryEffectLedger(open),
    checkpoints: memoryCheckpoints(open),
    close: () => events.close(),
  };
};
