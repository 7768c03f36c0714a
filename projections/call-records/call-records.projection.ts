import type { MerchantId } from '#domain/kernel/ids.js';
import type { CallRecord } from '#domain/views/call-record.js';
import type { Projection } from '../projection.js';

export type CallRecordsView = { byMerchant: Map<MerchantId, CallRecord[]> };

/** Call detail records of each merchant, oldest first. */
export const callRecords = {
  name: 'call-records',
  version: 1,
  empty: (): CallRecordsView => ({ byMerchant: new Map() }),
  on: {
    CallRecordIssued: (view, { stream, data, meta: { merchantId } }) => {
      const records = view.byMerchant.get(merchantId) ?? [];
      records.push({ ...data, recordId: stream, merchantId });
      view.byMerchant.set(merchantId, records);
    },
  },
} satisfies Projection<CallRecordsView, 'CallRecordIssued'>;

/** A page of records, newest first; `after`: the id of the last record of the page before. */
export const pageOfCallRecords = (
  view: CallRecordsView,
  merchantId: MerchantId,
  page: Readonly<{ limit: number; after?: string }>,
): readonly CallRecord[] => {
  const records = view.byMerchant.get(merchantId) ?? [];
  const end = page.after === undefined ? records.length : records.findIndex((record) => record.recordId === page.after);
  return records.slice(Math.max(0, end - page.limit), Math.max(0, end)).reverse();
};
