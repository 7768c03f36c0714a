import { describe } from 'mocha';
import { embeddedLog, type OpenStore, type StoreTraits } from './store-under-test.js';
import { appendContract } from './event-store/append.contract.js';
import { fidelityContract } from './event-store/fidelity.contract.js';
import { readingContract } from './event-store/reading.contract.js';
import { subscriptionContract } from './event-store/subscription.contract.js';
import { versionsContract } from './event-store/versions.contract.js';

/** What every event store promises. Each adapter's test runs it on a fresh store per case. */
export const eventStoreContract = (open: OpenStore, traits: StoreTraits = embeddedLog): void => {
  describe('keeps the event store contract:', () => {
    appendContract(open, traits);
    readingContract(open);
    fidelityContract(open, traits);
    subscriptionContract(open);
    versionsContract(open);
  });
};
