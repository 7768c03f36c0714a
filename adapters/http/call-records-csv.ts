import type { Instant } from '#domain/kernel/time.js';
import type { CallRecord } from '#domain/views/call-record.js';

type Cell = string | number | undefined;

const time = (at: Instant | undefined): string | undefined => (at === undefined ? at : new Date(at).toISOString());

const columns: Readonly<Record<string, (record: CallRecord) => Cell>> = {
  recordId: ({ recordId }) => recordId,
  callId: ({ callId }) => callId,
  contactId: ({ contactId }) => contactId,
  linkId: ({ linkId }) => linkId,
  referrerOrigin: ({ referrer }) => referrer.origin,
  referrerPage: ({ referrer }) => referrer.page,
  number: ({ destination }) => destination?.number,
  centreId: ({ destination }) => destination?.centreId,
  gatewayId: ({ gatewayId }) => gatewayId,
  port: ({ port }) => port,
  requestedAt: ({ requestedAt }) => time(requestedAt),
  answeredAt: ({ answeredAt }) => time(answeredAt),
  endedAt: ({ endedAt }) => time(endedAt),
  talkMilliseconds: ({ talk }) => talk,
  cause: ({ cause }) => cause,
  agents: ({ agents }) => agents.join(' '),
  disposition: ({ disposition }) => disposition,
};

/** A text that a spreadsheet would take for a formula gets an apostrophe before it, and stays a text. */
const formula = /^[\s]*[=+\-@\t\r]/;

const cell = (value: Cell): string => {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
};

const line = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`;

/** RFC 4180, with a header line. */
export const callRecordsAsCsv = (records: readonly CallRecord[]): string => {
  const names = Object.keys(columns);
  const read = Object.values(columns);
  return line(names) + records.map((record) => line(read.map((of) => of(record)))).join('');
};
