import { categoryOf, tenantOf } from '#domain/kernel/ids.js';
import type { StoredEvent } from '../../event-codec.js';
import { chainBeginning, headAfter, sealOf } from '../hash-chain.js';
import type { ChainHead, Finding } from './finding.js';
import type { RawEvent } from './raw-events.js';

/** Says what is wrong with an event's content, or nothing. */
export type CheckContent = (event: StoredEvent) => string | undefined;

type Stored = StoredEvent & Readonly<{ category: string; seal: number }>;

const allWhole = (values: readonly unknown[]): values is readonly number[] => values.every(Number.isSafeInteger);
const allText = (values: readonly unknown[]): values is readonly string[] =>
  values.every((value) => typeof value === 'string');

/** What a row says, when each of its columns holds what it is to hold; otherwise what is wrong with it. */
const storedIn = (row: RawEvent): Stored | string => {
  const [position, stream, revision, category, type, recordedAt, body, seal, streamNumber, kindNumber] = row;
  if (stream === null) return `it is of stream number ${String(streamNumber)}, which there is not`;
  if (type === null) return `it is of kind number ${String(kindNumber)}, which there is not`;
  const [numbers, texts] = [
    [position, revision, recordedAt, seal],
    [stream, category, type, body],
  ];
  if (!allWhole(numbers)) return 'a column that is to hold a whole number holds something else';
  if (!allText(texts)) return 'a column that is to hold text holds something else';
  return { position, stream, revision, category, type, recordedAt, body, seal } as Stored;
};

const placeOf = ([position, stream, , , type]: RawEvent): Omit<Finding, 'wrong'> => ({
  ...(typeof position === 'number' ? { position } : {}),
  ...(typeof stream === 'string' ? { stream } : {}),
  ...(typeof type === 'string' ? { type } : {}),
});

/** Looks at the events of a log one after the other, from the first; to be left alone once it has found something. */
export const eventCheck = (
  checkContent: CheckContent,
  isExact: (position: number, body: string) => boolean,
  onHead: (head: ChainHead) => void,
) => {
  const heads = new Map<string, ChainHead>();
  const revisions = new Map<unknown, number>();
  let before = { position: 0, recordedAt: -Infinity };

  const wrongWithPlace = ({ stream, revision, category, recordedAt }: Stored): string | undefined => {
    const expected = (revisions.get(stream) ?? -1) + 1;
    if (revision !== expected) return `it has revision ${revision} where its stream is to go on with ${expected}`;
    if (category !== categoryOf(stream)) return `it is filed under category ${category}, which its stream is not of`;
    if (recordedAt < before.recordedAt) return 'it was recorded before the event before it';
    return undefined;
  };

  const wrongWithSeal = (event: Stored, head: string): string | undefined =>
    event.seal === sealOf(head) && isExact(event.position, event.body)
      ? undefined
      : 'it is not what was sealed here: its content, its place or its time has been changed, or the seal has';

  const accept = (event: Stored, tenant: string, head: string): void => {
    const { position, stream, revision, recordedAt } = event;
    before = { position, recordedAt };
    revisions.set(stream, revision);
    heads.set(tenant, { tenant, head, position });
    onHead({ tenant, head, position });
  };

  return {
    /** The heads of the chains so far. */
    heads: (): ReadonlyMap<string, ChainHead> => heads,
    /** How many events were as they were written. */
    count: (): number => before.position,

    next: (row: RawEvent): Finding | undefined => {
      const expected = before.position + 1;
      if (row[0] !== expected) {
        const [next] = row;
        return typeof next === 'number' && next > expected
          ? { position: expected, wrong: `it is missing: the next event is at position ${next}` }
          : { ...placeOf(row), wrong: 'there is to be no event at this position' };
      }
      const event = storedIn(row);
      if (typeof event === 'string') return { ...placeOf(row), wrong: event };
      const tenant = tenantOf(event.stream);
      const head = headAfter(heads.get(tenant)?.head ?? chainBeginning, event);
      const wrong = wrongWithPlace(event) ?? wrongWithSeal(event, head) ?? checkContent(event);
      if (wrong !== undefined) return { ...placeOf(row), wrong };
      accept(event, tenant, head);
      return undefined;
    },
  };
};
