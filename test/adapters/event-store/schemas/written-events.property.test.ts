import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodes } from '#adapters/event-store/decodes.js';
import { recordShift } from '#test/support/busy-day/record-shift.js';
import { anyStory, logOf } from '#test/support/random-story.js';

describe('everything that the product writes', () => {
  it('on an ordinary day has the form that its schema says', async () => {
    const { opening, calls } = await recordShift();
    for (const event of [...opening, ...calls]) expect(decodes(event)).to.equal(undefined);
    expect(new Set([...opening, ...calls].map(({ type }) => type)).size).to.be.above(50);
  }).timeout(60_000);

  it('on a day on which anything may happen has the form that its schema says', async () => {
    const types = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyStory(120), async (story) => {
        for (const event of await logOf(story)) {
          types.add(event.type);
          expect(decodes(event), `${event.type} ${JSON.stringify(event.data)}`).to.equal(undefined);
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
    expect(types.size, 'kinds of events in all').to.be.above(50);
  }).timeout(180_000);
});
