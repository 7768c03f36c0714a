/**
 * The emulator's status line, as s3270 says it after each command: keyboard, formatting, cursor's field, connection, mode,
 * model, rows, columns, cursor row and column (from 0), window, seconds.
 */
export type Status = Readonly<{
  /** `locked`: the host has not answered; `error`: the operator did something impossible. */
  keyboard: 'unlocked' | 'locked' | 'error';
  formatted: boolean;
  cursorInProtectedField: boolean;
  connected: boolean;
  rows: number;
  columns: number;
  /** Cursor, from 1. */
  row: number;
  column: number;
}>;

const line = /^([ULE]) ([FU]) ([PU]) (N|C\(\S*\)) [ILCNPHE] \d (\d+) (\d+) (\d+) (\d+) 0x[0-9a-f]+ \S+$/;
const keyboards = { U: 'unlocked', L: 'locked', E: 'error' } as const;

/** @returns nothing when the line is no status line: a broken emulator says the strangest things */
export const parseStatus = (text: string): Status | undefined => {
  const [, keyboard, formatted, protection, connection = 'N', rows, columns, row, column] = line.exec(text) ?? [];
  if (keyboard === undefined) return undefined;
  return {
    keyboard: keyboards[keyboard as keyof typeof keyboards],
    formatted: formatted === 'F',
    cursorInProtectedField: protection === 'P',
    connected: connection !== 'N',
    rows: Number(rows),
    columns: Number(columns),
    row: Number(row) + 1,
    column: Number(column) + 1,
  };
};
