import type { EventId } from '#domain/kernel/message.js';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ulidLength = 26;

/** Both are 128 bits: a ULID in 26 characters of Crockford's base 32, a UUID (RFC 9562) in 32 of base 16. */
const bitsOf = (ulid: string): bigint => {
  let bits = 0n;
  for (const character of ulid) bits = (bits << 5n) | BigInt(alphabet.indexOf(character));
  return bits;
};

/**
 * An event's id as EventStoreDB wants it.
 * @throws {RangeError} when it is no ULID
 */
export const uuidOf = (id: EventId): string => {
  if (!ulidPattern.test(id)) throw new RangeError(`the event id ${JSON.stringify(id)} is no ULID`);
  const hex = bitsOf(id).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/**
 * The id that was given to the event.
 * @throws {RangeError} when it is no UUID
 */
export const ulidOf = (uuid: string): EventId => {
  const lower = uuid.toLowerCase();
  if (!uuidPattern.test(lower)) throw new RangeError('the id is no UUID');
  let bits = BigInt(`0x${lower.replaceAll('-', '')}`);
  let text = '';
  for (let place = 0; place < ulidLength; place += 1, bits >>= 5n) text = alphabet.charAt(Number(bits & 31n)) + text;
  return text as EventId;
};
