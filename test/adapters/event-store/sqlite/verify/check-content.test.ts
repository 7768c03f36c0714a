import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkContent } from '#adapters/event-store/sqlite/verify/check-content.js';
import { anEvent } from '#test/support/store-events.js';

describe('what an event says', () => {
  const stored = (type: string, body: string) =>
    ({ position: 1, stream: 'call-acme.1', revision: 0, type, body }) as never;
  const { id, schemaVersion, meta } = anEvent();
  const whole = { id, schemaVersion, meta, data: { at: 7 } };

  it('can be read again when it has all that an event has, and is understood', () => {
    expect(checkContent(stored('CallHeld', '{"id":'))).to.match(/cannot be read/);
    for (const part of Object.keys(whole)) {
      const lacking = JSON.stringify({ ...whole, [part]: undefined });
      expect(checkContent(stored('CallHeld', lacking)), part).to.match(/does not hold|no version/);
    }
    expect(checkContent(stored('CallEaten', JSON.stringify(whole)))).to.match(/no event is called CallEaten/);
    expect(checkContent(stored('CallHeld', JSON.stringify(whole)))).to.match(/not as it should be/);
  });
});
