import type { MerchantId } from '#domain/kernel/ids.js';
import type { Journey, JourneySummary } from '#domain/views/journey.js';
import { ask, type Asked } from './http.js';

export const journeysOnAPage = 50;

type Page = Readonly<{ journeys: readonly JourneySummary[] }>;

/** Newest first; `before`: those that began before that contact. */
export const readJourneys = (merchantId: MerchantId, before?: string): Promise<Asked<Page>> => {
  const page = new URLSearchParams({ limit: String(journeysOnAPage), ...(before !== undefined && { before }) });
  return ask<Page>(`/v1/merchants/${encodeURIComponent(merchantId)}/journeys?${page.toString()}`);
};

export const readJourney = (merchantId: MerchantId, contactId: string): Promise<Asked<Journey>> =>
  ask<Journey>(`/v1/merchants/${encodeURIComponent(merchantId)}/journeys/${encodeURIComponent(contactId)}`);
