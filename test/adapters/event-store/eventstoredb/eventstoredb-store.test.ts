import { describe } from 'mocha';
import { checkpointsContract } from '#test/contracts/checkpoints.contract.js';
import { effectLedgerContract } from '#test/contracts/effect-ledger.contract.js';
import { eventStoreContract } from '#test/contracts/event-store.contract.js';
import { eventStoreDbs } from '#test/support/eventstoredb/esdb-under-test.js';

for (const { name, traits, open } of eventStoreDbs) {
  describe(name, () => {
    eventStoreContract(open, traits);
    effectLedgerContract(open);
    checkpointsContract(open);
  });
}
