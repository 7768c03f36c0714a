import type { Milliseconds } from '#domain/kernel/time.js';
import { paint, textItem } from '../host/paint.js';
import { parseTerminalInput } from '../host/terminal-input.js';
import {
  terminalServer,
  type Application,
  type ConnectedTerminal,
  type TerminalServer,
} from '../host/terminal-server.js';
import { reservations, type ReservationSettings } from './reservations.js';
import type { Shown } from './reservations.screens.js';

export type DemoMainframeSettings = Omit<ReservationSettings, 'broadcast'> &
  Readonly<{
    /** How long it thinks about each key. */
    thinking?: Milliseconds;
    /** Does what terminals have to put up with: frees the keyboard early, paints in two goes, sends a message in between. */
    nasty?: boolean;
    tls?: Readonly<{ key: string; cert: string }>;
  }>;

/** A TN3270 host with a reservation system, for trying things out and for tests. */
export const demoMainframe = ({
  users,
  guests,
  thinking = 0,
  nasty = false,
  tls,
}: DemoMainframeSettings): TerminalServer => {
  const show = (terminal: ConnectedTerminal, { items, cursor }: Shown): void => {
    if (!nasty) {
      terminal.send(paint(items, { cursor }));
      return;
    }
    const half = Math.ceil(items.length / 2);
    terminal.send(paint([textItem(12, 30, 'PLEASE WAIT')]));
    setTimeout(() => {
      terminal.send(paint(items.slice(0, half), { locked: true }));
      setTimeout(() => {
        terminal.send(paint(items.slice(half), { over: true, cursor }));
      }, 5);
    }, 5);
  };

  const serve = (terminal: ConnectedTerminal): Application => {
    const application = reservations({ users, guests, broadcast: nasty });
    show(terminal, application.begin());
    const pending = new Set<NodeJS.Timeout>();
    const answer = (record: Uint8Array): void => {
      const input = parseTerminalInput(record);
      const shown = input && application.take(input);
      if (shown) show(terminal, shown);
      else if (input) terminal.close();
    };
    return {
      onRecord: (record) => {
        if (thinking === 0) {
          answer(record);
          return;
        }
        const timer = setTimeout(() => {
          pending.delete(timer);
          answer(record);
        }, thinking);
        pending.add(timer);
      },
      onClosed: () => {
        for (const timer of pending) clearTimeout(timer);
      },
    };
  };

  return terminalServer({ serve, tn3270e: true, ...(tls ? { tls } : {}) });
};
