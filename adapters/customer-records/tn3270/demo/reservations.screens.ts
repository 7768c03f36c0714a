import { textItem, type Item } from '../host/paint.js';

/** A customer of the demo's reservation system. */
export type Guest = Readonly<{
  account: string;
  name: string;
  phone: string;
  city: string;
  status: 'ACTIVE' | 'BLOCKED';
  lastOrder: string;
  remark: string;
}>;

/** A screen, and where the cursor waits. */
export type Shown = Readonly<{ items: readonly Item[]; cursor: Readonly<{ row: number; column: number }> }>;

const head = (code: string, title: string): readonly Item[] => [
  textItem(1, 2, code),
  textItem(1, 25, title, true),
  textItem(1, 68, 'PALM & PIER'),
];
const foot = (keys: string, message: string): readonly Item[] => [
  textItem(23, 2, keys),
  ...(message === '' ? [] : [textItem(24, 2, message, true)]),
];

/** Where what is typed stands; cells count from 0, as terminals send them. */
export const cell = (row: number, column: number): number => (row - 1) * 80 + column - 1;
export const inputs = {
  user: { row: 10, column: 30, length: 8 },
  password: { row: 11, column: 30, length: 8 },
  option: { row: 20, column: 18, length: 1 },
  phone: { row: 5, column: 18, length: 16 },
  account: { row: 6, column: 18, length: 8 },
  remark: { row: 14, column: 18, length: 50 },
} as const;
const input = (name: keyof typeof inputs, more: Partial<Extract<Item, { kind: 'input' }>> = {}): Item => ({
  kind: 'input',
  ...inputs[name],
  ...more,
});

export const logOnScreen = (message: string): Shown => ({
  items: [
    ...head('PPR0', 'RESERVATIONS'),
    textItem(8, 18, 'SIGN ON WITH YOUR STATION USER'),
    textItem(10, 18, 'USERID'),
    input('user'),
    textItem(11, 18, 'PASSWORD'),
    input('password', { hidden: true }),
    ...foot('ENTER=SIGN ON', message),
  ],
  cursor: inputs.user,
});

export const broadcastScreen = (): Shown => ({
  items: [
    ...head('PPR9', 'SYSTEM MESSAGE'),
    textItem(8, 10, 'THE ARUBA FILES ARE COPIED AT 03:00. WORK IS SAVED.'),
    ...foot('ENTER=CONTINUE', ''),
  ],
  cursor: { row: 23, column: 2 },
});

export const menuScreen = (message: string): Shown => ({
  items: [
    ...head('PPR1', 'MAIN MENU'),
    textItem(8, 18, '1  FIND A GUEST'),
    textItem(9, 18, 'X  SIGN OFF'),
    textItem(20, 4, 'OPTION  ===>'),
    input('option'),
    ...foot('ENTER=GO', message),
  ],
  cursor: inputs.option,
});

export const searchScreen = (message: string): Shown => ({
  items: [
    ...head('PPR2', 'FIND A GUEST'),
    textItem(5, 4, 'PHONE'),
    input('phone', { digits: true }),
    textItem(6, 4, 'ACCOUNT'),
    input('account', { digits: true }),
    ...foot('ENTER=FIND  PF3=MENU', message),
  ],
  cursor: inputs.phone,
});

export const rowsOnPage = 10;

export const listScreen = (guests: readonly Guest[], from: number): Shown => {
  const shown = guests.slice(from, from + rowsOnPage);
  const isLast = from + rowsOnPage >= guests.length;
  return {
    items: [
      ...head('PPR3', 'SEVERAL GUESTS'),
      textItem(4, 4, 'ACCOUNT   NAME                      CITY'),
      ...shown.flatMap(({ account, name, city }, index) => [
        textItem(6 + index, 4, account),
        textItem(6 + index, 14, name),
        textItem(6 + index, 40, city),
      ]),
      textItem(21, 4, isLast ? 'BOTTOM OF LIST' : 'MORE ...'),
      ...foot('PF8=NEXT  PF3=BACK', ''),
    ],
    cursor: { row: 23, column: 2 },
  };
};

export const guestScreen = (guest: Guest, message: string): Shown => ({
  items: [
    ...head('PPR4', 'GUEST'),
    ...[
      ['ACCOUNT', guest.account],
      ['NAME', guest.name],
      ['PHONE', guest.phone],
      ['CITY', guest.city],
      ['STATUS', guest.status],
      ['LAST ORDER', guest.lastOrder],
    ].flatMap(([label = '', value = ''], index) => [textItem(5 + index, 4, label), textItem(5 + index, 18, value)]),
    textItem(14, 4, 'REMARK'),
    input('remark', { value: guest.remark }),
    ...foot('ENTER=SAVE REMARK  PF3=BACK', message),
  ],
  cursor: inputs.remark,
});
