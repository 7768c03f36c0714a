import { instant, type Instant, type Milliseconds } from '../kernel/time.js';

/** A local calendar date, counted in days since 1970-01-01. */
export type LocalDay = number;

const minute = 60_000;
export const dayLength: Milliseconds = 1_440 * minute;
/** No zone is further from UTC than this, so a day's ends are looked for no further away. */
const furthestOffset: Milliseconds = 15 * 60 * minute;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a thousand times what using it does. */
const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formatters.set(zone, made);
  return made;
};

const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** True for names of the IANA time zone database that this machine knows; a bare offset is no zone. */
export const isZone = (zone: string): boolean => {
  if (!zoneName.test(zone)) return false;
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
};

const writtenOffset = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/**
 * How far the zone's clocks are ahead of UTC at that moment.
 * @throws {RangeError} when the zone is unknown
 */
export const offsetAt = (zone: string, at: Instant): Milliseconds => {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = writtenOffset.exec(formatterOf(zone).format(at)) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * minute + Number(seconds) * 1_000;
  return sign === '-' ? -size : size;
};

/** The date that a calendar on the wall there shows. */
export const localDayAt = (zone: string, at: Instant): LocalDay => Math.floor((at + offsetAt(zone, at)) / dayLength);

/** The moment, on a whole minute, at which the zone's clocks change between two moments with different offsets. */
const changeBetween = (zone: string, before: Instant, after: Instant): number => {
  const old = offsetAt(zone, before);
  let [early, late] = [0, (after - before) / minute];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(zone, instant(before + middle * minute)) === old) early = middle;
    else late = middle;
  }
  return before + late * minute;
};

/** Minutes since midnight of a day, those of the day after it included, to the moment meant by them. */
export type DayClock = (minuteOfDay: number) => Instant;

const makeDayClock = (zone: string, day: LocalDay): DayClock => {
  const midnight = day * dayLength;
  const [before, after] = [instant(midnight - furthestOffset), instant(midnight + 2 * dayLength + furthestOffset)];
  const [old, next] = [offsetAt(zone, before), offsetAt(zone, after)];
  if (old === next) return (minuteOfDay) => instant(midnight + minuteOfDay * minute - old);
  const change = changeBetween(zone, before, after);
  return (minuteOfDay) => {
    const shown = midnight + minuteOfDay * minute;
    return instant(shown - old < change ? shown - old : Math.max(change, shown - next));
  };
};

const dayClocks = new Map<string, DayClock>();
const dayClocksKept = 1_000;

/**
 * The moments of a day and the next: the first at which clocks there show that minute, or a later one. A time that is skipped
 * when clocks go forward comes with the change; one that comes twice when they go back is meant the first time. Clocks change
 * at most once in so few days. The same few days are asked for at every call, so they are remembered.
 */
export const dayClock = (zone: string, day: LocalDay): DayClock => {
  const key = `${day} ${zone}`;
  const known = dayClocks.get(key);
  if (known) return known;
  const made = makeDayClock(zone, day);
  if (dayClocks.size >= dayClocksKept) dayClocks.clear();
  dayClocks.set(key, made);
  return made;
};

/** `YYYY-MM-DD`. */
export const dateOf = (day: LocalDay): string => new Date(day * dayLength).toISOString().slice(0, 10);

const written = /^\d{4}-\d{2}-\d{2}$/;

/** Undefined when the text is no date of the calendar, such as 30 February. */
export const dayOf = (date: string): LocalDay | undefined => {
  const at = written.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  const day = at / dayLength;
  return Number.isInteger(day) && dateOf(day) === date ? day : undefined;
};

/** What clocks there show at that moment, for people: `2026-01-05 09:00`. */
export const localTimeOf = (zone: string, at: Instant): string =>
  new Date(at + offsetAt(zone, at)).toISOString().slice(0, 16).replace('T', ' ');
