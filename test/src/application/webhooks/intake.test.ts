import { expect } from 'chai';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { EventStore, ReadAll } from '#domain/contracts/event-store.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { Intake } from '#src/application/webhooks/intake.js';

/** A log whose readings advance only step by step, so that anything may happen in between. */
const slowLog = () => {
  const events: RecordedEvent[] = [];
  const waiting: (() => void)[] = [];
  const step = (): Promise<void> => new Promise((resolve) => void waiting.push(resolve));
  let length = 0;
  const store = {
    readAll: async function* ({ after, limit = Infinity }: ReadAll) {
      const page = events
        .slice(0, length)
        .filter(({ position }) => position > after)
        .slice(0, limit);
      for (const event of page) {
        await step();
        yield event;
      }
      await step();
    },
  } as unknown as EventStore;
  return {
    store,
    append: (event: RecordedEvent): void => {
      events.push(event);
      length = events.length;
    },
    advance: (): boolean => {
      const next = waiting.shift();
      next?.();
      return next !== undefined;
    },
  };
};

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what reaches a webhook of the log', () => {
  it('is everything, once and in order, however the log, its readers and the room for it get in each other’s way', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('append', 'hear', 'advance', 'make room', 'catch up'), { maxLength: 120 }),
        fc.integer({ min: 1, max: 5 }),
        async (steps, room) => {
          const log = slowLog();
          const taken: number[] = [];
          let [appended, heardUpTo, held, most] = [0, 0, 0, 0];
          const intake = new Intake(
            {
              store: log.store,
              heardUpTo: () => heardUpTo,
              wanted: () => ['*'],
              hasRoom: () => held < room,
              take: ({ position }) => {
                if (held >= room) return false;
                held += 1;
                most = Math.max(most, held);
                taken.push(position);
                return true;
              },
            },
            0,
          );
          const at = (position: number) => ({ position, stream: 'call-acme.1' }) as unknown as RecordedEvent;
          const act: Readonly<Record<string, () => void>> = {
            append: () => {
              log.append(at((appended += 1)));
            },
            // Events are heard of in order, some time after they are in the log.
            hear: () => {
              if (heardUpTo < appended) intake.heard(at((heardUpTo += 1)));
            },
            advance: () => void log.advance(),
            'make room': () => {
              held = 0;
            },
            'catch up': () => void intake.catchUp(),
          };
          for (const step of steps) {
            act[step]?.();
            await settle();
          }
          while (heardUpTo < appended) act['hear']?.();
          for (let turn = 0; taken.length < appended || log.advance(); turn += 1) {
            expect(turn, 'turns without an end').to.be.below(2_000);
            held = 0;
            void intake.catchUp();
            log.advance();
            await settle();
          }
          expect(taken).to.deep.equal(Array.from({ length: appended }, (_, index) => index + 1));
          expect(most).to.be.at.most(room);
          expect(intake.position()).to.be.at.most(appended);
        },
      ),
      { numRuns: 200 },
    ));

  it('is taken from the log when there was no room, and said to be behind until then', async () => {
    const log = slowLog();
    const [taken, room] = [[] as number[], { left: 1 }];
    let heardUpTo = 0;
    const take = ({ position }: RecordedEvent): boolean => {
      if (room.left === 0) return false;
      room.left -= 1;
      taken.push(position);
      return true;
    };
    const tools = {
      store: log.store,
      heardUpTo: () => heardUpTo,
      wanted: () => ['*'],
      hasRoom: () => room.left > 0,
      take,
    };
    const intake = new Intake(tools, 0);
    const catching = intake.catchUp();
    while (log.advance()) await settle();
    await catching;
    for (const position of [1, 2, 3]) {
      const event = { position, stream: 'call-acme.1' } as unknown as RecordedEvent;
      log.append(event);
      heardUpTo = position;
      intake.heard(event);
    }
    expect([taken, intake.position()]).to.deep.equal([[1], 1]);
    room.left = 10;
    void intake.catchUp();
    for (let turn = 0; turn < 10; turn += 1) {
      log.advance();
      await settle();
    }
    expect([taken, intake.position()]).to.deep.equal([[1, 2, 3], 3]);
  });
});
