import type { AccessControl } from '#domain/contracts/access-control.js';
import type { ClickRefusal, ClickRequest, IconReference } from '#domain/contracts/customer-desk.js';
import type { Location } from '#domain/kernel/geography.js';
import { isMerchantId, isScopedId, linkId, tenantOf, type LinkId, type MerchantId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import type { Merchant } from '#domain/merchant/merchant.state.js';
import type { MerchantDirectory } from '#domain/policies/views.js';
import type { IdentificationSource } from '#domain/icon-session/icon-session.events.js';
import type { TokenUse } from '#projections/ani-index/ani-index.projection.js';

/** What an icon means, once everything about it has been checked. */
export type Icon = Readonly<{
  merchantId: MerchantId;
  merchant: Merchant;
  linkId?: LinkId;
  tokenId?: string;
  iconNumber?: E164;
  merchantSessionId?: string;
  customerRef?: Readonly<{ ref: string; by: IdentificationSource }>;
  location?: Location;
}>;

export type IconReading =
  | Readonly<{ outcome: 'valid'; icon: Icon }>
  | Readonly<{ outcome: 'refused'; reason: ClickRefusal; merchantId?: MerchantId }>;

export type IconReader = Readonly<{
  access: AccessControl;
  merchants: MerchantDirectory;
  tokenUse: (tokenId: string) => TokenUse;
}>;

/** Calls that one signed icon may place in its life: a page may be clicked again, a stolen token is worth little. */
const usesOfToken = 5;

const refuse = (reason: ClickRefusal, merchantId?: MerchantId): IconReading => ({
  outcome: 'refused',
  reason,
  ...(merchantId === undefined ? {} : { merchantId }),
});

/** A link's id names its merchant; a bare name needs the merchant beside it. */
const namedLink = ({ merchant, link }: IconReference): LinkId | undefined => {
  if (link === undefined) return undefined;
  if (isScopedId('link', link)) return link;
  return merchant !== undefined && isMerchantId(merchant) && /^[A-Za-z0-9_-]{1,64}$/.test(link)
    ? linkId(merchant as MerchantId, link)
    : undefined;
};

const contradicts = (icon: IconReference, link: LinkId | undefined): boolean =>
  icon.merchant !== undefined && link !== undefined && tenantOf(link) !== icon.merchant;

/** Only a merchant is named: the link called `default`, else the first that was defined. */
const defaultLink = (merchantId: MerchantId, merchant: Merchant): LinkId | undefined => {
  const byName = linkId(merchantId, 'default');
  return merchant.links.has(byName) ? byName : [...merchant.links.keys()][0];
};

const unsigned = ({ icon, origin }: ClickRequest, { merchants }: IconReader): IconReading => {
  const link = namedLink(icon);
  const merchantName = link === undefined ? icon.merchant : tenantOf(link);
  if (merchantName === undefined) return refuse(icon.link === undefined ? 'no-merchant-named' : 'unknown-link');
  const merchant = merchants.merchant(merchantName as MerchantId);
  if (!merchant) return refuse('unknown-merchant');
  const merchantId = merchantName as MerchantId;
  if (contradicts(icon, link)) return refuse('unknown-link', merchantId);
  if (!merchant.origins.includes(origin)) return refuse('foreign-origin', merchantId);
  const chosen = icon.link === undefined ? defaultLink(merchantId, merchant) : link;
  if (chosen === undefined || !merchant.links.has(chosen)) return refuse('unknown-link', merchantId);
  return {
    outcome: 'valid',
    icon: {
      merchantId,
      merchant,
      linkId: chosen,
      ...(icon.session === undefined ? {} : { merchantSessionId: icon.session }),
      ...(icon.customer === undefined ? {} : { customerRef: { ref: icon.customer, by: 'page' as const } }),
    },
  };
};

const signed = async (token: string, { origin }: ClickRequest, reader: IconReader): Promise<IconReading> => {
  const verified = await reader.access.verifyIconToken(token);
  if (verified.outcome === 'invalid')
    return refuse(verified.reason === 'expired-token' ? 'expired-token' : 'forged-token');
  const { merchantId, tokenId, linkId: link, number, merchantSessionId, customerRef, location } = verified.claims;
  const merchant = reader.merchants.merchant(merchantId);
  if (!merchant) return refuse('unknown-merchant');
  if (verified.claims.origin !== origin || !merchant.origins.includes(origin))
    return refuse('foreign-origin', merchantId);
  const { uses, live } = reader.tokenUse(tokenId);
  if (live > 0 || uses >= usesOfToken) return refuse('replayed-token', merchantId);
  const chosen = link ?? (number === undefined ? defaultLink(merchantId, merchant) : undefined);
  if (number === undefined && (chosen === undefined || !merchant.links.has(chosen)))
    return refuse('unknown-link', merchantId);
  return {
    outcome: 'valid',
    icon: {
      merchantId,
      merchant,
      tokenId,
      ...(chosen === undefined ? {} : { linkId: chosen }),
      ...(number === undefined ? {} : { iconNumber: number }),
      ...(merchantSessionId === undefined ? {} : { merchantSessionId }),
      ...(customerRef === undefined ? {} : { customerRef: { ref: customerRef, by: 'server-signed' as const } }),
      ...(location === undefined ? {} : { location }),
    },
  };
};

/** Settles what an icon refers to; the signed token outranks what stands beside it (S1 [60-62,67]). */
export const readIcon = (request: ClickRequest, reader: IconReader): Promise<IconReading> | IconReading =>
  request.icon.token === undefined ? unsigned(request, reader) : signed(request.icon.token, request, reader);
