import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { LogEvent } from '#domain/events.js';
import { contactId, erasureId } from '#domain/kernel/ids.js';
import { subjectOf, type Subject } from '#domain/privacy/subject.js';
import { carryOutErasures, type CarryOutErasures } from '#src/application/erasures/carry-out-erasures.js';
import { createCommandBus } from '#src/application/handle-command.js';
import { rememberedStreams } from '#src/application/remembered-streams.js';
import { StreamHandler } from '#src/application/stream-handler.js';
import { aggregates } from '#src/application/aggregates.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';
import { seededIds } from '#test/support/seeded-ids.js';
import { aCall, acme } from '#test/support/store-events.js';
import { collect, typesOf } from '#test/support/store-harness.js';

const mary = subjectOf(contactId(acme, 'mary'));
const id = erasureId(acme, 'e-1');

describe('an erasure', () => {
  const complaints: string[] = [];
  const warn = (_fields: object, message: string): void => void complaints.push(message);
  const log = { debug: () => undefined, info: () => undefined, warn, error: warn };
  let clock: FakeClock;
  let events: ReturnType<typeof memoryStore>['events'];
  let steps: string[];
  beforeEach(() => {
    clock = fakeClock();
    ({ events } = memoryStore({ clock }));
    steps = [];
    complaints.length = 0;
  });

  const begin = async (more: Partial<CarryOutErasures> = {}) => {
    const bus = createCommandBus({ store: events, ids: seededIds(5), log });
    const work = carryOutErasures({
      events,
      destroyKeys: (subjects: readonly Subject[]) => Promise.resolve(void steps.push(`keys of ${subjects.join()}`)),
      commands: {
        dispatch: (command, cause) => bus.dispatch(command, cause),
        erase: (subject) => void steps.push(`remembered states of ${subject}`),
      },
      views: { reached: () => Promise.resolve(void steps.push('views')) },
      access: { setPassword: () => Promise.resolve() },
      copies: [],
      clock,
      ids: seededIds(6),
      log,
      ...more,
    });
    work.goLive();
    const request = { type: 'RequestErasure', target: id, at: clock.now(), data: { subjects: [mary] } } as const;
    await bus.dispatch(request, { actor: 'operator' });
    return work;
  };
  const hear = async (work: Awaited<ReturnType<typeof begin>>): Promise<void> => {
    for (const event of await events.readStream(id)) work.heard(event as unknown as LogEvent);
    await settle();
  };
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 30; turn += 1) await nextTurn();
  };
  const types = async (): Promise<readonly string[]> => typesOf(await collect(events.readAll({ after: 0 })));

  it('takes its steps in order, each when the one before is done', async () => {
    const copies = [{ renewed: (position: number) => Promise.resolve(void steps.push(`copy up to ${position}`)) }];
    const work = await begin({ copies });
    const completed = work.completed(id);
    await hear(work);
    await completed;
    expect(steps).to.deep.equal([`keys of ${mary}`, `remembered states of ${mary}`, 'views', 'copy up to 2']);
    expect(await types()).to.deep.equal(['ErasureRequested', 'SubjectKeyDestroyed', 'ErasureCompleted']);
  });

  it('is not complete while a copy is kept from before', async () => {
    let renew = (): void => undefined;
    const copies = [
      {
        renewed: () =>
          new Promise<void>((resolve) => {
            renew = resolve;
          }),
      },
    ];
    const work = await begin({ copies });
    await hear(work);
    expect(await types()).to.deep.equal(['ErasureRequested', 'SubjectKeyDestroyed']);
    renew();
    await settle();
    expect(await types()).to.include('ErasureCompleted');
  });

  it('that fails half-way is tried again until it succeeds, and says so', async () => {
    let tries = 0;
    const renewed = (): Promise<void> => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error('disk full')) : Promise.resolve();
    };
    const work = await begin({ copies: [{ renewed }] });
    await hear(work);
    for (let time = 0; time < 3; time += 1) {
      clock.advance(1_000);
      await settle();
    }
    expect(tries).to.equal(3);
    expect(complaints).to.have.length(2);
    expect(await types()).to.deep.equal(['ErasureRequested', 'SubjectKeyDestroyed', 'ErasureCompleted']);
  });

  it('is begun once, however often it is heard of, and whoever waits too long is answered', async () => {
    const copies = [{ renewed: () => new Promise<void>(() => undefined) }];
    const work = await begin({ copies });
    let answered = false;
    void work.completed(id).then(() => {
      answered = true;
    });
    await hear(work);
    await hear(work);
    await work.resume();
    await settle();
    expect(steps.filter((step) => step.startsWith('keys'))).to.have.length(1);
    expect(answered).to.equal(false);
    clock.advance(20_000);
    await settle();
    expect(answered).to.equal(true);
    expect(await types()).not.to.include('ErasureCompleted');
  });

  it('leaves no remembered state of a call that is over', () => {
    let begun = 0;
    const streams = rememberedStreams((stream) => {
      begun += 1;
      const tools = { store: events, ids: seededIds(1), maxConflicts: 1, onFault: warn, onRest: streams.rests };
      return new StreamHandler(stream, { ...aggregates.call }, tools as never);
    });
    const call = aCall();
    const handler = streams.handlerOf(call);
    streams.rests(call, { state: { side: 'centre', status: 'over' } } as unknown as StreamHandler);
    expect(streams.handlerOf(call)).to.equal(handler);
    streams.rests(call, { state: { side: 'centre', status: 'over' } } as unknown as StreamHandler);
    streams.erase(mary);
    expect(streams.handlerOf(call)).not.to.equal(handler);
    expect(begun).to.equal(2);
  });
});
