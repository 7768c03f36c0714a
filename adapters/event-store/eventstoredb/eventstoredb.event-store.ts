import type { Append, AppendResult, EventStore } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { conflictAt, noHead, requireEvents } from '../expected-revision.js';
import type { LogPage } from '../log-subscription.js';
import type { Openness } from '../openness.js';
import type { Subscriptions } from '../subscriptions.js';
import type { AppendGate } from './append-gate.js';
import { encodeEvent, type EncodedEvent } from './event-encoding.js';
import type { KnownEnd } from './known-end.js';
import { pageSize, type LogReader } from './log-reader.js';
import type { OurStreams } from './our-streams.js';
import type { RecordedTimes } from './recorded-times.js';
import type { SureAppend } from './sure-append.js';

type Parts = Readonly<{
  ours: OurStreams;
  reader: LogReader;
  end: KnownEnd;
  gate: AppendGate;
  sureAppend: SureAppend;
  times: RecordedTimes;
  subscriptions: Subscriptions;
  open: Openness;
  close: () => Promise<void>;
}>;

/** The log on EventStoreDB or KurrentDB. Positions are the server's commit positions: they rise, with gaps. */
export const eventStoreDbEventStore = (parts: Parts): EventStore => {
  const { ours, reader, end, gate, sureAppend, times, subscriptions, open, close } = parts;

  const write = async ({ stream, expected }: Append, encoded: readonly EncodedEvent[]): Promise<AppendResult> => {
    if (typeof expected === 'number' && expected < 0) {
      return conflictAt((await reader.head(stream))?.revision ?? noHead);
    }
    if (times.goneBack()) await end.allSeen();
    const events = encoded.map((event) => ({ ...event, message: event.message(times.notBefore()) }));
    const result = await sureAppend(stream, { stream: ours.nameOf(stream), expected, events });
    if (result.outcome === 'appended') end.written(result.position);
    return result;
  };

  return {
    append: async (append) => {
      open.require();
      requireEvents(append);
      const encoded = append.events.map(encodeEvent);
      const bytes = encoded.reduce((sum, { size }) => sum + size, 0);
      return gate.pass(bytes, () => write(append, encoded));
    },

    readStream: async (stream, fromRevision = 0) => {
      open.require();
      const events: RecordedEvent[] = [];
      for (let next = Math.max(0, fromRevision); ;) {
        const page = await reader.streamPage(stream, next, pageSize);
        events.push(...page);
        if (page.length < pageSize) return events;
        next += page.length;
      }
    },

    readAll: async function* ({ after, filter, limit = Infinity }) {
      open.require();
      const last = await reader.last();
      let [position, left] = [after, limit];
      while (position < last && left > 0) {
        const page: LogPage = await reader.pageAfter(position, last, filter, left);
        yield* page.events;
        left -= page.events.length;
        position = page.upTo;
      }
    },

    readAt: async (positions) => {
      open.require();
      return reader.at(positions);
    },

    subscribe: (subscribe) => {
      open.require();
      return subscriptions.add(subscribe);
    },

    lastPosition: async () => {
      open.require();
      return reader.last();
    },

    close,
  };
};
