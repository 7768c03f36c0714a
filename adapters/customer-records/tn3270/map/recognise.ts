import { textAt, type Screen } from '../terminal/screen.js';
import type { Condition, MappedScreen, ScreenMap } from './screen-map.schema.js';

type Where = Pick<Condition, 'at' | 'row'>;

/** The part of the screen that is looked at; a place means what begins there. */
const lookedAt = (screen: Screen, { at, row }: Where): string => {
  if (at) return textAt(screen, { row: at[0], column: at[1] }, screen.columns);
  return row === undefined ? screen.lines.join('\n') : (screen.lines[row - 1] ?? '');
};

/** Whether the text stands there; at a place it must begin there. */
export const shows = (screen: Screen, where: Where, regex: string): boolean =>
  new RegExp(where.at ? `^(?:${regex})` : regex, 'u').test(lookedAt(screen, where));

const inputFields = ({ fields }: Screen): number => fields.filter((field) => !field.protected).length;

const holds = (screen: Screen, condition: Condition): boolean => {
  const { text, regex, inputFields: many, formatted } = condition;
  if (text !== undefined) {
    const seen = lookedAt(screen, condition);
    return condition.at ? seen.startsWith(text) : seen.includes(text);
  }
  if (regex !== undefined) return shows(screen, condition, regex);
  if (many !== undefined) return inputFields(screen) === many;
  return screen.formatted === formatted;
};

export const meets = (screen: Screen, condition: Condition): boolean =>
  holds(screen, condition) !== (condition.not ?? false);

/** Letters that are asked for weigh; a map that says more about a screen knows it better. */
const weight = ({ when }: MappedScreen): number =>
  when.reduce((sum, { text, regex }) => sum + 1 + (text ?? regex ?? '').length, 0);

export type Recognised =
  | Readonly<{ outcome: 'recognised'; id: string; mapped: MappedScreen }>
  | Readonly<{ outcome: 'unknown' }>
  /** Two descriptions fit equally well: the map is at fault. */
  | Readonly<{ outcome: 'ambiguous'; ids: readonly string[] }>;

/** Which screen of the map this is: of those that fit, the one that is described most closely. */
export const recognise = ({ screens }: Pick<ScreenMap, 'screens'>, screen: Screen): Recognised => {
  const fitting = Object.entries(screens)
    .filter(([, { when }]) => when.every((condition) => meets(screen, condition)))
    .map(([id, mapped]) => ({ id, mapped, weight: weight(mapped) }));
  const most = Math.max(...fitting.map((each) => each.weight));
  const closest = fitting.filter((each) => each.weight === most);
  const [first] = closest;
  if (!first) return { outcome: 'unknown' };
  if (closest.length > 1) return { outcome: 'ambiguous', ids: closest.map(({ id }) => id) };
  return { outcome: 'recognised', id: first.id, mapped: first.mapped };
};
