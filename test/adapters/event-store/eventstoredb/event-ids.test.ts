import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ulidOf, uuidOf } from '#adapters/event-store/eventstoredb/event-ids.js';
import { ulid } from '#adapters/unique-ids/ulid.js';
import type { EventId } from '#domain/kernel/message.js';

const ulids = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.uint8Array({ minLength: 10, maxLength: 10 }))
  .map(([time, random]) => ulid(time, random) as EventId);

describe('the id of an event on EventStoreDB', () => {
  it('is the same 128 bits, and comes back as it was given', () => {
    fc.assert(
      fc.property(ulids, (id) => {
        expect(uuidOf(id)).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
        expect(ulidOf(uuidOf(id))).to.equal(id);
      }),
    );
  });

  it('is another for each event, in the order in which they were made', () => {
    fc.assert(
      fc.property(ulids, ulids, (one, other) => {
        expect(uuidOf(one) < uuidOf(other)).to.equal(one < other);
      }),
    );
  });

  it('holds the time at which the event was made where a tool looks for it', () => {
    expect(uuidOf('01ARZ3NDEKTSV4RRFFQ69G5FAV' as EventId)).to.equal('01563e3a-b5d3-d676-4c61-efb99302bd5b');
  });

  it('is none where the event’s own is no ULID', () => {
    for (const id of ['', 'event-1', '81ARZ3NDEKTSV4RRFFQ69G5FAV', '01arz3ndektsv4rrffq69g5fav']) {
      expect(() => uuidOf(id as EventId)).to.throw(RangeError);
    }
    expect(() => ulidOf('not-a-uuid')).to.throw(RangeError);
  });
});
