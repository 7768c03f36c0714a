import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodes } from '#adapters/event-store/decodes.js';
import { decodeEvent } from '#adapters/event-store/event-codec.js';
import { eventSchemas } from '#adapters/event-store/schemas/event-schemas.js';
import { eventCatalogue, isEventType } from '#domain/events.js';
import { upcastersOf } from '#domain/upcasters/upcasters.js';
import { asStored, manifest, samples } from './samples.js';

const versions = Object.entries(eventCatalogue).flatMap(([type, { schemaVersion }]) =>
  Array.from({ length: schemaVersion }, (_, before) => ({ type, version: before + 1 })),
);
const nameOf = ({ type, version }: Readonly<{ type: string; version: number }>): string => `${type}.v${version}`;

describe('a sample of every event that was ever recorded', () => {
  it('is there for each version of each event of the catalogue, and for no other', () => {
    expect(samples.map(nameOf).sort(), 'see README, “How an event changes”').to.deep.equal(versions.map(nameOf).sort());
  });

  it('is kept for ever: none is changed, none is taken away, and each is listed', () => {
    const found = new Map(samples.map(({ file, sha256 }) => [file, sha256]));
    for (const [file, sha256] of manifest) {
      expect(
        found.has(file),
        `test/samples/${file} is gone: bring it back, its like may be in somebody’s log`,
      ).to.equal(true);
      expect(found.get(file), `test/samples/${file} has changed: an event that changes gets a new version`).to.equal(
        sha256,
      );
    }
    const unlisted = [...found].filter(([file]) => !manifest.has(file)).map(([file, sha256]) => `${sha256}  ${file}`);
    expect(unlisted, 'new samples: add these lines to test/samples/events.sha256').to.deep.equal([]);
  });

  it('has its schema, and a step from each version to the next', () => {
    for (const [type, { schemaVersion }] of Object.entries(eventCatalogue)) {
      expect(isEventType(type) && eventSchemas[type].length, `schemas of ${type}`).to.equal(schemaVersion);
      expect(upcastersOf(type).length, `steps of ${type}`).to.equal(schemaVersion - 1);
    }
  });

  for (const sample of samples) {
    it(`${nameOf(sample)} is read as the event of today`, () => {
      expect([sample.event.type, sample.event.schemaVersion]).to.deep.equal([sample.type, sample.version]);
      expect(decodes(sample.event), 'as it was recorded').to.equal(undefined);
      const read = decodeEvent(asStored(sample));
      expect(isEventType(read.type) && eventCatalogue[read.type].schemaVersion).to.equal(read.schemaVersion);
      expect(decodes(read), 'as it is read').to.equal(undefined);
      const { data, schemaVersion, ...envelope } = sample.event;
      expect(read).to.deep.include(envelope);
      if (schemaVersion === read.schemaVersion) expect(read.data).to.deep.equal(data);
      else expect(read.data).to.not.deep.equal(data);
    });
  }
});
