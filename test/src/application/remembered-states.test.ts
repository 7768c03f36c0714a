import { expect } from 'chai';
import { before, beforeEach, describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { TrunklineCommand } from '#domain/commands.js';
import type { GatewayId, StreamId } from '#domain/kernel/ids.js';
import type { EventId } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';
import { aggregates } from '#src/application/aggregates.js';
import { createCommandBus } from '#src/application/handle-command.js';
import { emptyLogState, folderOf } from '#src/application/log-state.js';
import { rememberedStreams } from '#src/application/remembered-streams.js';
import { StreamHandler } from '#src/application/stream-handler.js';
import type { StreamStates } from '#src/application/stream-states.js';
import { logOf, recordBusyDay, type BusyDay } from '#test/support/busy-day/busy-day.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { readOn } from '#test/support/read-on.js';
import { seededIds } from '#test/support/seeded-ids.js';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the first call after a start, in a log of many calls', () => {
  let day: BusyDay;
  let store: EventStore;
  let gateway: GatewayId;
  let reads: { stream: StreamId; from: number; events: number }[] = [];
  before(async () => {
    day = await recordBusyDay();
  });
  beforeEach(async () => {
    const { events } = memoryStore({ clock: fakeClock() });
    for (const { stream, ...event } of logOf(day, 5)) {
      await events.append({ stream, expected: 'any', events: [event] });
      if (event.type === 'GatewayDefined') gateway = stream as GatewayId;
    }
    reads = [];
    store = {
      ...events,
      readStream: async (stream, from = 0) => {
        const found = await events.readStream(stream, from);
        reads.push({ stream, from, events: found.length });
        return found;
      },
    };
  });

  const block = async (known?: StreamStates) => {
    const bus = createCommandBus({ store, ids: seededIds(3), log: silent, ...(known && { known }) });
    const command: TrunklineCommand = {
      type: 'BlockPort',
      target: gateway,
      at: instant(2_000_000_000_000),
      data: { port: 1, reason: 'no dial tone' },
    };
    return bus.dispatch(command, { actor: 'operator' });
  };
  const wholeLength = async (): Promise<number> => (await store.readStream(gateway)).length;
  const statesUpTo = async (position: number): Promise<StreamStates> => {
    const state = emptyLogState();
    const fold = folderOf(state);
    for await (const event of store.readAll({ after: 0, limit: position })) fold(event);
    return state.streams;
  };

  it('reads of its gateway only what is newer than what is remembered, and decides the same', async () => {
    const { streams } = await readOn(store, emptyLogState());
    expect(await block(streams)).to.deep.include({ outcome: 'accepted', events: 1 });
    expect(reads).to.have.length(1);
    expect(reads[0]?.events, 'the event that it is known again by').to.equal(1);
    expect(await block(), 'whoever reads it all knows of it').to.deep.include({ outcome: 'accepted', events: 0 });
    expect(reads[1]?.from).to.equal(0);
  });

  it('catches up with what others have written since', async () => {
    const streams = await statesUpTo(200);
    const from = streams.get(gateway)?.revision ?? NaN;
    await block(streams);
    expect(reads[0]).to.deep.include({ from, events: (await wholeLength()) - 1 - from });
  });

  it('does not believe what was remembered of another stream: it reads it all', async () => {
    const { streams } = await readOn(store, emptyLogState());
    const remembered = streams.get(gateway);
    if (!remembered) throw new Error('nothing remembered');
    for (const wrong of [
      { ...remembered, eventId: 'another' as EventId },
      { ...remembered, revision: remembered.revision + 1_000 },
    ]) {
      reads = [];
      await block(new Map([[gateway, { ...wrong, state: { status: 'unknown' } }]]));
      expect(reads.map(({ from }) => from)).to.deep.equal([wrong.revision, 0]);
    }
  });
});

describe('streams that are remembered', () => {
  const tools = { store: memoryStore({ clock: fakeClock() }).events, ids: seededIds(3), maxConflicts: 1 };
  /** Of a stream that has come to this state. */
  const handler = (stream: StreamId, initialState: unknown): StreamHandler => {
    const decider = { ...aggregates.call.decider, initialState };
    const nothing = (): void => undefined;
    const aggregate = { ...aggregates.call, decider };
    return new StreamHandler(stream, aggregate, { ...tools, onFault: nothing, onRest: nothing });
  };
  const streamOf = (category: string, nth: number): StreamId => `${category}-acme.${nth}` as StreamId;
  const working = (states: (stream: StreamId) => unknown) => {
    const streams = rememberedStreams((stream) => handler(stream, states(stream)));
    return (stream: StreamId): number => {
      streams.rests(stream, streams.handlerOf(stream));
      return streams.size();
    };
  };

  it('are no more after a hundred thousand calls than after two thousand', () => {
    const work = working(() => ({ status: 'over' }));
    const sizes = Array.from({ length: 100_000 }, (_none, nth) => work(streamOf('call', nth)));
    expect(sizes.at(-1)).to.equal(sizes[2_000]);
  });

  it('are all of those in progress, and all that go on', () => {
    const work = working((stream) => ({ status: stream.startsWith('call') ? 'in-progress' : 'ready' }));
    for (let nth = 0; nth < 5_000; nth += 1) work(streamOf('agent', nth));
    let size = 0;
    for (let nth = 0; nth < 5_000; nth += 1) size = work(streamOf('call', nth));
    expect(size).to.equal(10_000);
  });
});
