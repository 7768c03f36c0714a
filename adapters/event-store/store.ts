import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { EventStore } from '#domain/contracts/event-store.js';

/** The log and what is remembered beside it. `close` answers what is under way first. */
export type Store = Readonly<{
  events: EventStore;
  effects: EffectLedger;
  checkpoints: Checkpoints;
  close: () => Promise<void>;
}>;
