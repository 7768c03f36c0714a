import {
  terminalServer,
  type ConnectedTerminal,
  type TerminalServerSettings,
} from '#adapters/customer-records/tn3270/host/terminal-server.js';
import { paint, textItem } from '#adapters/customer-records/tn3270/host/paint.js';
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

/** One form with each kind of field. */
export const form = (): Uint8Array =>
  paint(
    [
      textItem(1, 2, 'CUSTOMER LOOK-UP'),
      textItem(3, 2, 'Name'),
      { kind: 'input', row: 3, column: 11, length: 10 },
      textItem(4, 2, 'Account'),
      { kind: 'input', row: 4, column: 11, length: 6, digits: true },
      textItem(5, 2, 'Password'),
      { kind: 'input', row: 5, column: 11, length: 8, hidden: true },
    ],
    { cursor: { row: 3, column: 11 } },
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
