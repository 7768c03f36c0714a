import { expect } from 'chai';
import { describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { sealingEventStore } from '#adapters/event-store/personal-data/sealing.event-store.js';
import { passingKeys } from '#adapters/keys/open-keys.js';
import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { LogEvent } from '#domain/events.js';
import { contactId, erasureId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { subjectOf } from '#domain/privacy/subject.js';
import { createCommandBus, type CommandBusOfApplication } from '#src/application/handle-command.js';
import { foldStream, type StreamStates } from '#src/application/stream-states.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { seededIds } from '#test/support/seeded-ids.js';
import { acme, anEvent, anna } from '#test/support/store-events.js';
import { collect } from '#test/support/store-harness.js';

const mary = contactId(acme, 'mary');
const profile = {
  loginName: 'anna',
  displayName: 'Anna Canary',
  centreId: 'centre-acme.cw',
  device: 'device-acme.1',
  roles: ['agent'],
};
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Anna has had a call with Mary, and has written something about her. */
const history = async (events: EventStore): Promise<void> => {
  const said = [
    anEvent('AgentRegistered', profile),
    anEvent('AgentLoggedOn', { device: profile.device, channelCode: '21', centreId: profile.centreId }),
    anEvent('AgentBusy', { callId: 'call-acme.1', contactId: mary }),
    anEvent('AgentWorkingAfterCall', { callId: 'call-acme.1', contactId: mary }),
    anEvent('NotesTaken', { contactId: mary, text: 'a canary' }),
  ].map((event) => {
    const { contactId: _none, ...meta } = event.meta;
    return { ...event, meta: event.type === 'NotesTaken' ? { ...meta, contactId: mary } : meta };
  });
  await events.append({ stream: anna, expected: 'no-stream', events: said });
};

const statesOf = async (events: EventStore): Promise<StreamStates> => {
  const states: StreamStates = new Map();
  for (const event of await collect(events.readAll({ after: 0 }))) foldStream(states, event as unknown as LogEvent);
  return states;
};

describe('what is remembered of an agent’s stream', () => {
  const open = async () => {
    const events = sealingEventStore(memoryStore({ clock: fakeClock() }).events, passingKeys());
    await history(events);
    return events;
  };

  for (const [who, subject] of [
    ['the customer that she wrote about', subjectOf(mary)],
    ['she herself', subjectOf(anna)],
  ] as const) {
    it(`is what the log makes of it when ${who} is erased`, async () => {
      const events = await open();
      const before = await statesOf(events);
      expect(JSON.stringify([...before])).to.include('anary');
      await events.erase([subject]);
      const receipt = anEvent('SubjectKeyDestroyed', { subject });
      await events.append({ stream: erasureId(acme, 'e'), expected: 'any', events: [receipt] });
      const [told] = await events.readStream(erasureId(acme, 'e'));
      foldStream(before, told as unknown as LogEvent);
      expect(before).to.deep.equal(await statesOf(events));
      expect(JSON.stringify([...before.values()])).to.include('(erased)');
    });
  }

  const notes = (bus: CommandBusOfApplication): Promise<CommandOutcome> =>
    bus.dispatch(
      { type: 'TakeNotes', target: anna, at: instant(2), data: { contactId: mary, text: 'a canary' } },
      { actor: 'agent:anna' },
    );
  const eventsIn = (outcome: CommandOutcome): number => (outcome.outcome === 'accepted' ? outcome.events : -1);

  it('no longer holds the notes: the same ones are new again', async () => {
    const events = await open();
    const bus = createCommandBus({ store: events, ids: seededIds(5), log });
    expect(eventsIn(await notes(bus)), 'known already').to.equal(0);
    await events.erase([subjectOf(mary)]);
    bus.erase(subjectOf(mary));
    expect(eventsIn(await notes(bus))).to.equal(1);
  });

  it('no longer holds them either when they are being written just then', async () => {
    const events = await open();
    let written = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      written = resolve;
    });
    const slow: EventStore = {
      ...events,
      append: async (append) => {
        await held;
        return events.append(append);
      },
    };
    const bus = createCommandBus({ store: slow, ids: seededIds(5), log });
    const taking = bus.dispatch(
      { type: 'TakeNotes', target: anna, at: instant(2), data: { contactId: mary, text: 'another canary' } },
      { actor: 'agent:anna' },
    );
    await events.readStream(anna);
    await events.erase([subjectOf(mary)]);
    bus.erase(subjectOf(mary));
    written();
    expect(eventsIn(await taking)).to.equal(1);
    const again = bus.dispatch(
      { type: 'TakeNotes', target: anna, at: instant(2), data: { contactId: mary, text: 'another canary' } },
      { actor: 'agent:anna' },
    );
    expect(eventsIn(await again)).to.equal(1);
  });
});
