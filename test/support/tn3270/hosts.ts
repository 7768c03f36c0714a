import {
  terminalServer,
  type ConnectedTerminal,
  type TerminalServerSettings,
} from '#adapters/customer-records/tn3270/host/terminal-server.js';
import { toEbcdic } from '#adapters/customer-records/tn3270/host/ebcdic.js';
import {
  openTerminal,
  type Terminal,
  type TerminalSettings,
} from '#adapters/customer-records/tn3270/terminal/terminal.js';
import { emulator } from './s3270.js';

/** Hosts and terminals of one test, closed together. */
export const terminalRoom = () => {
  const closing: (() => Promise<void>)[] = [];
  const listen = async (settings: Partial<TerminalServerSettings> & Pick<TerminalServerSettings, 'serve'>) => {
    const server = terminalServer({ tn3270e: false, ...settings });
    closing.unshift(server.close);
    return server.listen(0, '127.0.0.1');
  };
  const open = async (port: number, settings: Partial<TerminalSettings> = {}): Promise<Terminal> => {
    const common = { emulator, host: '127.0.0.1', port, tls: 'off', model: '2', codePage: 'cp037' } as const;
    const terminal = await openTerminal({ ...common, ...settings }, 5_000);
    closing.unshift(() => terminal.close());
    return terminal;
  };
  return {
    listen,
    open,
    /** A terminal at a host of its own. */
    at: async (serve: TerminalServerSettings['serve'], settings?: Partial<TerminalSettings>): Promise<Terminal> =>
      open(await listen({ serve }), settings),
    close: async (): Promise<void> => {
      for (const close of closing.splice(0)) await close();
    },
  };
};

const eraseWrite = 0xf5;
const write = 0xf1;
const unlock = 0xc2;
const keepLocked = 0xc0;
const startField = 0x1d;
const setAddress = 0x11;
const insertCursor = 0x13;

/** Attributes of fields, as they go over the line. */
export const kind = { open: 0x40, shown: 0x60, digits: 0x50, hidden: 0x4c } as const;

const addressOf = (row: number, column: number): readonly number[] => {
  const cell = (row - 1) * 80 + column - 1;
  return [(cell >> 8) & 0x3f, cell & 0xff];
};

/** A field whose attribute stands at that place, so that its text begins one further. */
export const fieldWith = (row: number, column: number, attribute: number, text = ''): readonly number[] => [
  ...[setAddress, ...addressOf(row, column), startField, attribute],
  ...toEbcdic(text),
];

export const cursorAt = (row: number, column: number): readonly number[] => [
  ...[setAddress, ...addressOf(row, column), insertCursor],
];

/** Paints the screen anew. */
export const painted = (...orders: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from([eraseWrite, unlock, ...orders.flat()]);
/** The same, with the keyboard still locked. */
export const paintedLocked = (...orders: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from([eraseWrite, keepLocked, ...orders.flat()]);
/** Adds to what is there, and frees the keyboard. */
export const added = (...orders: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from([write, unlock, ...orders.flat()]);

/** One form with each kind of field. */
export const form = (): Uint8Array =>
  painted(
    fieldWith(1, 1, kind.shown, 'CUSTOMER LOOK-UP'),
    fieldWith(3, 1, kind.shown, 'Name'),
    fieldWith(3, 10, kind.open),
    fieldWith(3, 21, kind.shown),
    fieldWith(4, 1, kind.shown, 'Account'),
    fieldWith(4, 10, kind.digits),
    fieldWith(4, 17, kind.shown),
    fieldWith(5, 1, kind.shown, 'Password'),
    fieldWith(5, 10, kind.hidden),
    fieldWith(5, 19, kind.shown),
    cursorAt(3, 11),
  );

/** A host that shows one screen, and does with each input what it is told. */
export const hostThat =
  (
    first: Uint8Array,
    onInput: (terminal: ConnectedTerminal, nth: number, record: Uint8Array) => void = () => undefined,
  ): TerminalServerSettings['serve'] =>
  (terminal) => {
    let nth = 0;
    terminal.send(first);
    return {
      onRecord: (record) => {
        nth += 1;
        onInput(terminal, nth, record);
      },
    };
  };
