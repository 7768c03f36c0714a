import type { TerminalInput } from '../host/terminal-input.js';
import {
  broadcastScreen,
  cell,
  guestScreen,
  inputs,
  listScreen,
  logOnScreen,
  menuScreen,
  rowsOnPage,
  searchScreen,
  type Guest,
  type Shown,
} from './reservations.screens.js';

type Screen =
  | Readonly<{ at: 'log-on' | 'broadcast' | 'menu' | 'search' }>
  | Readonly<{ at: 'list'; found: readonly Guest[]; from: number }>
  | Readonly<{ at: 'guest'; account: string }>;

export type ReservationSettings = Readonly<{
  /** Passwords by user. */
  users: ReadonlyMap<string, string>;
  /** By account; saved remarks are put back here. */
  guests: Map<string, Guest>;
  /** Whether a message comes up after the sign-on. */
  broadcast: boolean;
}>;

/** Nothing: the terminal is disconnected. */
export type Answer = Shown | undefined;

/** The reservation system of the demo, as one terminal sees it. */
export const reservations = ({ users, guests, broadcast }: ReservationSettings) => {
  let screen: Screen = { at: 'log-on' };

  const go = (to: Screen, message = ''): Shown => {
    screen = to;
    switch (to.at) {
      case 'log-on':
        return logOnScreen(message);
      case 'broadcast':
        return broadcastScreen();
      case 'menu':
        return menuScreen(message);
      case 'search':
        return searchScreen(message);
      case 'list':
        return listScreen(to.found, to.from);
      case 'guest': {
        const guest = guests.get(to.account);
        return guest ? guestScreen(guest, message) : go({ at: 'search' }, 'PPR204E GUEST HAS GONE');
      }
    }
  };

  const typed = ({ fields }: TerminalInput, name: keyof typeof inputs): string => {
    const { row, column } = inputs[name];
    return (fields.find((field) => field.cell === cell(row, column))?.text ?? '').trim();
  };

  const logOn = (input: TerminalInput): Shown => {
    const password = users.get(typed(input, 'user').toUpperCase());
    if (password === undefined || password !== typed(input, 'password')) {
      return go({ at: 'log-on' }, 'PPR001E USERID OR PASSWORD NOT VALID');
    }
    return go({ at: broadcast ? 'broadcast' : 'menu' });
  };

  const choose = (input: TerminalInput): Answer => {
    switch (typed(input, 'option').toUpperCase()) {
      case '1':
        return go({ at: 'search' });
      case 'X':
        return undefined;
      default:
        return go({ at: 'menu' }, 'PPR101E OPTION NOT VALID');
    }
  };

  const find = (input: TerminalInput): Shown => {
    const [phone, account] = [typed(input, 'phone'), typed(input, 'account')];
    if (phone === '' && account === '') return go({ at: 'search' }, 'PPR201E TYPE A PHONE OR AN ACCOUNT');
    const found = [...guests.values()].filter((guest) =>
      account === '' ? guest.phone === phone : guest.account === account,
    );
    const [only] = found;
    if (!only) return go({ at: 'search' }, 'PPR202E NO SUCH GUEST');
    return found.length === 1 ? go({ at: 'guest', account: only.account }) : go({ at: 'list', found, from: 0 });
  };

  const save = (account: string, input: TerminalInput): Shown => {
    const guest = guests.get(account);
    if (guest?.status === 'BLOCKED') return go({ at: 'guest', account }, 'PPR402E ACCOUNT IS BLOCKED');
    if (guest) guests.set(account, { ...guest, remark: typed(input, 'remark') });
    return go({ at: 'guest', account }, 'PPR400I REMARK SAVED');
  };

  const onEnter = (input: TerminalInput): Answer => {
    switch (screen.at) {
      case 'log-on':
        return logOn(input);
      case 'broadcast':
        return go({ at: 'menu' });
      case 'menu':
        return choose(input);
      case 'search':
        return find(input);
      case 'list':
        return go(screen);
      case 'guest':
        return save(screen.account, input);
    }
  };

  return {
    begin: (): Shown => go(screen),
    take: (input: TerminalInput): Answer => {
      if (input.key === 'Enter') return onEnter(input);
      if (input.key === 'PF3' && screen.at === 'search') return go({ at: 'menu' });
      if (input.key === 'PF3' && (screen.at === 'list' || screen.at === 'guest')) return go({ at: 'search' });
      if (input.key === 'PF8' && screen.at === 'list' && screen.from + rowsOnPage < screen.found.length) {
        return go({ ...screen, from: screen.from + rowsOnPage });
      }
      return go(screen, 'PPR900E KEY NOT ACTIVE');
    },
  };
};
