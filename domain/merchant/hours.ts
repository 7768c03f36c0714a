import { instant, type Instant } from '../kernel/time.js';
import type { CallCentre, Holiday, OpeningSpan, WeeklyHours } from './merchant.events.js';
import { dateOf, dayClock, dayOf, localDayAt, type LocalDay } from './zone.js';

/** What of a call centre says when it is open. */
export type OpeningHours = Pick<CallCentre, 'zone' | 'hours' | 'holidays'>;

/** A stretch of time: `from` belongs to it, `until` no longer. */
export type Opening = Readonly<{ from: Instant; until: Instant }>;

/** One local date: when the centre is open from spans that begin on it, and which holiday made it so. */
export type DayOfHours = Readonly<{ date: string; holiday?: string; openings: readonly Opening[] }>;

const minutesOfDay = 1_440;
/** So far ahead an opening is looked for: beyond a year of holidays nobody waits for it. */
const furthestOpening = 400;

const weekdayOf = (day: LocalDay): number => (((day + 3) % 7) + 7) % 7;

const holidayOn = ({ holidays }: OpeningHours, day: LocalDay): Holiday | undefined => {
  if (holidays.length === 0) return undefined;
  const date = dateOf(day);
  return holidays.find((holiday) => holiday.date === date);
};

const weeklySpans = (hours: WeeklyHours, day: LocalDay): readonly OpeningSpan[] => hours[weekdayOf(day)] ?? [];

/** In minutes since the midnight at which the day began. */
const endOf = ({ from, to }: OpeningSpan): number => (to > from ? to : to + minutesOfDay);

/** A span may be empty on a day on which clocks skip all of it. */
const openingsOn = (centre: OpeningHours, day: LocalDay): readonly Opening[] => {
  const spans = holidayOn(centre, day)?.hours ?? weeklySpans(centre.hours, day);
  if (spans.length === 0) return [];
  const clock = dayClock(centre.zone, day);
  return spans
    .map((span) => ({ from: clock(span.from), until: clock(endOf(span)) }))
    .filter(({ from, until }) => from < until);
};

/**
 * Whether the centre is open at that moment, by the clock on its own wall. A span counts to the day on which it begins: a
 * holiday does not end the night before it. The day after is looked at as well, since clocks that go back at midnight show
 * yesterday's date once more.
 */
export const isOpen = (centre: OpeningHours, at: Instant): boolean => {
  const today = localDayAt(centre.zone, at);
  return [today - 1, today, today + 1].some((day) =>
    openingsOn(centre, day).some(({ from, until }) => from <= at && at < until),
  );
};

/** The first moment from `at` on at which the centre is open; `at` itself while it is. None within 400 days: undefined. */
export const nextOpening = (centre: OpeningHours, at: Instant): Instant | undefined => {
  const today = localDayAt(centre.zone, at);
  for (let day = today - 1; day <= today + furthestOpening; day += 1) {
    const ahead = openingsOn(centre, day).filter(({ until }) => until > at);
    if (ahead.length > 0) return instant(Math.min(...ahead.map(({ from }) => Math.max(from, at))));
  }
  return undefined;
};

/** What the hours come to on the day of `at` and those after it, for people to look over. */
export const hoursAhead = (centre: OpeningHours, at: Instant, days = 14): readonly DayOfHours[] => {
  const today = localDayAt(centre.zone, at);
  return Array.from({ length: days }, (_, ahead) => {
    const day = today + ahead;
    const holiday = holidayOn(centre, day);
    return { date: dateOf(day), ...(holiday && { holiday: holiday.label }), openings: openingsOn(centre, day) };
  });
};

const isMinute = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most;

/** Spans of one day: whole minutes, in order, none within another. */
export const areSpans = (spans: readonly OpeningSpan[]): boolean =>
  spans.every((span, index) => {
    const next = spans[index + 1];
    return (
      isMinute(span.from, minutesOfDay - 1) &&
      isMinute(span.to, minutesOfDay) &&
      (next === undefined || endOf(span) <= next.from)
    );
  });

/** A day for each weekday, of such spans. */
export const areWeeklyHours = (hours: readonly (readonly OpeningSpan[])[]): boolean =>
  hours.length === 7 && hours.every(areSpans);

/** Real dates, each once, with spans as on other days. */
export const areHolidays = (holidays: readonly Holiday[]): boolean =>
  new Set(holidays.map(({ date }) => date)).size === holidays.length &&
  holidays.every(({ date, hours }) => dayOf(date) !== undefined && areSpans(hours));
