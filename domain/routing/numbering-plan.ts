import type { E164 } from '../kernel/phone-number.js';

/** Codes of countries (ITU-T E.164, list of assigned country codes). What is not here has no country behind it. */
const countryCodes = new Set(
  [
    '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86',
    '90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238',
    '239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268',
    '269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383',
    '385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672',
    '673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 850 852 853 855 856 880 886 960 961 962',
    '963 964 965 966 967 968 970 971 972 973 974 975 976 977 992 993 994 995 996 998',
  ].flatMap((line) => line.split(' ')),
);

/** Countries that share +1 with the United States and Canada but not their rates (North American Numbering Plan). */
const islandsOfPlanOne = new Set(
  '242 246 264 268 284 340 345 441 473 649 658 664 670 671 684 721 758 767 784 787 809 829 849 868 869 876 939'.split(
    ' ',
  ),
);

/** Codes of no country: satellites, networks, services (ITU-T E.164.1, E.169). */
export const codesOfNoCountry: Readonly<Record<string, string>> = {
  '800': 'international freephone',
  '808': 'international shared cost',
  '870': 'Inmarsat satellites',
  '878': 'universal personal numbers',
  '881': 'satellite networks',
  '882': 'international networks',
  '883': 'international networks',
  '888': 'disaster relief',
  '979': 'international premium rate',
};

/** A number as its country and what is dialled there: `+1876…` is Jamaica's, not the United States'. */
export type NumberParts = Readonly<{ countryCode: string; country: string; national: string }>;

/** Undefined when no country has the code. */
export const partsOf = (number: E164): NumberParts | undefined => {
  const digits = number.slice(1);
  const countryCode = [1, 2, 3].map((length) => digits.slice(0, length)).find((code) => countryCodes.has(code));
  if (countryCode === undefined) return undefined;
  const national = digits.slice(countryCode.length);
  const area = national.slice(0, 3);
  const country = countryCode === '1' && islandsOfPlanOne.has(area) ? `+1${area}` : `+${countryCode}`;
  return { countryCode, country, national };
};
