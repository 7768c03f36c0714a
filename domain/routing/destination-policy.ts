import { isE164 } from '../kernel/phone-number.js';
import type { CallCentre } from '../merchant/merchant.events.js';
import { codesOfNoCountry, partsOf, type NumberParts } from './numbering-plan.js';
import { premiumNumbers } from './premium-numbers.js';

/** Whom a merchant's calls may reach: its own centres, and ordinary numbers of these countries (`+49`, `+1876`). */
export type AllowedDestinations = Readonly<{ centres: readonly CallCentre[]; countries: readonly string[] }>;

export type Judgement = Readonly<{ allowed: boolean; because: string }>;

/** Where the merchant has centres of its own, calls may go unless it says otherwise. */
export const countriesOf = (centres: readonly CallCentre[]): readonly string[] => [
  ...new Set(centres.flatMap(({ number }) => partsOf(number)?.country ?? [])),
];

/** The shortest ordinary national numbers have four digits (Niue, Tokelau). */
const shortestNumber = 4;

/** Ten digits; area and exchange begin with 2 to 9, and x11 is a service in either place (North American Numbering Plan). */
const plausibleInPlanOne = /^(?!\d11)[2-9][0-8]\d(?!\d11)[2-9]\d{6}$/;
/** 976 is premium in every area. */
const premiumExchange = /^\d{3}976/;

const isPremium = ({ countryCode, national }: NumberParts): boolean =>
  premiumNumbers[countryCode]?.test(national) === true || (countryCode === '1' && premiumExchange.test(national));

const objectionTo = (
  { countryCode, country, national }: NumberParts,
  countries: readonly string[],
): string | undefined => {
  if (national.length < shortestNumber) {
    return 'is a short code, as emergency services have: no call of ours may reach those';
  }
  if (countryCode === '1' && !plausibleInPlanOne.test(national)) return 'is no number of the North American plan';
  if (isPremium({ countryCode, country, national })) return `is charged at a premium or shared rate in ${country}`;
  if (!countries.includes(country)) return `is in ${country}; allowed are ${countries.join(', ') || 'no countries'}`;
  return undefined;
};

const refuse = (because: string): Judgement => ({ allowed: false, because });
const looksShort = /^[+*#0-9]{1,6}$/;

/** Refuses what is not plainly allowed (toll fraud, IRSF): `because` completes the sentence "the number …". */
export const judgeDestination = (number: string, { centres, countries }: AllowedDestinations): Judgement => {
  const own = centres.find((centre) => centre.number === number);
  if (own) return { allowed: true, because: `is that of the merchant's own centre ${own.name}` };
  if (looksShort.test(number)) {
    return refuse('is a short code, as emergency services have: no call of ours may reach those');
  }
  if (!isE164(number)) return refuse('is not in the form of E.164');
  const service = codesOfNoCountry[number.slice(1, 4)];
  if (service) return refuse(`belongs to ${service}`);
  const parts = partsOf(number);
  if (!parts) return refuse('has a prefix that no country has');
  const objection = objectionTo(parts, countries);
  return objection === undefined
    ? { allowed: true, because: `is an ordinary one in ${parts.country}` }
    : refuse(objection);
};
