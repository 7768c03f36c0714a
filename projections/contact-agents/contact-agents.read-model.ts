import type { LogEvent } from '#domain/events.js';
import { tenantOf, type AgentId, type ContactId } from '#domain/kernel/ids.js';
import type { ContactAgentRow } from '#domain/views/call-record.js';
import { column, readModel } from '../read-model.js';

const { text, integer, optional } = column;

const partOf = (contactId: ContactId | undefined, agentId: AgentId | undefined): string | undefined =>
  contactId === undefined || agentId === undefined ? undefined : `${contactId}/${agentId}`;

const begun = (partId: string, { position }: LogEvent): ContactAgentRow => {
  const [contactId, agentId] = partId.split('/') as [ContactId, AgentId];
  return { partId, merchantId: tenantOf(contactId), contactId, agentId, since: position };
};

/** Which agents had a part in a contact: whose it rang at, who answered, and what they said of it. */
export const contactAgents = readModel<ContactAgentRow, 'CallDelivered' | 'CallEstablished' | 'DispositionRecorded'>(
  {
    name: 'contact-agents',
    version: 1,
    shape: {
      key: 'partId',
      columns: {
        partId: text,
        merchantId: text,
        contactId: text,
        agentId: text,
        since: integer,
        answeredAt: optional.integer,
        disposition: optional.text,
        dispositionSaid: optional.integer,
      },
      indexes: [
        ['merchantId', 'contactId'],
        ['merchantId', 'agentId', 'contactId'],
      ],
    },
  },
  {
    CallDelivered: {
      key: ({ meta, data }) => partOf(meta.contactId, data.agentId),
      evolve: (row, event, key) => row ?? begun(key, event),
    },
    CallEstablished: {
      key: ({ meta, data }) => partOf(meta.contactId, data.agentId),
      evolve: (row, event, key) => ({ answeredAt: event.meta.occurredAt, ...(row ?? begun(key, event)) }),
    },
    DispositionRecorded: {
      key: ({ stream, data }) => partOf(data.contactId, stream as AgentId),
      evolve: (row, event, key) => ({
        ...(row ?? begun(key, event)),
        disposition: event.data.code,
        dispositionSaid: event.position,
      }),
    },
  },
);
