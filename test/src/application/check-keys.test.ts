import { expect } from 'chai';
import { describe, it } from 'mocha';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { sealingEventStore, type SealingEventStore } from '#adapters/event-store/personal-data/sealing.event-store.js';
import { passingKeys } from '#adapters/keys/open-keys.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import { contactId, erasureId, iconSessionId } from '#domain/kernel/ids.js';
import { subjectOf } from '#domain/privacy/subject.js';
import { checkKeys } from '#src/application/check-keys.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { acme, anEvent } from '#test/support/store-events.js';
import { failureIn } from '#test/support/store-harness.js';

const page = { url: 'https://shop.example/', title: 'Shoes', at: 1 };
const stream = iconSessionId(acme, 'c-1');
const subject = subjectOf(contactId(acme, 'c-1'));

describe('at the start, the keys of a log', () => {
  const warnings: string[] = [];
  const warn = (_fields: object, message: string): void => void warnings.push(message);
  const log = { debug: () => undefined, info: () => undefined, warn, error: warn };

  const logWith = async (keys: SubjectKeys, events = memoryStore({ clock: fakeClock() }).events) => {
    const sealing = sealingEventStore(events, keys);
    await sealing.append({ stream, expected: 'any', events: [anEvent('PageViewed', { page })] });
    return { raw: events, events: sealing };
  };
  const receipt = (events: SealingEventStore): Promise<unknown> => {
    const event = anEvent('SubjectKeyDestroyed', { subject });
    return events.append({ stream: erasureId(acme, 'e-1'), expected: 'any', events: [event] });
  };

  it('that belong to it are found to do so, and nobody is disturbed', async () => {
    const keys = passingKeys();
    const { events } = await logWith(keys);
    await checkKeys({ events, keys, log });
    expect(keys.stateOf(subject)).to.equal('present');
    expect(warnings).to.deep.equal([]);
  });

  it('that are lost are missed, whether the oldest or only the newest are', async () => {
    const { raw } = await logWith(passingKeys());
    const others = passingKeys();
    const nothing = sealingEventStore(raw, others);
    const failure = await failureIn(checkKeys({ events: nothing, keys: others, log }));
    expect(failure.message).to.match(/contact-acme\.c-1.*restore the keys\.db/);

    const old = passingKeys();
    const first = await logWith(old);
    await sealingEventStore(first.raw, passingKeys()).append({
      stream,
      expected: 'any',
      events: [anEvent('PageViewed', { page })],
    });
    expect((await failureIn(checkKeys({ events: first.events, keys: old, log }))).failure).to.equal('corrupt');
  });

  it('that came back with an old copy, though their person was erased, are destroyed again', async () => {
    const keys = passingKeys();
    const { events } = await logWith(keys);
    await receipt(events);
    await checkKeys({ events, keys, log });
    expect(keys.stateOf(subject)).to.equal('destroyed');
    expect(warnings.splice(0)).to.have.length(1);
  });

  it('of whoever is erased are not missed, though no trace of them is left', async () => {
    const { raw, events: before } = await logWith(passingKeys());
    await receipt(before);
    const keys = passingKeys();
    await checkKeys({ events: sealingEventStore(raw, keys), keys, log });
    expect(keys.stateOf(subject)).to.equal('destroyed');
  });
});
