import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkContent } from '#adapters/event-store/sqlite/verify/check-content.js';
import { anEvent } from '#test/support/store-events.js';

describe('what an event says', () => {
  const stored = (type: string, body: string) =>
    ({ position: 1, stream: 'call-acme.1', revision: 0, type, body }) as never;
  const { id, schemaVersion, meta, data } = anEvent();

  it('can be read again when it has all that an event has, and the catalogue knows its type', () => {
    const whole = { id, schemaVersion, meta, data };
    expect(checkContent(stored('CallHeld', JSON.stringify(whole)))).to.equal(undefined);
    expect(checkContent(stored('CallEaten', JSON.stringify(whole)))).to.match(/not in the catalogue/);
    expect(checkContent(stored('CallHeld', '{"id":'))).to.match(/cannot be read/);
    for (const part of Object.keys(whole)) {
      expect(checkContent(stored('CallHeld', JSON.stringify({ ...whole, [part]: undefined }))), part).to.match(/hold/);
    }
  });
});
