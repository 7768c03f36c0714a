/** A place on a screen; rows and columns count from 1, as people who describe screens count. */
export type Place = Readonly<{ row: number; column: number }>;

/** A field as the host laid it out. Its attribute stands in front of `start`; a field may run on over the end of a row. */
export type ScreenField = Readonly<{
  start: Place;
  length: number;
  protected: boolean;
  numeric: boolean;
  /** What is in it is not shown, and is not in this model either. */
  hidden: boolean;
}>;

/** What stands on a terminal's screen. */
export type Screen = Readonly<{
  rows: number;
  columns: number;
  /** Row by row, each as long as the screen is wide. Attributes, empty cells and hidden fields are blank. */
  lines: readonly string[];
  fields: readonly ScreenField[];
  cursor: Place;
  /** Whether the host has laid out fields; an unformatted screen takes text anywhere. */
  formatted: boolean;
}>;

/** Text of so many cells from a place on, over the ends of rows. */
export const textAt = ({ lines, columns }: Screen, { row, column }: Place, length: number): string => {
  const from = (row - 1) * columns + column - 1;
  return lines.join('').slice(from, from + length);
};

/** The field that a place lies in; none on an unformatted screen, or where an attribute stands. */
export const fieldAt = ({ fields, rows, columns }: Screen, { row, column }: Place): ScreenField | undefined => {
  const size = rows * columns;
  const cell = (row - 1) * columns + column - 1;
  return fields.find(({ start, length }) => {
    const offset = (cell - ((start.row - 1) * columns + start.column - 1) + size) % size;
    return offset < length;
  });
};

/** How many cells of the field are left from a place in it. */
export const roomFrom = ({ rows, columns }: Screen, { start, length }: ScreenField, { row, column }: Place): number => {
  const size = rows * columns;
  const offset = ((row - start.row) * columns + column - start.column + size) % size;
  return length - offset;
};

/** The screen as text, without blanks at the ends of rows. */
export const printed = ({ lines }: Screen): string => lines.map((text) => text.trimEnd()).join('\n');
