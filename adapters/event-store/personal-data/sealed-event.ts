import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { KeyFailure, type SubjectKeys } from '#domain/contracts/keys.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { EventId, NewEvent, RecordedEvent } from '#domain/kernel/message.js';
import { splitPersonalData } from '#domain/privacy/erased.js';
import { subjectOfEvent, type Subject } from '#domain/privacy/subject.js';
import { upToDate } from '../up-to-date.js';

/**
 * The data of an event as the log keeps it: personal fields show what is left of them after an erasure, and `sealed`
 * holds what they really are, as one box. So who has no key, or no longer, reads an event of the right shape.
 */
type SealedData = Readonly<Record<string, unknown> & { sealed: string }>;

type Identity = Readonly<{ id: EventId; type: string }>;

/** Bound to the one event that it belongs to. */
const contextOf = ({ id, type }: Identity, stream: StreamId): string => `${id} ${type} ${stream}`;

const failures: Readonly<Record<KeyFailure['failure'], EventStoreFailure['failure']>> = {
  'missing-key': 'corrupt',
  'wrong-secret': 'corrupt',
  'forged-box': 'corrupt',
  'locked-by-another-process': 'locked-by-another-process',
  'disk-full': 'disk-full',
  io: 'io',
};

/** What goes wrong with keys, in the words of the log's contract. */
export const asStoreFailure = (thrown: unknown): unknown =>
  thrown instanceof KeyFailure
    ? new EventStoreFailure(failures[thrown.failure], thrown.message, { cause: thrown })
    : thrown;

export type SealedEvent = Readonly<{
  event: NewEvent;
  /** What was sealed, of whom, and what to wait for before it may be kept. */
  personal?: Readonly<{ subject: Subject; text: string; durable: Promise<void> | undefined }>;
}>;

/** @throws {TypeError} when JSON cannot say it @throws {KeyFailure} */
export const sealEvent = (event: NewEvent, stream: StreamId, keys: Pick<SubjectKeys, 'seal'>): SealedEvent => {
  const { clear, personal } = splitPersonalData(event.type, event.data);
  if (!personal) return { event };
  const subject = subjectOfEvent(stream, event.meta);
  const text = JSON.stringify(personal);
  const sealed = keys.seal(subject, text, contextOf(event, stream));
  if (sealed.outcome === 'erased') return { event: { ...event, data: clear } };
  return {
    event: { ...event, data: { ...clear, sealed: sealed.box } },
    personal: { subject, text, durable: sealed.durable },
  };
};

const isSealed = (data: object): data is SealedData => 'sealed' in data && typeof data.sealed === 'string';

/**
 * The event as it was appended, brought up to date; of an erased subject as much as is left.
 * @param remembered what was sealed, when that is still known
 * @throws {EventStoreFailure} `corrupt` when its key is lost, or what was sealed is not what is here
 */
export const openEvent = (
  event: RecordedEvent,
  keys: Pick<SubjectKeys, 'open'>,
  remembered?: (id: EventId) => string | undefined,
): RecordedEvent => {
  if (!isSealed(event.data)) return event;
  const { sealed, ...clear } = event.data;
  const known = remembered?.(event.id);
  if (known !== undefined) return upToDate({ ...event, data: { ...clear, ...(JSON.parse(known) as object) } });
  try {
    const opened = keys.open(subjectOfEvent(event.stream, event.meta), sealed, contextOf(event, event.stream));
    const personal = opened.outcome === 'opened' ? (JSON.parse(opened.text) as object) : {};
    return upToDate({ ...event, data: { ...clear, ...personal } });
  } catch (thrown) {
    throw asStoreFailure(thrown);
  }
};
