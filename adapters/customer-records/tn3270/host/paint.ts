import { toEbcdic } from './ebcdic.js';

/** What a host puts on a screen of 24 rows and 80 columns. `column` is where the text begins; one before is its attribute. */
export type Item =
  | Readonly<{ kind: 'text'; row: number; column: number; text: string; bright?: boolean }>
  | Readonly<{
      kind: 'input';
      row: number;
      column: number;
      length: number;
      value?: string;
      hidden?: boolean;
      digits?: boolean;
    }>;

export type Manner = Readonly<{
  /** Adds to what is there instead of painting anew. */
  over?: boolean;
  /** The keyboard stays locked: there is more to come. */
  locked?: boolean;
  cursor?: Readonly<{ row: number; column: number }>;
}>;

const command = { eraseAndWrite: 0xf5, write: 0xf1 } as const;
const control = { unlock: 0xc3, keepLocked: 0xc1 } as const;
const order = { setAddress: 0x11, startField: 0x1d, insertCursor: 0x13 } as const;
/** Two bits that make a byte a character, protection, digits only, brightness or invisibility. */
const attribute = { plain: 0x40, protected: 0x20, digits: 0x10, bright: 0x08, hidden: 0x0c } as const;
const columns = 80;

const address = (row: number, column: number): readonly number[] => {
  const cell = (row - 1) * columns + column - 1;
  return [order.setAddress, (cell >> 8) & 0x3f, cell & 0xff];
};

const field = (row: number, column: number, bits: number): readonly number[] => [
  ...address(row, column - 1),
  order.startField,
  attribute.plain | bits,
];

const painted = (item: Item): readonly number[] => {
  const { row, column } = item;
  if (item.kind === 'text') {
    const bits = attribute.protected | (item.bright === true ? attribute.bright : 0);
    return [...field(row, column, bits), ...toEbcdic(item.text)];
  }
  const bits = (item.digits === true ? attribute.digits : 0) | (item.hidden === true ? attribute.hidden : 0);
  const after = field(row, column + item.length + 1, attribute.protected);
  return [...field(row, column, bits), ...toEbcdic(item.value ?? ''), ...after];
};

/** The record that puts these things on a terminal's screen. */
export const paint = (items: readonly Item[], { over, locked, cursor }: Manner = {}): Uint8Array =>
  Uint8Array.from([
    over === true ? command.write : command.eraseAndWrite,
    locked === true ? control.keepLocked : control.unlock,
    ...items.flatMap(painted),
    ...(cursor ? [...address(cursor.row, cursor.column), order.insertCursor] : []),
  ]);

export const textItem = (row: number, column: number, text: string, bright = false): Item => ({
  kind: 'text',
  row,
  column,
  text,
  bright,
});
