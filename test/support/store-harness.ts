import { expect } from 'chai';
import { EventStoreFailure, type AppendResult, type EventStore } from '#domain/contracts/event-store.js';
import type { StreamId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { anEvent } from './store-events.js';

export const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

export const positionsOf = (events: readonly RecordedEvent[]): number[] => events.map(({ position }) => position);
export const revisionsOf = (events: readonly RecordedEvent[]): number[] => events.map(({ revision }) => revision);
export const typesOf = (events: readonly RecordedEvent[]): string[] => events.map(({ type }) => type);

/** Where the log's events stand, in its order. */
export const logPositions = async (events: EventStore): Promise<number[]> =>
  positionsOf(await collect(events.readAll({ after: 0 })));

/** The positions that writers were told. */
export const positionsTold = (results: readonly AppendResult[]): number[] =>
  results.flatMap((result) => (result.outcome === 'appended' ? [result.position] : []));

/** Whole numbers from one up to and with the other. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** One event after the other, whatever the stream's revision. */
export const happened = async (events: EventStore, stream: StreamId, ...types: string[]): Promise<AppendResult[]> => {
  const results: AppendResult[] = [];
  for (const type of types) results.push(await events.append({ stream, expected: 'any', events: [anEvent(type)] }));
  return results;
};

export const failureIn = async (promise: Promise<unknown>): Promise<EventStoreFailure> => {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).to.be.instanceOf(EventStoreFailure);
  return thrown as EventStoreFailure;
};

/** Something to wait for until somebody opens it. */
export type Gate = Readonly<{ open: () => void; opened: Promise<void> }>;

export const gate = (): Gate => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    open: () => {
      open();
    },
    opened,
  };
};
