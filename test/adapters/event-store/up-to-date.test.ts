import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openEvent } from '#adapters/event-store/personal-data/sealed-event.js';
import { upToDate } from '#adapters/event-store/up-to-date.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { eventCatalogue } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { samples } from './schemas/samples.js';

const named = (type: string, version: number): RecordedEvent => {
  const found = samples.find((sample) => sample.type === type && sample.version === version);
  if (!found) throw new Error(`no sample of ${type}`);
  return found.event;
};
const failureOf = (event: RecordedEvent): EventStoreFailure => {
  try {
    upToDate(event);
  } catch (error) {
    if (error instanceof EventStoreFailure) return error;
  }
  throw new Error('it was read');
};
const old = named('MediaSettingChanged', 1);

describe('an event that is read', () => {
  it('is handed on as it is, the same object, when it is of today', () => {
    for (const { event, type, version } of samples) {
      const isOfToday = Object.entries(eventCatalogue).some(
        ([name, { schemaVersion }]) => name === type && schemaVersion === version,
      );
      expect(upToDate(event) === event, `${type} ${version}`).to.equal(isOfToday);
    }
  });

  it('keeps everything but its data and the version of that', () => {
    const { data: _data, schemaVersion: _version, ...kept } = old;
    expect(upToDate(old)).to.deep.include(kept);
    expect(old.schemaVersion, 'what was recorded stays as it was').to.equal(1);
  });

  it('says per cent of a volume, and whether echo is cancelled', () => {
    const said = (data: object) => upToDate({ ...old, data }).data;
    const by = 'agent';
    expect(said({ setting: 'volume', value: 80, by })).to.deep.equal({ setting: 'volume', percent: 80, by });
    expect(said({ setting: 'echo-cancellation', value: 1, by })).to.deep.include({ on: true });
    expect(said({ setting: 'echo-cancellation', value: 0, by })).to.deep.include({ on: false });
  });

  it('that nobody knows is handed on: whoever listens to it knows it', () => {
    const unknown = { ...old, type: 'PortPainted', schemaVersion: 7 };
    expect(upToDate(unknown)).to.equal(unknown);
  });

  it('stops the reader when it is newer, by name, version and place, with what to do', () => {
    const { failure, message } = failureOf({ ...old, schemaVersion: 3, position: 4711 });
    expect(failure).to.equal('corrupt');
    expect(message).to.equal(
      'MediaSettingChanged of version 3 at position 4711: this Trunkline knows it up to version 2; ' +
        'start the version that wrote it, or a later one',
    );
  });

  it('stops the reader when it is of no version, or not what that version wrote', () => {
    for (const schemaVersion of [0, -1, 1.5, Number.NaN]) {
      expect(failureOf({ ...old, schemaVersion }).message).to.include('that is no version');
    }
    expect(failureOf({ ...old, data: null as never }).message).to.include('not what that version wrote');
  });

  it('is brought up to date only when what was sealed of it is open', () => {
    const sealed = { ...old, data: { setting: 'volume', value: 0, by: 'agent', sealed: 'box' } };
    expect(upToDate(sealed)).to.equal(sealed);
    const keys = { open: () => ({ outcome: 'opened', text: JSON.stringify({ value: 70 }) }) as const };
    const opened = { setting: 'volume', percent: 70, by: 'agent' };
    expect(openEvent(sealed, keys).data).to.deep.equal(opened);
    const never = { open: () => ({ outcome: 'erased' }) as const };
    expect(openEvent(sealed, never, () => '{"value":70}').data).to.deep.equal(opened);
    expect(openEvent(sealed, never).data).to.deep.equal({ ...opened, percent: 0 });
  });
});
