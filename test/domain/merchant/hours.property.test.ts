import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { instant } from '#domain/kernel/time.js';
import { isOpen, nextOpening, type OpeningHours } from '#domain/merchant/hours.js';
import type { OpeningSpan } from '#domain/merchant/merchant.events.js';
import { offsetAt } from '#domain/merchant/zone.js';
import { daily } from './acme.js';

const minute = 60_000;
const day = 1_440 * minute;
const week = 7 * day;

/** The zone's offset by another way than the domain's: from the parts of a written date. */
const offsetsOf = (zone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => {
    const [month = 0, dayOfMonth = 0, year = 0, hours = 0, minutes = 0] = format.format(at).split(/\D+/).map(Number);
    return Date.UTC(year, month - 1, dayOfMonth, hours, minutes) - Math.floor(at / minute) * minute;
  };
};

type Change = Readonly<{ zone: string; at: number; before: number; after: number }>;

/** Every change of clocks there from 2000 to 2040. */
const changesOf = (zone: string): readonly Change[] => {
  const offset = offsetsOf(zone);
  const changes: Change[] = [];
  for (let from = Date.UTC(2000, 0, 1); from < Date.UTC(2041, 0, 1); from += week) {
    let [early, late] = [from, from + week];
    const [before, after] = [offset(early), offset(late)];
    if (before === after) continue;
    while (late - early > minute) {
      const middle = early + Math.floor((late - early) / 2 / minute) * minute;
      if (offset(middle) === before) early = middle;
      else late = middle;
    }
    changes.push({ zone, at: late, before, after });
  }
  return changes;
};

/** Looks at the clock on the wall each minute, from two days before the change to two days after it. */
const clockWatcher = ({ at: change, before, after }: Change, { from, to }: OpeningSpan): ((at: number) => boolean) => {
  const start = change - 2 * day;
  const shown = new Float64Array(5_760);
  for (let index = 0; index < shown.length; index += 1) {
    const at = start + index * minute;
    shown[index] = at + (at < change ? before : after);
  }
  const today = Math.floor((change + before) / day) * day;
  const firstAtOrAfter = (wall: number): number => {
    const index = shown.findIndex((time) => time >= wall);
    return index < 0 ? Infinity : start + index * minute;
  };
  const openings = [-2 * day, -day, 0, day].map((shift) => {
    const midnight = today + shift;
    const end = midnight + to * minute + (to > from ? 0 : day);
    return [firstAtOrAfter(midnight + from * minute), firstAtOrAfter(end)] as const;
  });
  return (at) => openings.some(([begin, end]) => begin <= at && at < end);
};

const wrap = (minutes: number): number => ((minutes % 1_440) + 1_440) % 1_440;

/** Spans that begin, end or lie where the clocks change, or at midnight. */
const spansAround = ({ at, before, after }: Change): readonly OpeningSpan[] => {
  const shownBefore = wrap(Math.floor((at + before) / minute));
  const shownAfter = wrap(Math.floor((at + after) / minute));
  const middle = wrap(Math.floor((at + (before + after) / 2) / minute));
  return [
    { from: middle, to: wrap(middle + 120) },
    { from: wrap(middle - 120), to: middle },
    { from: shownBefore, to: wrap(shownAfter + 90) },
    { from: wrap(shownAfter - 90), to: shownBefore },
    { from: 1_320, to: middle },
    { from: 0, to: 1_440 },
    { from: middle, to: 1_440 },
    { from: 1_439, to: 1 },
  ];
};

const expectSame = (change: Change, span: OpeningSpan, probes: readonly number[]): void => {
  const watched = clockWatcher(change, span);
  const centre: OpeningHours = { zone: change.zone, hours: daily(span), holidays: [] };
  for (const at of probes) {
    const where = `${change.zone} ${new Date(at).toISOString()} ${JSON.stringify(span)}`;
    if (isOpen(centre, instant(at)) !== watched(at)) expect.fail(`${where}: should be ${String(watched(at))}`);
  }
};

const around = (at: number, step: number, times: number): readonly number[] =>
  Array.from({ length: 2 * times + 1 }, (_, index) => at + (index - times) * step * minute);

describe('opening hours when clocks change', () => {
  const zones = Intl.supportedValuesOf('timeZone');

  const changesByZone = new Map(zones.map((zone) => [zone, changesOf(zone)]));

  it('follow the offset that each zone had before and after each change from 2000 to 2040', () => {
    const changes = [...changesByZone.values()].flat();
    expect(changes.length).to.be.greaterThan(10_000);
    for (const { zone, at, before, after } of changes) {
      const known = [offsetAt(zone, instant(at - 1)), offsetAt(zone, instant(at))];
      if (known[0] !== before || known[1] !== after) expect.fail(`${zone} ${new Date(at).toISOString()}`);
    }
  });

  it('are those that somebody who watches the clock would keep, at every change of every set of rules', () => {
    const sameRules = (changes: readonly Change[]) => JSON.stringify(changes.map(({ zone: _, ...change }) => change));
    const distinct = new Map([...changesByZone.values()].map((changes) => [sameRules(changes), changes]));
    [...distinct.values()].flat().forEach((change, index) => {
      const span = spansAround(change)[index % 8];
      if (span) expectSame(change, span, [change.at - 1, ...around(change.at, 37, 4)]);
    });
  }).timeout(60_000);

  it('are so to the minute in zones that change by an hour, by half, at midnight, just after it, and by a day', () => {
    const spread = ['Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana', 'America/St_Johns', 'Pacific/Apia'];
    for (const change of spread.flatMap((zone) => changesByZone.get(zone)?.slice(0, 16) ?? [])) {
      for (const span of spansAround(change)) {
        const edges = [span.from, span.to].flatMap((time) => {
          const wall = Math.floor((change.at + change.before) / day) * day + time * minute;
          return [wall - change.before, wall - change.after].flatMap((at) => [at - minute, at - 1, at, at + minute]);
        });
        expectSame(change, span, [
          ...around(change.at, 7, 20),
          ...edges.filter((at) => Math.abs(at - change.at) < day),
        ]);
      }
    }
  }).timeout(60_000);

  it('open next where nothing was open before', () => {
    const span = fc.record({ from: fc.nat(1_439), to: fc.nat(1_440) });
    const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), span, moment, fc.nat(6), (zone, hours, at, weekday) => {
        const week = daily().map((_, index) => (index === weekday ? [hours] : [])) as unknown as OpeningHours['hours'];
        const centre: OpeningHours = { zone, hours: week, holidays: [] };
        const next = nextOpening(centre, instant(at));
        expect(next).to.be.within(at, at + 15 * day);
        expect(isOpen(centre, instant(next ?? 0))).to.be.true;
        for (const before of [at, at + ((next ?? 0) - at) / 2, (next ?? 0) - 1]) {
          if (before >= at && before < (next ?? 0)) expect(isOpen(centre, instant(Math.floor(before)))).to.be.false;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
