import type { Milliseconds } from '#domain/kernel/time.js';
import type { Terminal } from '../terminal/terminal.js';
import { fieldAt, textAt, type Place, type Screen } from '../terminal/screen.js';
import { ScreenMapFailure } from './screen-map-failure.js';
import type { Filling, MappedField, MappedScreen } from './screen-map.schema.js';

/** Inputs of an operation, and the log-on's. */
export type Inputs = Readonly<Record<string, string>>;

const digits = /^\d*$/;

const fits = ({ type, pattern }: MappedField, text: string): boolean =>
  (type === 'text' || digits.test(text)) && (pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(text));

const valueOf = (value: string, inputs: Inputs): string => {
  if (!value.startsWith('$')) return value;
  const given = inputs[value.slice(1)];
  if (given === undefined) throw new ScreenMapFailure('bad-input', `nothing was given for ${value}`);
  return given;
};

const typed = (name: string, field: MappedField, text: string): string => {
  if (Array.from(text).length > field.length) {
    throw new ScreenMapFailure('bad-input', `${name} is longer than the ${field.length} places of its field`);
  }
  if (!fits(field, text)) throw new ScreenMapFailure('bad-input', `${name} is not what its field takes`);
  return field.pad === undefined ? text : text.padEnd(field.length, field.pad);
};

/** Some hosts free the keyboard before they have painted all: what can be typed into may come last. */
const canBeTyped =
  (places: readonly Place[]) =>
  (screen: Screen): boolean =>
    !screen.formatted || places.every((place) => fieldAt(screen, place)?.protected === false);

export type FillingIn = Readonly<{ fill: Filling; inputs: Inputs; within: Milliseconds }>;

/** Fills in the fields of a screen, once all of it is known to fit, and the screen has them. */
export const fillIn = async (
  terminal: Terminal,
  { fields }: MappedScreen,
  { fill, inputs, within }: FillingIn,
): Promise<void> => {
  const texts = Object.entries(fill).flatMap(([name, value]) => {
    const field = fields[name];
    if (!field) return [];
    const [row, column] = field.at;
    return [{ place: { row, column }, text: typed(name, field, valueOf(value, inputs)) }];
  });
  if (texts.length > 0) await terminal.until(canBeTyped(texts.map(({ place }) => place)), within);
  for (const { place, text } of texts) await terminal.type(place, text);
};

const withoutPad = (text: string, pad = ' '): string => {
  let end = text.length;
  while (end > 0 && (text[end - 1] === pad || text[end - 1] === ' ')) end -= 1;
  return text.slice(0, end);
};

/** What stands in a field, without what fills it up. @throws {ScreenMapFailure} when it is not what the map says it is */
export const readField = (screen: Screen, name: string, field: MappedField): string => {
  const [row, column] = field.at;
  const text = withoutPad(textAt(screen, { row, column }, field.length), field.pad).trimStart();
  if (!fits(field, text)) throw new ScreenMapFailure('bad-answer', `${name} does not hold what the map says`);
  return text;
};

/** The lines of a list that have anything in them. */
export const readRows = (screen: Screen, { rows, columns }: NonNullable<MappedScreen['list']>): readonly Inputs[] =>
  Array.from({ length: rows[1] - rows[0] + 1 }, (_, index) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, [column, length]]) => [
        name,
        textAt(screen, { row: rows[0] + index, column }, length).trim(),
      ]),
    ),
  ).filter((line) => Object.values(line).some((text) => text !== ''));
