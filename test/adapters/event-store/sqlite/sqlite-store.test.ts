import { describe } from 'mocha';
import { openSqliteStore } from '#adapters/event-store/sqlite/open-sqlite-store.js';
import { checkpointsContract } from '#test/contracts/checkpoints.contract.js';
import { effectLedgerContract } from '#test/contracts/effect-ledger.contract.js';
import { eventStoreContract } from '#test/contracts/event-store.contract.js';
import type { OpenStore } from '#test/contracts/store-under-test.js';
import { storeDirectory } from '#test/support/store-directory.js';

describe('the store in SQLite', () => {
  const directory = storeDirectory();
  const open: OpenStore = (clock) => openSqliteStore({ file: directory.newFile(), clock });
  eventStoreContract(open);
  effectLedgerContract(open);
  checkpointsContract(open);
});
