import { accept, ignore } from '../kernel/decider.js';
import type { Answer, Ask, EventData } from './call.answer.js';
import type { AttachedData, LiveCentreCall, LiveGatewayCall } from './call.state.js';

const isNews = (values: ReadonlyMap<string, string>, key: string, value: string): boolean =>
  value === '' ? values.has(key) : values.get(key) !== value;

/** Attaches data to a call (CSTA AssociateData). What is attached already is nothing new. */
export const changeData = (
  { data: { changes, by } }: Ask<'ChangeCallData'>,
  { values, version }: AttachedData,
): Answer => {
  const news = Object.entries(changes).filter(([key, value]) => isNews(values, key, value));
  return news.length === 0
    ? ignore
    : accept({ type: 'CallDataChanged', data: { changes: Object.fromEntries(news), version: version + 1, by } });
};

export const withChanges = (
  { values }: AttachedData,
  { changes, version }: EventData<'CallDataChanged'>,
): AttachedData => {
  const changed = new Map(values);
  for (const [key, value] of Object.entries(changes)) {
    if (value === '') changed.delete(key);
    else changed.set(key, value);
  }
  return { values: changed, version };
};

const sameItems = (a: readonly string[], b: readonly string[] | undefined): boolean =>
  a.length === b?.length && a.every((item, index) => item === b[index]);

/** What is known of a call after a break, and what is not. */
export const reconstruct = (
  { data }: Ask<'ReportReconstructed'>,
  { reconstruction: before }: LiveGatewayCall | LiveCentreCall,
): Answer =>
  sameItems(data.known, before?.known) && sameItems(data.unknown, before?.unknown)
    ? ignore
    : accept({ type: 'CallReconstructed', data });
