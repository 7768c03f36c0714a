import { expect } from 'chai';
import { describe, it } from 'mocha';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { eventCatalogue } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { anEvent, anna } from '#test/support/store-events.js';
import { collect, gate } from '#test/support/store-harness.js';
import { freshStore, type OpenStore } from '../store-under-test.js';

const now = eventCatalogue.MediaSettingChanged.schemaVersion;
const old = { ...anEvent('MediaSettingChanged', { setting: 'volume', value: 120, by: 'agent' }), schemaVersion: 1 };
const ofTomorrow = { ...anEvent('MediaSettingChanged', { setting: 'bass', decibel: 3 }), schemaVersion: now + 1 };

/** What older and newer versions of Trunkline have recorded. */
export const versionsContract = (open: OpenStore): void => {
  describe('an event that another version of Trunkline recorded', () => {
    const given = freshStore(open);
    const record = (event: typeof old) => given.store.events.append({ stream: anna, expected: 'any', events: [event] });
    const followed = (): Promise<readonly RecordedEvent[] | Error> =>
      new Promise((resolve) => {
        given.store.events.subscribe({
          after: 0,
          handle: (events) => {
            resolve(events);
          },
          onStopped: resolve,
        });
      });

    it('is read as it would be recorded today, when that one was older', async () => {
      await record(old);
      const { events } = given.store;
      const [read] = await events.readStream(anna);
      expect(read?.schemaVersion).to.equal(now);
      expect(read?.data).to.deep.equal({ setting: 'volume', percent: 120, by: 'agent' });
      expect(read?.id).to.equal(old.id);
      expect(await collect(events.readAll({ after: 0 }))).to.deep.equal([read]);
      expect(await events.readAt([read?.position ?? 0])).to.deep.equal([read]);
      expect(await followed()).to.deep.equal([read]);
    });

    it('is heard as it would be recorded today, live as well', async () => {
      const heard: object[] = [];
      const first = gate();
      given.store.events.subscribe({
        after: 0,
        handle: (events) => {
          heard.push(...events.map(({ data }) => data));
          first.open();
        },
        onStopped: () => undefined,
      });
      await record(old);
      await first.opened;
      expect(heard).to.deep.equal([{ setting: 'volume', percent: 120, by: 'agent' }]);
    });

    it('is not read when that one is newer, and the failure says which version to start', async () => {
      await record(ofTomorrow);
      const { events } = given.store;
      const [stream, log, following] = await Promise.all([
        events.readStream(anna).catch((error: unknown) => error),
        collect(events.readAll({ after: 0 })).catch((error: unknown) => error),
        followed(),
      ]);
      for (const failure of [stream, log, following]) {
        expect(failure).to.be.instanceOf(EventStoreFailure);
        expect(failure).to.deep.include({ failure: 'corrupt' });
        expect((failure as Error).message)
          .to.include(`MediaSettingChanged of version ${now + 1}`)
          .and.to.include('start the version that wrote it, or a later one');
      }
    });
  });
};
