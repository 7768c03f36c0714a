import { findPath } from './find-path.js';
import type { Filling, MappedScreen, Operation, ScreenMap } from './screen-map.schema.js';

/** Rows and columns of each model. */
const sizes = { '2': [24, 80], '3': [32, 80], '4': [43, 80], '5': [27, 132] } as const;
/** Inputs that are there without being asked for. */
export const logOnInputs = ['user', 'password'] as const;

const isInput = (value: string): boolean => value.startsWith('$');

const unknownScreens = ({ screens }: ScreenMap, where: string, ids: readonly string[]): readonly string[] =>
  ids.filter((id) => !Object.hasOwn(screens, id)).map((id) => `${where}: there is no screen ${id}`);

type FillingUse = Readonly<{ where: string; on: readonly string[]; fill: Filling; inputs: readonly string[] }>;

const badFillings = ({ screens }: ScreenMap, { where, on, fill, inputs }: FillingUse): readonly string[] =>
  Object.entries(fill).flatMap(([field, value]) => [
    ...on
      .filter((id) => Object.hasOwn(screens, id) && !Object.hasOwn(screens[id]?.fields ?? {}, field))
      .map((id) => `${where}: screen ${id} has no field ${field}`),
    ...(isInput(value) && !inputs.includes(value.slice(1)) ? [`${where}: there is no input ${value}`] : []),
  ]);

const badPlaces = (id: string, { fields, list }: MappedScreen, [rows, columns]: readonly [number, number]) => [
  ...Object.entries(fields)
    .filter(
      ([, { at, length }]) =>
        at[0] > rows || at[1] > columns || (at[0] - 1) * columns + at[1] - 1 + length > rows * columns,
    )
    .map(([field]) => `screens.${id}.fields.${field}: does not fit on a screen of ${rows} × ${columns}`),
  ...(list && (list.rows[0] > list.rows[1] || list.rows[1] > rows)
    ? [`screens.${id}.list: its rows are not on a screen of ${rows} × ${columns}`]
    : []),
];

const badOperation = (map: ScreenMap, name: string, operation: Operation): readonly string[] => {
  const { start, steps, input, returns, effect, confirm, list } = operation;
  const where = `operations.${name}`;
  const before = (index: number): readonly string[] => (index === 0 ? [start] : (steps[index - 1]?.expect ?? []));
  return [
    ...unknownScreens(map, where, [start, ...(confirm ? [confirm.screen] : []), ...(list === undefined ? [] : [list])]),
    ...steps.flatMap(({ fill, expect }, index) => [
      ...unknownScreens(map, `${where}.steps.${index}`, expect),
      ...badFillings(map, {
        where: `${where}.steps.${index}`,
        on: before(index),
        fill,
        inputs: [...input, ...logOnInputs],
      }),
    ]),
    ...Object.entries(returns).flatMap(([value, from]) => {
      const [screen = '', field = ''] = from.split('.');
      const found = map.screens[screen]?.fields[field];
      if (!found) return [`${where}.returns.${value}: there is no field ${from}`];
      return found.secret ? [`${where}.returns.${value}: ${from} is secret`] : [];
    }),
    ...(list !== undefined && map.screens[list] && !map.screens[list].list
      ? [`${where}.list: screen ${list} has no list`]
      : []),
    ...(effect === 'write' && !confirm
      ? [`${where}: a write needs a confirm, or nobody knows whether it was done`]
      : []),
  ];
};

/** What is wrong with a map that is in order by its form; each with the place in the map. */
export const faultsOf = (map: ScreenMap): readonly string[] => {
  const { screens, links, operations, parking, host } = map;
  const size = sizes[host.model];
  return [
    ...(parking === undefined ? [] : unknownScreens(map, 'parking', [parking])),
    ...Object.entries(screens).flatMap(([id, screen]) => badPlaces(id, screen, size)),
    ...links.flatMap(({ from, to, fill }, index) => [
      ...unknownScreens(map, `links.${index}`, [from, ...to]),
      ...badFillings(map, { where: `links.${index}`, on: [from], fill, inputs: logOnInputs }),
    ]),
    ...Object.entries(operations).flatMap(([name, operation]) => badOperation(map, name, operation)),
    ...Object.entries(operations).flatMap(([name, { start }]) =>
      parking === undefined || findPath(map, parking, start) !== undefined
        ? []
        : [`operations.${name}: no links lead from ${parking} to ${start}`],
    ),
  ];
};
