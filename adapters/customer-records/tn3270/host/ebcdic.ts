/** EBCDIC code page 37: what a byte of a 3270 data stream means. Bytes that are no characters are blanks here. */
const cp037 =
  '                                                                  âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="' +
  'Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×{ABCDEFGHI\u00adôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ ';

const characters = Array.from(cp037);
const bytes = new Map(characters.map((character, byte) => [character, byte]));
bytes.set(' ', 0x40);

export const fromEbcdic = (text: Uint8Array): string => Array.from(text, (byte) => characters[byte]).join('');

/** What code page 37 does not have becomes a question mark. */
export const toEbcdic = (text: string): Uint8Array =>
  Uint8Array.from(Array.from(text), (character) => bytes.get(character) ?? 0x6f);
