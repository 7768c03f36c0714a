const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeCharacters = 10;
/** Bytes of randomness in a ULID. */
export const randomLength = 10;

const encodeTime = (time: number): string => {
  let text = '';
  for (let rest = time, place = 0; place < timeCharacters; place += 1, rest = Math.floor(rest / 32)) {
    text = alphabet.charAt(rest % 32) + text;
  }
  return text;
};

/** Five bytes are eight characters. */
const encodeTail = (bytes: Uint8Array): string => {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.charAt((held >>> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return text;
};

/** 26 characters of Crockford base 32: 48 bits of milliseconds, then 80 of randomness (github.com/ulid/spec). */
export const ulid = (time: number, random: Uint8Array): string => encodeTime(time) + encodeTail(random);
