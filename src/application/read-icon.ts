import type { AccessControl, IconClaims } from '#domain/contracts/access-control.js';
import type { ClickRefusal, ClickRequest, IconReference } from '#domain/contracts/customer-desk.js';
import { defined } from '#domain/kernel/defined.js';
import type { Location } from '#domain/kernel/geography.js';
import { isMerchantId, isScopedId, linkId, tenantOf, type LinkId, type MerchantId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import type { Merchant } from '#domain/merchant/merchant.state.js';
import type { MerchantDirectory } from '#domain/policies/views.js';
import type { IdentificationSource } from '#domain/icon-session/icon-session.events.js';
import type { TokenUse } from '#projections/ani-index/token-uses.js';

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
  /** This very click has been taken before: its answer was lost on the way, and the page asks again. */
  isRepeated: (merchantId: MerchantId) => boolean;
}>;

/** Calls that one signed icon may place in its life: a page may be clicked again, a stolen token is worth little. */
const usesOfToken = 5;

const refuse = (reason: ClickRefusal, merchantId?: MerchantId): IconReading => ({
  outcome: 'refused',
  reason,
  ...defined({ merchantId }),
});

/** A link's id names its merchant; a bare name needs the merchant beside it. */
const namedLink = ({ merchant, link }: IconReference): LinkId | undefined => {
  if (link === undefined) return undefined;
  if (isScopedId('link', link)) return link;
  return merchant !== undefined && isMerchantId(merchant) && /^[A-Za-z0-9_-]{1,64}$/.test(link)
    ? linkId(merchant, link)
    : undefined;
};

/** Only a merchant is named: the link called `default`, else the first that was defined. */
const defaultLink = (merchantId: MerchantId, merchant: Merchant): LinkId | undefined => {
  const byName = linkId(merchantId, 'default');
  return merchant.links.has(byName) ? byName : [...merchant.links.keys()][0];
};

type Named = Readonly<{ merchantId: MerchantId; link?: LinkId }>;

const named = (icon: IconReference): Named | ClickRefusal => {
  const link = namedLink(icon);
  if (icon.link !== undefined && link === undefined) return 'unknown-link';
  const merchant = link === undefined ? icon.merchant : tenantOf(link);
  if (merchant === undefined) return 'no-merchant-named';
  if (!isMerchantId(merchant)) return 'unknown-merchant';
  // A link of one merchant beside the name of another: one of them is wrong, so neither is believed.
  if (icon.merchant !== undefined && icon.merchant !== merchant) return 'unknown-link';
  return { merchantId: merchant, ...defined({ link }) };
};

const unsigned = ({ icon, origin }: ClickRequest, { merchants }: IconReader): IconReading => {
  const name = named(icon);
  if (typeof name === 'string') return refuse(name);
  const { merchantId } = name;
  const merchant = merchants.merchant(merchantId);
  if (!merchant) return refuse('unknown-merchant');
  if (!merchant.origins.includes(origin)) return refuse('foreign-origin', merchantId);
  const link = name.link ?? defaultLink(merchantId, merchant);
  if (link === undefined || !merchant.links.has(link)) return refuse('unknown-link', merchantId);
  const customerRef = icon.customer === undefined ? undefined : ({ ref: icon.customer, by: 'page' } as const);
  return {
    outcome: 'valid',
    icon: { merchantId, merchant, linkId: link, ...defined({ merchantSessionId: icon.session, customerRef }) },
  };
};

/** What stands in the way of a token whose signature is good. */
const refusalOfClaims = (
  { origin, tokenId, merchantId }: IconClaims,
  merchant: Merchant,
  request: ClickRequest,
  { tokenUse, isRepeated }: IconReader,
): ClickRefusal | undefined => {
  if (origin !== request.origin || !merchant.origins.includes(origin)) return 'foreign-origin';
  if (isRepeated(merchantId)) return undefined;
  const { uses, live } = tokenUse(tokenId);
  return live > 0 || uses >= usesOfToken ? 'replayed-token' : undefined;
};

const signedIcon = (claims: IconClaims, merchant: Merchant): IconReading => {
  const { merchantId, tokenId, number: iconNumber, merchantSessionId, customerRef, location } = claims;
  const link = claims.linkId ?? (iconNumber === undefined ? defaultLink(merchantId, merchant) : undefined);
  if (iconNumber === undefined && (link === undefined || !merchant.links.has(link))) {
    return refuse('unknown-link', merchantId);
  }
  const customer = customerRef === undefined ? undefined : ({ ref: customerRef, by: 'server-signed' } as const);
  return {
    outcome: 'valid',
    icon: {
      merchantId,
      merchant,
      tokenId,
      ...defined({ linkId: link, iconNumber, merchantSessionId, customerRef: customer, location }),
    },
  };
};

const signed = async (token: string, request: ClickRequest, reader: IconReader): Promise<IconReading> => {
  const verified = await reader.access.verifyIconToken(token);
  if (verified.outcome === 'invalid') {
    return refuse(verified.reason === 'expired-token' ? 'expired-token' : 'forged-token');
  }
  const { claims } = verified;
  const merchant = reader.merchants.merchant(claims.merchantId);
  if (!merchant) return refuse('unknown-merchant');
  const refusal = refusalOfClaims(claims, merchant, request, reader);
  return refusal === undefined ? signedIcon(claims, merchant) : refuse(refusal, claims.merchantId);
};

/** Settles what an icon refers to; the signed token outranks what stands beside it (S1 [60-62,67]). */
export const readIcon = (request: ClickRequest, reader: IconReader): Promise<IconReading> | IconReading =>
  request.icon.token === undefined ? unsigned(request, reader) : signed(request.icon.token, request, reader);
