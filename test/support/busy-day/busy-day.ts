import type { LogEvent } from '#domain/events.js';
import { categoryOf, uniqueOf } from '#domain/kernel/ids.js';
import { recordShift } from './record-shift.js';

/** Text, or what differs: a moment (ms after the beginning of the shift), a mark of the shift, of the merchant, or of its numbers. */
type Piece = string | Readonly<{ moment: number }> | Readonly<{ mark: 'shift' | 'merchant' | 'number' }>;

type Pattern = Readonly<{
  pieces: readonly Piece[];
  revision: number;
  /** Events that a shift adds to its stream, where the stream goes on in the next shift. */
  perShift: number;
}>;

/** A log of any length, of any number of merchants, as the product itself would have written it. */
export type BusyDay = Readonly<{
  callsPerShift: number;
  /** A merchant opens, and its agents log on. Positions are left for whoever puts the log together. */
  opening: (merchant: number) => readonly LogEvent[];
  /** What one shift of a merchant adds; shifts are counted from 0, and follow each other in time. */
  shift: (merchant: number, shift: number) => readonly LogEvent[];
  /** How long a shift lasts, in milliseconds. */
  shiftTime: number;
}>;

/** Streams that belong to one call: each shift has its own. */
const ofOneCall: readonly string[] = ['session', 'call', 'pop', 'record'];
const merchantToken = 'palm-pier';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Longest first, so that none is found inside another. */
const idsOf = (events: readonly LogEvent[]): readonly string[] => {
  const ids = new Set<string>();
  for (const { id, stream, data, meta } of events) {
    for (const unique of [id, meta.causationId, meta.correlationId]) ids.add(unique);
    if (categoryOf(stream) === 'session' || categoryOf(stream) === 'call') ids.add(uniqueOf(stream));
    for (const [name, value] of Object.entries(data)) {
      if (['messageId', 'pushId', 'transferId'].includes(name) && typeof value === 'string') ids.add(value);
    }
  }
  return [...ids].sort((one, other) => other.length - one.length);
};

const piecesOf = (event: LogEvent, variable: RegExp, from: number): readonly Piece[] => {
  const text = JSON.stringify(event);
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: whole, 1: id, 2: moment, 3: phoneNumber, index } of text.matchAll(variable)) {
    pieces.push(text.slice(end, index));
    if (moment !== undefined) pieces.push({ moment: Number(moment) - from });
    else if (phoneNumber !== undefined) pieces.push(whole, { mark: 'number' });
    else pieces.push(whole, { mark: id === undefined ? 'merchant' : 'shift' });
    end = index + whole.length;
  }
  return [...pieces, text.slice(end)];
};

const patternsOf = (events: readonly LogEvent[], from: number): readonly Pattern[] => {
  const ids = idsOf(events).map(escaped).join('|');
  const variable = new RegExp(
    `(${ids})|\\b(1[67]\\d{11})\\b|(\\+\\d{9,12})\\b|${escaped(merchantToken)}|-platform\\.[a-z]+`,
    'g',
  );
  const perStream = new Map<string, number>();
  for (const { stream } of events) perStream.set(stream, (perStream.get(stream) ?? 0) + 1);
  return events.map((event) => ({
    pieces: piecesOf(event, variable, from),
    revision: event.revision,
    perShift: ofOneCall.includes(categoryOf(event.stream)) ? 0 : (perStream.get(event.stream) ?? 0),
  }));
};

const written = ({ pieces, revision, perShift }: Pattern, at: number, shift: number, merchant: number): LogEvent => {
  const marks = {
    merchant: `-${merchant}`,
    shift: `-${shift}-${merchant}`,
    number: String(merchant).padStart(3, '0'),
  };
  const text = pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      return 'moment' in piece ? String(at + piece.moment) : marks[piece.mark];
    })
    .join('');
  return { ...(JSON.parse(text) as LogEvent), revision: revision + Math.max(0, shift) * perShift };
};

/** Records a few calls of the real product once; the rest is the same again, later, with other names. */
export const recordBusyDay = async (): Promise<BusyDay> => {
  const { opening, calls, callsEnded } = await recordShift();
  const [first, last] = [opening[0], calls.at(-1)];
  const begins = opening.at(-1)?.recordedAt;
  if (!first || !last || begins === undefined) throw new Error('nothing was recorded');
  const shiftTime = last.recordedAt - begins + 1_000;
  const openingPatterns = patternsOf(opening, begins);
  const shiftPatterns = patternsOf(calls, begins);
  return {
    callsPerShift: callsEnded,
    shiftTime,
    opening: (merchant) => openingPatterns.map((pattern) => written(pattern, begins, -1, merchant)),
    shift: (merchant, shift) =>
      shiftPatterns.map((pattern) => written(pattern, begins + shift * shiftTime, shift, merchant)),
  };
};

/** The log of one merchant, from its opening through so many shifts, with positions. */
export const logOf = function* (day: BusyDay, shifts: number, merchant = 1): Generator<LogEvent> {
  let position = 0;
  for (const event of day.opening(merchant)) yield { ...event, position: (position += 1) };
  for (let shift = 0; shift < shifts; shift += 1) {
    for (const event of day.shift(merchant, shift)) yield { ...event, position: (position += 1) };
  }
};
