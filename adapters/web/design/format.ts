/** Numbers and times as the person's locale writes them; elapsed time as `m:ss`, from an hour on as `h:mm:ss`. */

const two = (value: number): string => String(value).padStart(2, '0');

/** How long something has lasted. What a slower clock makes negative is nothing yet. */
export const elapsed = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** The same for a screen reader, to two units: `2 minutes 5 seconds`. */
export const elapsedInWords = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return minutes > 0 ? `${plural(hours, 'hour')} ${plural(minutes, 'minute')}` : plural(hours, 'hour');
  if (minutes === 0) return plural(seconds, 'second');
  return seconds % 60 > 0
    ? `${plural(minutes, 'minute')} ${plural(seconds % 60, 'second')}`
    : plural(minutes, 'minute');
};

/** A short length of time, to the millisecond where that matters: `8 ms`, `1.25 s`, `3 min 20 s`. */
export const span = (milliseconds: number): string => {
  const size = Math.abs(milliseconds);
  const sign = milliseconds < 0 ? '−' : '';
  if (size < 1000) return `${sign}${Math.round(size)} ms`;
  if (size < 10_000) return `${sign}${(size / 1000).toFixed(2)} s`;
  if (size < 60_000) return `${sign}${(size / 1000).toFixed(1)} s`;
  const seconds = Math.round(size / 1000);
  return `${sign}${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const number = new Intl.NumberFormat();

export const timeOfDay = (at: number): string => time.format(at);
export const minuteOfDay = (at: number): string => minute.format(at);
export const exactTime = (at: number): string => exact.format(at);
export const dayOf = (at: number): string => day.format(at);
export const fullMoment = (at: number): string => full.format(at);
export const count = (value: number): string => number.format(value);
