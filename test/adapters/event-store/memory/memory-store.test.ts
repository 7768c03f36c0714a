import { describe } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { checkpointsContract } from '#test/contracts/checkpoints.contract.js';
import { effectLedgerContract } from '#test/contracts/effect-ledger.contract.js';
import { eventStoreContract } from '#test/contracts/event-store.contract.js';
import type { OpenStore } from '#test/contracts/store-under-test.js';

describe('the store in memory', () => {
  const open: OpenStore = async (clock) => memoryStore({ clock });
  eventStoreContract(open);
  effectLedgerContract(open);
  checkpointsContract(open);
});
