import { defined } from '#domain/kernel/defined.js';
import type { AgentDirectory, MerchantDirectory } from '#domain/policies/views.js';
import type { JourneyRow, JourneySummary } from '#domain/views/journey.js';

type Names = Readonly<{ merchants: MerchantDirectory; agents: AgentDirectory }>;

const stateOf = ({ open, failed }: JourneyRow): JourneySummary['state'] =>
  open.length > 0 ? 'in-progress' : failed ? 'failed' : 'over';

/** One line of a list of journeys, with the names that agents and icons have now. */
export const summaryOf = (
  row: JourneyRow,
  customerRef: string | undefined,
  { merchants, agents }: Names,
): JourneySummary => {
  const { contactId, merchantId, startedAt, lastAt, linkId, origin, calls, events } = row;
  const iconLabel = linkId && merchants.merchant(merchantId)?.links.get(linkId);
  return {
    contactId,
    merchantId,
    startedAt,
    lastAt,
    state: stateOf(row),
    ...defined({ iconLabel, origin, customerRef }),
    agents: row.agents.map((agentId) => agents.agent(agentId)?.displayName ?? agentId),
    calls,
    events,
  };
};
