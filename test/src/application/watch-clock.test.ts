import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { risingClock } from '#adapters/clock/rising.clock.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import type { ClockEvent } from '#domain/clock/clock.events.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { RisingClock } from '#domain/contracts/clock.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import { wallClock } from '#domain/kernel/ids.js';
import { after, type Milliseconds } from '#domain/kernel/time.js';
import { createCommandBus } from '#src/application/handle-command.js';
import type { Log } from '#src/application/log.js';
import { watchClock } from '#src/application/watch-clock.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';
import { seededIds } from '#test/support/seeded-ids.js';
import { someEvents } from '#test/support/store-events.js';

const ignored = 50;

describe('an operator whose clock', () => {
  let clock: FakeClock;
  let logClock: RisingClock;
  let events: EventStore;
  let warnings: string[];
  let fails: boolean;
  let stop: () => void;

  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (_fields, message) => void warnings.push(message),
    error: (_fields, message) => void warnings.push(message),
  };
  const start = async (): Promise<void> => {
    const bus = createCommandBus({ store: events, ids: seededIds(1), log });
    const commands: CommandBus = {
      dispatch: (command, cause) =>
        fails ? Promise.resolve({ outcome: 'failed', failure: 'disk full' }) : bus.dispatch(command, cause),
    };
    stop = await watchClock({ clock, logClock, commands, log, store: events });
  };
  const put = (by: Milliseconds): void => {
    clock.set(after(clock.now(), by));
  };
  const pass = async (time: Milliseconds): Promise<void> => {
    for (let passed = 0; passed < time; passed += 50) {
      clock.advance(50);
      for (let turn = 0; turn < 4; turn += 1) await nextTurn();
    }
  };
  const steps = async () => {
    const recorded = (await events.readStream(wallClock)) as unknown as readonly ClockEvent[];
    return recorded.map(({ data }) => data);
  };
  const sizes = async () => (await steps()).map(({ by }) => by);

  beforeEach(() => {
    clock = fakeClock();
    logClock = risingClock(clock);
    ({ events } = memoryStore({ clock: logClock }));
    [warnings, fails] = [[], false];
  });
  afterEach(() => {
    stop();
  });

  it('goes on as it should hears nothing', async () => {
    await start();
    await pass(5_000);
    expect(await steps()).to.deep.equal([]);
    expect(warnings).to.deep.equal([]);
  });

  it('is put back is told so once, and the log keeps from when to when', async () => {
    await start();
    await pass(1_000);
    const before = clock.now();
    put(-2_000);
    await pass(300);
    const [step, ...more] = await steps();
    expect(more).to.deep.equal([]);
    expect(step?.by).to.equal(-2_000);
    expect(step?.before).to.be.within(before, before + 200);
    expect(step?.after).to.equal((step?.before ?? 0) - 2_000);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('put back');
  });

  it('is put back bit by bit is told once it is enough to matter', async () => {
    await start();
    for (let time = 0; time < 4; time += 1) {
      expect(await steps()).to.deep.equal([]);
      put(-ignored / 3);
      await pass(200);
    }
    expect(await sizes()).to.have.length(1);
  });

  it('is put forward by as little as clocks are wrong by every day hears nothing, by more is told', async () => {
    await start();
    put(ignored);
    await pass(200);
    expect(await steps()).to.deep.equal([]);
    put(3_000);
    await pass(200);
    expect(await sizes()).to.deep.equal([3_049]);
    expect(warnings[0]).to.include('put forward');
  });

  it('was put forward unnoticed and is put back by more than that is told of all of it', async () => {
    await start();
    put(40);
    await pass(200);
    put(-80);
    await pass(200);
    expect(await sizes()).to.deep.equal([-80]);
  });

  it('was put back while nothing ran is told at the next start, by the newest time in the log', async () => {
    await events.append({ stream: 'agent-acme.anna' as never, expected: 'no-stream', events: someEvents(1) });
    put(-10_000);
    await start();
    expect(await sizes()).to.deep.equal([-10_000]);
    stop();
    await pass(1_000);
    await start();
    expect(await sizes(), 'the log knows that already').to.have.length(1);
    expect(warnings, 'the operator is told as long as it is behind').to.have.length(2);
  });

  it('was put back while nothing ran has a log whose time goes on from there', async () => {
    await events.append({ stream: 'agent-acme.anna' as never, expected: 'no-stream', events: someEvents(1) });
    const [newest] = await events.readAt([1]);
    put(-10_000);
    logClock = risingClock(clock);
    await start();
    await pass(1_000);
    expect(logClock.now()).to.equal((newest?.recordedAt ?? 0) + 500);
  });

  it('is behind a log that another machine stamps, by as little as clocks may be, hears nothing', async () => {
    await events.append({ stream: 'agent-acme.anna' as never, expected: 'no-stream', events: someEvents(1) });
    put(-500);
    await start();
    expect(await steps()).to.deep.equal([]);
    expect(warnings).to.deep.equal([]);
  });

  it('is put back again before it is right again: the log is ahead of it by both', async () => {
    await start();
    await events.append({ stream: 'agent-acme.anna' as never, expected: 'no-stream', events: someEvents(1) });
    put(-10_000);
    await pass(1_000);
    const stamped = logClock.now();
    put(-3_000);
    await pass(100);
    const [, again] = await steps();
    expect(again?.before).to.be.within(stamped, stamped + 100);
    expect(again?.by).to.equal((again?.after ?? 0) - (again?.before ?? 0));
  });

  it('is put back while the disk is full has it in the log once there is room', async () => {
    await start();
    fails = true;
    put(-700);
    await pass(300);
    expect(await steps()).to.deep.equal([]);
    fails = false;
    await pass(200);
    expect(await sizes()).to.deep.equal([-700]);
  });

  it('stops being watched when the product stops', async () => {
    await start();
    stop();
    await pass(200);
    expect(clock.waiting()).to.equal(0);
  });

  it('stops being watched when the product stops just as it is looked at', async () => {
    await start();
    clock.advance(100);
    stop();
    await pass(200);
    expect(clock.waiting()).to.equal(0);
  });
});
