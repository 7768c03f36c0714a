import type { CallRecordRow } from '#domain/views/call-record.js';
import { defined } from '#domain/kernel/defined.js';
import { tenantOf } from '#domain/kernel/ids.js';
import { column, readModel } from '../read-model.js';

const { text, integer, optional } = column;

/** Call detail records: one for each call through a gateway. */
export const callRecords = readModel<CallRecordRow, 'CallRecordIssued'>(
  {
    name: 'call-records',
    version: 1,
    shape: {
      key: 'recordId',
      columns: {
        recordId: text,
        merchantId: text,
        position: integer,
        callId: text,
        contactId: text,
        linkId: optional.text,
        origin: text,
        number: optional.text,
        centreId: optional.text,
        gatewayId: optional.text,
        port: optional.integer,
        requestedAt: integer,
        answeredAt: optional.integer,
        endedAt: integer,
        talk: integer,
        cause: text,
      },
      indexes: [
        ['merchantId', 'position'],
        ['merchantId', 'endedAt'],
        ['merchantId', 'contactId'],
      ],
    },
  },
  {
    CallRecordIssued: {
      key: ({ stream }) => stream,
      evolve: (_row, { data, position }, recordId) => ({
        recordId,
        merchantId: tenantOf(recordId),
        position,
        callId: data.callId,
        contactId: data.contactId,
        origin: data.referrer.origin,
        requestedAt: data.requestedAt,
        endedAt: data.endedAt,
        talk: data.talk,
        cause: data.cause,
        ...defined({
          linkId: data.linkId,
          number: data.destination?.number,
          centreId: data.destination?.centreId,
          gatewayId: data.gatewayId,
          port: data.port,
          answeredAt: data.answeredAt,
        }),
      }),
    },
  },
);
