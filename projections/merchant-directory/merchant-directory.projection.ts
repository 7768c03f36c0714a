import type { EventType, LogEvent } from '#domain/events.js';
import { categoryOf, tenantOf, type CallCentreId, type MerchantId } from '#domain/kernel/ids.js';
import { merchantDecider } from '#domain/merchant/merchant.decider.js';
import type { MerchantEvent } from '#domain/merchant/merchant.events.js';
import { unregisteredMerchant, type Merchant } from '#domain/merchant/merchant.state.js';
import type { MerchantDirectory } from '#domain/policies/views.js';
import type { Projection } from '../projection.js';

export type MerchantDirectoryView = { merchants: Map<MerchantId, Merchant> };

const evolve = (view: MerchantDirectoryView, event: LogEvent & MerchantEvent): void => {
  if (categoryOf(event.stream) !== 'merchant') return;
  const id = tenantOf(event.stream);
  view.merchants.set(id, merchantDecider.evolve(view.merchants.get(id) ?? unregisteredMerchant, event));
};

/** Each merchant's configuration, as the decider itself understands it. */
export const merchantDirectory = {
  name: 'merchant-directory',
  version: 1,
  empty: (): MerchantDirectoryView => ({ merchants: new Map() }),
  on: {
    MerchantRegistered: evolve,
    OriginVerified: evolve,
    LinkDefined: evolve,
    CallCentreDefined: evolve,
    RoutingPolicyPublished: evolve,
    RedirectSet: evolve,
    RedirectCleared: evolve,
    DtmfTablePublished: evolve,
    CapturePolicySet: evolve,
    ApiKeyIssued: evolve,
    ApiKeyRevoked: evolve,
  },
} satisfies Projection<MerchantDirectoryView, MerchantEvent['type'] & EventType>;

export const merchantDirectoryQueries = (view: MerchantDirectoryView): MerchantDirectory => ({
  merchant: (id) => view.merchants.get(id),
  centre: (id: CallCentreId) => view.merchants.get(tenantOf(id))?.centres.get(id),
});
