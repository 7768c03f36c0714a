import type { Place, Screen, ScreenField } from './screen.js';
import type { Status } from './s3270-status.js';

const blank = ' ';
const attribute = { protected: 0x20, numeric: 0x10, hidden: 0x0c } as const;

type Cells = { text: string[]; starts: Readonly<{ cell: number; attribute: number }>[] };

const characterOf = (token: string): string => {
  const code = /^(?:GE\()?([0-9a-f]{2,6})\)?$/.exec(token)?.[1];
  const point = code === undefined ? 0 : Number.parseInt(code, 16);
  return point < 0x20 || point > 0x10ffff ? blank : String.fromCodePoint(point);
};

/** `SF(c0=f0,41=00)`: a field begins, `c0` says of which kind. `SA(…)` is the look of what follows, and no cell. */
const cellsOf = (rows: readonly string[]): Cells => {
  const cells: Cells = { text: [], starts: [] };
  for (const token of rows.flatMap((row) => row.split(' '))) {
    if (token === '' || token.startsWith('SA(')) continue;
    const field = /^SF\(.*?c0=([0-9a-f]{2})/.exec(token)?.[1];
    if (field !== undefined) cells.starts.push({ cell: cells.text.length, attribute: Number.parseInt(field, 16) });
    cells.text.push(field === undefined ? characterOf(token) : blank);
  }
  return cells;
};

const placeOf = (cell: number, columns: number): Place => ({
  row: Math.floor(cell / columns) + 1,
  column: (cell % columns) + 1,
});

const fieldsOf = ({ text, starts }: Cells, columns: number): readonly ScreenField[] =>
  starts.map(({ cell, attribute: bits }, index) => {
    const next = starts[(index + 1) % starts.length]?.cell ?? cell;
    return {
      start: placeOf((cell + 1) % text.length, columns),
      // The last field runs on to the first one's attribute, over the end of the screen.
      length: (next - cell - 1 + text.length) % text.length,
      protected: (bits & attribute.protected) !== 0,
      numeric: (bits & attribute.numeric) !== 0,
      hidden: (bits & attribute.hidden) === attribute.hidden,
    };
  });

const blankOut = (text: string[], { start, length, hidden }: ScreenField, columns: number): void => {
  if (!hidden) return;
  const from = (start.row - 1) * columns + start.column - 1;
  for (let cell = from; cell < from + length; cell += 1) text[cell % text.length] = blank;
};

/**
 * The screen that s3270's `ReadBuffer(Unicode)` tells. Hidden fields are blanked here, before anybody else sees them.
 * @returns nothing when it does not tell a whole screen
 */
export const parseReadBuffer = (data: readonly string[], status: Status): Screen | undefined => {
  const { rows, columns, row, column, formatted } = status;
  const cells = cellsOf(data);
  if (data.length !== rows || cells.text.length !== rows * columns) return undefined;
  const fields = fieldsOf(cells, columns);
  for (const field of fields) blankOut(cells.text, field, columns);
  const lines = Array.from({ length: rows }, (_, index) =>
    cells.text.slice(index * columns, (index + 1) * columns).join(''),
  );
  return { rows, columns, lines, fields, cursor: { row, column }, formatted };
};
