import { accept, ignore, reject, type Decider, type Decision } from '../kernel/decider.js';
import { sameData } from '../kernel/same-data.js';
import { refusalOfTable } from './dtmf-table.js';
import { refusalOfCentre, refusalOfId, refusalOfRedirect, refusalOfRoutes } from './merchant.checks.js';
import type { MerchantCommand, MerchantRejection } from './merchant.commands.js';
import type { MerchantEvent } from './merchant.events.js';
import { unregisteredMerchant, type Merchant } from './merchant.state.js';
import { isOrigin } from './origin.js';

type MerchantDecision = Decision<MerchantEvent, MerchantRejection>;

/** Nothing when it says what is configured already; else refused, or the event. */
const configure = (refusal: MerchantRejection | undefined, known: boolean, event: MerchantEvent): MerchantDecision => {
  if (known) return ignore;
  return refusal ? reject(refusal) : accept(event);
};

const decideRegistered = (command: MerchantCommand, merchant: Merchant): MerchantDecision => {
  const { type, target, at, data } = command;
  switch (type) {
    case 'RegisterMerchant':
      return configure(undefined, merchant.registered && merchant.name === data.name, {
        type: 'MerchantRegistered',
        data,
      });
    case 'VerifyOrigin':
      return configure(isOrigin(data.origin) ? undefined : 'not-an-origin', merchant.origins.includes(data.origin), {
        type: 'OriginVerified',
        data,
      });
    case 'DefineLink':
      return configure(refusalOfId(target, 'link', data.linkId), merchant.links.get(data.linkId) === data.label, {
        type: 'LinkDefined',
        data,
      });
    case 'DefineCallCentre':
      return configure(refusalOfCentre(target, data), sameData(merchant.centres.get(data.centreId), data), {
        type: 'CallCentreDefined',
        data,
      });
    case 'PublishRoutingPolicy': {
      const known = merchant.policyVersion > 0 && sameData([...merchant.routes.values()], data.routes);
      return configure(refusalOfRoutes(target, merchant, data.routes), known, {
        type: 'RoutingPolicyPublished',
        data: { version: merchant.policyVersion + 1, routes: data.routes },
      });
    }
    case 'SetRedirect': {
      const known = merchant.redirects.some((redirect) => sameData(redirect, data));
      return configure(refusalOfRedirect(target, merchant, data, at), known, { type: 'RedirectSet', data });
    }
    case 'ClearRedirect': {
      const known = merchant.redirects.some(({ redirectId }) => redirectId === data.redirectId);
      return configure(known ? undefined : 'unknown-redirect', false, { type: 'RedirectCleared', data });
    }
    case 'PublishDtmfTable': {
      const known = merchant.dtmfVersion > 0 && sameData(merchant.dtmf, data.entries);
      return configure(refusalOfTable(data.entries, merchant.origins), known, {
        type: 'DtmfTablePublished',
        data: { version: merchant.dtmfVersion + 1, entries: data.entries },
      });
    }
    case 'SetCapturePolicy':
      return configure(undefined, sameData(merchant.capture, data), { type: 'CapturePolicySet', data });
    case 'IssueApiKey': {
      const { keyId, ...key } = data;
      return configure(undefined, sameData(merchant.apiKeys.get(keyId), key), { type: 'ApiKeyIssued', data });
    }
    case 'RevokeApiKey':
      return configure(merchant.apiKeys.has(data.keyId) ? undefined : 'unknown-api-key', false, {
        type: 'ApiKeyRevoked',
        data,
      });
  }
};

const having = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> =>
  new Map(map).set(key, value);
const without = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> =>
  new Map([...map].filter(([each]) => each !== key));

const evolve = (merchant: Merchant, { type, data }: MerchantEvent): Merchant => {
  const otherRedirects = (redirectId: string) => merchant.redirects.filter((each) => each.redirectId !== redirectId);
  switch (type) {
    case 'MerchantRegistered':
      return { ...merchant, registered: true, name: data.name };
    case 'OriginVerified':
      return { ...merchant, origins: [...merchant.origins, data.origin] };
    case 'LinkDefined':
      return { ...merchant, links: having(merchant.links, data.linkId, data.label) };
    case 'CallCentreDefined':
      return { ...merchant, centres: having(merchant.centres, data.centreId, data) };
    case 'RoutingPolicyPublished': {
      const routes = new Map(data.routes.map((route) => [route.linkId, route]));
      return { ...merchant, policyVersion: data.version, routes };
    }
    case 'RedirectSet':
      return { ...merchant, redirects: [...otherRedirects(data.redirectId), data] };
    case 'RedirectCleared':
      return { ...merchant, redirects: otherRedirects(data.redirectId) };
    case 'DtmfTablePublished':
      return { ...merchant, dtmfVersion: data.version, dtmf: data.entries };
    case 'CapturePolicySet':
      return { ...merchant, capture: data };
    case 'ApiKeyIssued': {
      const { keyId, ...key } = data;
      return { ...merchant, apiKeys: having(merchant.apiKeys, keyId, key) };
    }
    case 'ApiKeyRevoked':
      return { ...merchant, apiKeys: without(merchant.apiKeys, data.keyId) };
  }
};

/** What a merchant configures: each change is asked for, checked and recorded; saying it again records nothing. */
export const merchantDecider: Decider<MerchantCommand, Merchant, MerchantEvent, MerchantRejection> = {
  initialState: unregisteredMerchant,
  decide: (command, merchant) =>
    merchant.registered || command.type === 'RegisterMerchant'
      ? decideRegistered(command, merchant)
      : reject('merchant-not-registered'),
  evolve,
};
