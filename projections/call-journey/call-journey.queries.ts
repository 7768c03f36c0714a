import type { ContactId, MerchantId } from '#domain/kernel/ids.js';
import type { AgentDirectory, MerchantDirectory } from '#domain/policies/views.js';
import type { JourneySummary } from '#domain/views/journey.js';
import type { CallJourneyView, JourneyRow } from './call-journey.projection.js';

type Names = Readonly<{ merchants: MerchantDirectory; agents: AgentDirectory }>;

const stateOf = ({ open, failed }: JourneyRow): JourneySummary['state'] =>
  open.size > 0 ? 'in-progress' : failed ? 'failed' : 'over';

const summary = (row: JourneyRow, { merchants, agents }: Names): JourneySummary => {
  const iconLabel = row.linkId && merchants.merchant(row.merchantId)?.links.get(row.linkId);
  return {
    contactId: row.contactId,
    merchantId: row.merchantId,
    startedAt: row.startedAt,
    lastAt: row.lastAt,
    state: stateOf(row),
    ...(iconLabel === undefined ? {} : { iconLabel }),
    ...(row.origin === undefined ? {} : { origin: row.origin }),
    ...(row.customerRef === undefined ? {} : { customerRef: row.customerRef }),
    agents: row.agents.map((agentId) => agents.agent(agentId)?.displayName ?? agentId),
    calls: row.calls,
    events: row.positions.length,
  };
};

/** A page of one merchant's journeys, newest first; `before`: the last contact of the page before. */
export const pageOfJourneys = (
  view: CallJourneyView,
  names: Names,
  merchantId: MerchantId,
  page: Readonly<{ limit: number; before?: ContactId }>,
): readonly JourneySummary[] => {
  const all = view.byMerchant.get(merchantId) ?? [];
  const end = page.before === undefined ? all.length : all.lastIndexOf(page.before);
  return all
    .slice(Math.max(0, end - page.limit), Math.max(0, end))
    .reverse()
    .flatMap((contactId) => {
      const row = view.rows.get(contactId);
      return row ? [summary(row, names)] : [];
    });
};

/** Positions in the log of a contact's events, in order; none when there is no such contact. */
export const positionsOf = (view: CallJourneyView, contactId: ContactId): readonly number[] =>
  view.rows.get(contactId)?.positions ?? [];
