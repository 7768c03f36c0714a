import type { LogEvent } from '#domain/events.js';
import { defined } from '#domain/kernel/defined.js';
import type { CallRecord, FoundCallRecord } from '#domain/views/call-record.js';

/** A record with what the agents of its contact did, and the page of the click as the log has it. */
export const callRecordOf = ({ row, parts }: FoundCallRecord, issued: LogEvent | undefined): CallRecord => {
  const { position: _position, origin, number, centreId, ...facts } = row;
  const [lastSaid] = parts.toSorted((one, other) => (other.dispositionSaid ?? 0) - (one.dispositionSaid ?? 0));
  return {
    ...facts,
    referrer: { origin, page: issued?.type === 'CallRecordIssued' ? issued.data.referrer.page : '' },
    ...(number !== undefined && { destination: { number, ...defined({ centreId }) } }),
    agents: parts.filter(({ answeredAt }) => answeredAt !== undefined).map(({ agentId }) => agentId),
    ...defined({ disposition: lastSaid?.disposition }),
  };
};
