import type { CallCentreId, LinkId } from '../kernel/ids.js';
import type { CallCentre, CapturePolicy, DtmfEntry, LinkRoute, Redirect } from './merchant.events.js';

/** All that a merchant has configured, as of some position in the log. */
export type Merchant = Readonly<{
  registered: boolean;
  name: string;
  origins: readonly string[];
  links: ReadonlyMap<LinkId, string>;
  centres: ReadonlyMap<CallCentreId, CallCentre>;
  policyVersion: number;
  routes: ReadonlyMap<LinkId, LinkRoute>;
  redirects: readonly Redirect[];
  dtmfVersion: number;
  dtmf: readonly DtmfEntry[];
  capture: CapturePolicy;
  apiKeys: ReadonlyMap<string, Readonly<{ label: string; sha256: string }>>;
}>;

export const unregisteredMerchant: Merchant = {
  registered: false,
  name: '',
  origins: [],
  links: new Map(),
  centres: new Map(),
  policyVersion: 0,
  routes: new Map(),
  redirects: [],
  dtmfVersion: 0,
  dtmf: [],
  capture: { cookies: [], formFields: [] },
  apiKeys: new Map(),
};
