import type { Command } from '../kernel/decider.js';
import type { LinkId, MerchantStream } from '../kernel/ids.js';
import type { CallCentre, CapturePolicy, DtmfEntry, LinkRoute, Redirect } from './merchant.events.js';

type To<Type extends string, Data> = Command<Type, MerchantStream, Data>;

/** Configuration is events: each change is asked for here. Defining what is defined already replaces it. */
export type MerchantCommand =
  | To<'RegisterMerchant', { name: string }>
  | To<'VerifyOrigin', { origin: string }>
  | To<'DefineLink', { linkId: LinkId; label: string }>
  | To<'DefineCallCentre', CallCentre>
  | To<'PublishRoutingPolicy', { routes: readonly LinkRoute[] }>
  | To<'SetRedirect', Redirect>
  | To<'ClearRedirect', { redirectId: string }>
  | To<'PublishDtmfTable', { entries: readonly DtmfEntry[] }>
  | To<'SetCapturePolicy', CapturePolicy>
  | To<'IssueApiKey', { keyId: string; label: string; sha256: string }>
  | To<'RevokeApiKey', { keyId: string }>;

export type MerchantRejection =
  | 'merchant-not-registered'
  | 'not-an-origin'
  | 'unknown-link'
  | 'unknown-call-centre'
  | 'unknown-time-zone'
  | 'bad-hours'
  | 'bad-holiday'
  | 'bad-number'
  | 'bad-location'
  | 'bad-capacity'
  | 'of-another-merchant'
  | 'redirect-ends-before-it-begins'
  | 'redirect-is-over'
  | 'bad-dtmf-code'
  | 'duplicate-dtmf-code'
  | 'bad-media-setting'
  | 'duplicate-route'
  | 'page-outside-verified-origins'
  | 'unknown-redirect'
  | 'unknown-api-key';
