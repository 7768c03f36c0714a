import { callCentreId, linkId, merchantId, merchantStream } from '#domain/kernel/ids.js';
import type { CallCentre, OpeningSpan, WeeklyHours } from '#domain/merchant/merchant.events.js';

/** The merchant that stories are told of, and another one. */
export const acme = merchantId('acme');
export const rival = merchantId('rival');
export const acmeStream = merchantStream(acme);

export const daily = (...spans: readonly OpeningSpan[]): WeeklyHours => [
  spans,
  spans,
  spans,
  spans,
  spans,
  spans,
  spans,
];
export const hour = (hours: number, minutes = 0): number => hours * 60 + minutes;
export const nineToFive = daily({ from: hour(9), to: hour(17) });
export const aroundTheClock = daily({ from: 0, to: hour(24) });

export const berlin: CallCentre = {
  centreId: callCentreId(acme, 'berlin'),
  name: 'Berlin',
  number: '+493012345678',
  location: { latitude: 52.52, longitude: 13.405 },
  zone: 'Europe/Berlin',
  hours: nineToFive,
  holidays: [],
  capacity: 10,
  trunks: [],
};

export const boston: CallCentre = {
  ...berlin,
  centreId: callCentreId(acme, 'boston'),
  name: 'Boston',
  number: '+16175550100',
  location: { latitude: 42.36, longitude: -71.06 },
  zone: 'America/New_York',
};

export const sydney: CallCentre = {
  ...berlin,
  centreId: callCentreId(acme, 'sydney'),
  name: 'Sydney',
  number: '+61295550100',
  location: { latitude: -33.87, longitude: 151.21 },
  zone: 'Australia/Sydney',
};

export const shoes = linkId(acme, 'shoes');
export const returns = linkId(acme, 'returns');
