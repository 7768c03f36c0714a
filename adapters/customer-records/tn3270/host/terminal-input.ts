import { fromEbcdic } from './ebcdic.js';

/** What a terminal sends when somebody presses a key: which, where the cursor was, and the fields that were changed. */
export type TerminalInput = Readonly<{
  key: string;
  /** Cell, from 0. */
  cursor: number;
  fields: readonly Readonly<{ cell: number; text: string }>[];
}>;

const setBufferAddress = 0x11;
const pf = (first: number, count: number, byte: number): readonly (readonly [number, string])[] =>
  Array.from({ length: count }, (_, index) => [byte + index, `PF${first + index}`] as const);

const keys = new Map<number, string>([
  [0x7d, 'Enter'],
  [0x6d, 'Clear'],
  [0x6c, 'PA1'],
  [0x6e, 'PA2'],
  [0x6b, 'PA3'],
  ...pf(1, 9, 0xf1),
  ...pf(10, 3, 0x7a),
  ...pf(13, 9, 0xc1),
  ...pf(22, 3, 0x4a),
]);

/** 12 bits in two characters, or 14 bits as they are. */
const cellOf = (high: number, low: number): number =>
  (high & 0xc0) === 0 ? (high << 8) | low : ((high & 0x3f) << 6) | (low & 0x3f);

/** @returns nothing when it is no input of a 3270 */
export const parseTerminalInput = (record: Uint8Array): TerminalInput | undefined => {
  const [aid, high, low] = record;
  const key = aid === undefined ? undefined : keys.get(aid);
  if (key === undefined) return undefined;
  const fields: { cell: number; text: string }[] = [];
  let at = 3;
  while (record[at] === setBufferAddress) {
    const next = record.indexOf(setBufferAddress, at + 3);
    const end = next === -1 ? record.length : next;
    const text = fromEbcdic(record.subarray(at + 3, end));
    fields.push({ cell: cellOf(record[at + 1] ?? 0, record[at + 2] ?? 0), text });
    at = end;
  }
  return { key, cursor: high === undefined ? 0 : cellOf(high, low ?? 0), fields };
};
