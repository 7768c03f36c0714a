import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { decodes } from '#adapters/event-store/decodes.js';
import type { DataOf } from '#adapters/event-store/schemas/versions.js';
import { schemaFor } from '#adapters/wire/schema-for.js';
import { eventCatalogue } from '#domain/events.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { samples } from './schemas/samples.js';

const recorded = (type: string, data: object, schemaVersion = 1): RecordedEvent => {
  const [first] = samples;
  if (!first) throw new Error('no samples');
  return { ...first.event, type, data, schemaVersion };
};
const blocked = { port: 3, reason: 'noise' };

describe('somebody who checks a log is told of an event', () => {
  it('nothing, when it is as it should be', () => {
    expect(decodes(recorded('PortBlocked', blocked))).to.equal(undefined);
  });

  it('which field is missing, of the wrong kind, or unknown', () => {
    const complaint = (data: object): string | undefined => decodes(recorded('PortBlocked', data));
    expect(complaint({ reason: 'noise' })).to.include('data.port (invalid type)');
    expect(complaint({ ...blocked, port: 'three' })).to.include('data.port (invalid type)');
    expect(complaint({ ...blocked, customer: 'C-1042' })).to.include('data (unrecognized keys: customer)');
    for (const data of [[], null, 'text', 7]) expect(complaint(data as never)).to.include('data (invalid type)');
  });

  it('never what it holds: that may be about a person', () => {
    const said = 'Rosa Maduro';
    for (const type of Object.keys(eventCatalogue)) {
      for (const data of [{ text: said, page: said, fields: said, ani: said }, { fields: { name: [said] } }]) {
        expect(decodes(recorded(type, data)) ?? '').to.not.include('Rosa');
      }
    }
  });

  it('that nobody knows its name, or its version', () => {
    expect(decodes(recorded('PortPainted', blocked))).to.equal('no event is called PortPainted');
    expect(decodes(recorded('PortBlocked', blocked, 2))).to.equal(
      'PortBlocked is known up to version 1, this is version 2',
    );
    for (const version of [0, -1, 1.5, Number.NaN]) {
      expect(decodes(recorded('PortBlocked', blocked, version))).to.include('has no version');
    }
  });

  it('that it is not what its own version wrote, though it may be what another does', () => {
    const today = { setting: 'volume', percent: 120, by: 'agent' };
    expect(decodes(recorded('MediaSettingChanged', today, 2))).to.equal(undefined);
    expect(decodes(recorded('MediaSettingChanged', today, 1))).to.include('MediaSettingChanged of version 1');
  });

  it('nothing of fields that are sealed: what stands in their place has the same form', () => {
    const left = { page: { url: 'https://erased.invalid/', title: '(erased)', at: 1 }, sealed: 'b64' };
    expect(decodes(recorded('PageViewed', left))).to.equal(undefined);
    expect(decodes(recorded('PageViewed', { sealed: 'b64' }))).to.include('data.page');
  });
});

describe('a developer who changes an event and forgets its schema', () => {
  it('is stopped by the compiler', () => {
    const schemas = schemaFor<DataOf<'PortBlocked'>>();
    schemas(z.strictObject({ port: z.int(), reason: z.string() }));
    // @ts-expect-error a field is missing
    schemas(z.strictObject({ port: z.int() }));
    // @ts-expect-error a field too many
    schemas(z.strictObject({ port: z.int(), reason: z.string(), by: z.string().exactOptional() }));
    // @ts-expect-error a field of another kind
    schemas(z.strictObject({ port: z.string(), reason: z.string() }));
    // @ts-expect-error a field that may be left out
    schemas(z.strictObject({ port: z.int(), reason: z.string().exactOptional() }));
  });
});
