import { expect } from 'chai';
import { describe, it } from 'mocha';
import { instant, type Instant } from '#domain/kernel/time.js';
import { hoursAhead, isOpen, nextOpening, type OpeningHours } from '#domain/merchant/hours.js';
import type { OpeningSpan } from '#domain/merchant/merchant.events.js';
import { isZone } from '#domain/merchant/zone.js';
import { aroundTheClock, berlin, boston, daily, hour } from './acme.js';

const at = (text: string): Instant => instant(Date.parse(text));
const inUtc = (moment: Instant | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString().slice(0, 16);
const centre = (zone: string, ...spans: readonly OpeningSpan[]): OpeningHours => ({
  zone,
  hours: daily(...spans),
  holidays: [],
});
const openings = (hours: OpeningHours, on: string): (string | undefined)[][] =>
  hoursAhead(hours, at(on), 1).flatMap((day) => day.openings.map(({ from, until }) => [inUtc(from), inUtc(until)]));

describe('a call centre with opening hours', () => {
  it('is open from nine to five by its own clock, in winter and in summer', () => {
    expect(isOpen(berlin, at('2026-01-05T07:59:59.999Z'))).to.be.false;
    expect(isOpen(berlin, at('2026-01-05T08:00Z'))).to.be.true;
    expect(isOpen(berlin, at('2026-01-05T15:59:59.999Z'))).to.be.true;
    expect(isOpen(berlin, at('2026-01-05T16:00Z'))).to.be.false;
    expect(isOpen(berlin, at('2026-07-06T07:00Z'))).to.be.true;
    expect(isOpen(berlin, at('2026-07-06T15:00Z'))).to.be.false;
  });

  it('is open in Boston when Berlin has closed', () => {
    const evening = at('2026-01-05T18:00Z');
    expect([isOpen(berlin, evening), isOpen(boston, evening)]).to.deep.equal([false, true]);
  });

  it('keeps each weekday apart, Monday first', () => {
    const mondaysOnly: OpeningHours = { ...berlin, hours: [[{ from: 0, to: hour(24) }], [], [], [], [], [], []] };
    const open = [4, 5, 6].map((day) => isOpen(mondaysOnly, at(`2026-01-0${day}T12:00Z`)));
    expect(open).to.deep.equal([false, true, false]);
    const tuesdaysOnly: OpeningHours = { ...berlin, hours: [[], [{ from: 0, to: hour(24) }], [], [], [], [], []] };
    expect(isOpen(tuesdaysOnly, at('1969-12-23T12:00Z')), 'a Tuesday before 1970').to.be.true;
  });

  it('is open over lunch only if its spans say so', () => {
    const withLunch = centre('UTC', { from: hour(9), to: hour(12) }, { from: hour(13), to: hour(17) });
    const open = ['11:59', '12:00', '12:59', '13:00'].map((time) => isOpen(withLunch, at(`2026-01-05T${time}Z`)));
    expect(open).to.deep.equal([true, false, false, true]);
  });

  it('stays open overnight on the hours of the evening before', () => {
    const nights: OpeningHours = {
      ...berlin,
      zone: 'UTC',
      hours: [[{ from: hour(22), to: hour(6) }], [], [], [], [], [], []],
    };
    const times = ['05T21:59', '05T22:00', '06T00:00', '06T05:59', '06T06:00', '05T05:00'];
    expect(times.map((time) => isOpen(nights, at(`2026-01-${time}Z`)))).to.deep.equal([
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('has no gap at midnight when it is open around the clock, nor with spans that begin where they end', () => {
    const days = [aroundTheClock, daily({ from: 0, to: 0 }), daily({ from: hour(8), to: hour(8) })];
    for (const hours of days) {
      for (const time of ['04T23:59:59.999', '05T00:00', '05T07:59:59.999', '05T08:00']) {
        expect(isOpen({ ...berlin, zone: 'UTC', hours }, at(`2026-01-${time}Z`))).to.be.true;
      }
    }
  });

  it('keeps the hours of a holiday instead of those of the week', () => {
    const closedOnChristmas: OpeningHours = {
      ...berlin,
      holidays: [
        { date: '2026-12-24', label: 'Christmas Eve', hours: [{ from: hour(9), to: hour(12) }] },
        { date: '2026-12-25', label: 'Christmas', hours: [] },
      ],
    };
    const noons = [23, 24, 25, 26].map((day) => isOpen(closedOnChristmas, at(`2026-12-${day}T12:00Z`)));
    expect(noons).to.deep.equal([true, false, false, true]);
    expect(isOpen(closedOnChristmas, at('2026-12-24T10:59Z'))).to.be.true;
  });

  it('finishes the night before a holiday, and does not begin the holiday night', () => {
    const nights: OpeningHours = {
      ...centre('UTC', { from: hour(22), to: hour(6) }),
      holidays: [{ date: '2026-12-25', label: 'Christmas', hours: [] }],
    };
    const times = ['25T05:00', '25T23:00', '26T05:00', '26T23:00'];
    expect(times.map((time) => isOpen(nights, at(`2026-12-${time}Z`)))).to.deep.equal([true, false, false, true]);
  });

  it('takes a holiday by its own calendar, whatever the date is in UTC', () => {
    const auckland: OpeningHours = {
      ...centre('Pacific/Auckland', { from: 0, to: hour(24) }),
      holidays: [{ date: '2026-02-06', label: 'Waitangi Day', hours: [] }],
    };
    const times = ['05T10:59', '05T11:00', '06T10:59', '06T11:00'];
    expect(times.map((time) => isOpen(auckland, at(`2026-02-${time}Z`)))).to.deep.equal([true, false, false, true]);
  });
});

describe('a call centre on the day clocks change', () => {
  it('opens at three when clocks skip half past two', () => {
    const early = centre('America/New_York', { from: hour(2, 30), to: hour(10) });
    expect(openings(early, '2026-03-08T12:00Z')).to.deep.equal([['2026-03-08T07:00', '2026-03-08T14:00']]);
  });

  it('does not open for a span that clocks skip altogether', () => {
    const short = centre('America/New_York', { from: hour(2, 15), to: hour(2, 45) });
    expect(openings(short, '2026-03-08T12:00Z')).to.deep.equal([]);
  });

  it('opens once, an hour longer, when clocks show its opening time twice', () => {
    const early = centre('America/New_York', { from: hour(1, 30), to: hour(2, 30) });
    expect(openings(early, '2026-11-01T12:00Z')).to.deep.equal([['2026-11-01T05:30', '2026-11-01T07:30']]);
    expect(isOpen(early, at('2026-11-01T06:15Z')), '01:15 for the second time').to.be.true;
  });

  it('closes once when clocks show its closing time twice', () => {
    const late = centre('America/New_York', { from: hour(18), to: hour(1, 30) });
    expect(openings(late, '2026-10-31T12:00Z')).to.deep.equal([['2026-10-31T22:00', '2026-11-01T05:30']]);
    expect(isOpen(late, at('2026-11-01T06:15Z'))).to.be.false;
  });

  it('opens at one where the change skips midnight', () => {
    const havana = centre('America/Sao_Paulo', { from: 0, to: hour(8) });
    expect(openings(havana, '2018-11-04T12:00Z')).to.deep.equal([['2018-11-04T03:00', '2018-11-04T10:00']]);
  });

  it('closes in time when clocks change late on the evening after it opened', () => {
    // Nuuk changes together with Europe, at ten on Saturday evening.
    const nearlyAlways = centre('America/Nuuk', { from: hour(23, 45), to: hour(23, 30) });
    expect(openings(nearlyAlways, '2019-03-29T12:00Z')).to.deep.equal([['2019-03-30T02:45', '2019-03-31T01:30']]);
  });

  it('goes on with today although clocks show yesterday once more', () => {
    // St John's put its clocks back at one minute past midnight until 2011.
    const newfoundland = centre('America/St_Johns', { from: 0, to: hour(1) });
    expect(openings(newfoundland, '2010-11-07T12:00Z')).to.deep.equal([['2010-11-07T02:30', '2010-11-07T04:30']]);
    expect(isOpen(newfoundland, at('2010-11-07T03:00Z')), '23:30 on Saturday, for the second time').to.be.true;
  });

  it('never opens on the day that Samoa left out', () => {
    const samoa = centre('Pacific/Apia', { from: hour(9), to: hour(17) });
    const days = hoursAhead(samoa, at('2011-12-29T22:00Z'), 3);
    expect(days.map(({ date, openings: open }) => [date, open.length])).to.deep.equal([
      ['2011-12-29', 1],
      ['2011-12-30', 0],
      ['2011-12-31', 1],
    ]);
  });

  it('keeps the half hour of Lord Howe and the three quarters of Kathmandu', () => {
    expect(openings(centre('Australia/Lord_Howe', { from: hour(1), to: hour(3) }), '2026-10-03T20:00Z')).to.deep.equal([
      ['2026-10-03T14:30', '2026-10-03T16:00'],
    ]);
    expect(openings(centre('Asia/Kathmandu', { from: hour(9), to: hour(10) }), '2026-01-05T06:00Z')).to.deep.equal([
      ['2026-01-05T03:15', '2026-01-05T04:15'],
    ]);
  });
});

describe('the next opening', () => {
  it('is now while the centre is open', () => {
    const noon = at('2026-01-05T12:00Z');
    expect(nextOpening(berlin, noon)).to.equal(noon);
  });

  it('is nine the next morning when a caller comes in the evening, and today for one who comes too early', () => {
    expect(inUtc(nextOpening(berlin, at('2026-01-05T18:00Z')))).to.equal('2026-01-06T08:00');
    expect(inUtc(nextOpening(berlin, at('2026-01-05T16:00Z')))).to.equal('2026-01-06T08:00');
    expect(inUtc(nextOpening(berlin, at('2026-01-06T03:00Z')))).to.equal('2026-01-06T08:00');
  });

  it('is still the night shift that began yesterday', () => {
    const three = at('2026-01-05T03:00Z');
    expect(nextOpening(centre('UTC', { from: hour(22), to: hour(6) }), three)).to.equal(three);
  });

  it('passes over weekends and holidays', () => {
    const weekdays: OpeningHours = {
      ...berlin,
      hours: [...berlin.hours.slice(0, 5), [], []] as unknown as OpeningHours['hours'],
      holidays: [{ date: '2026-01-12', label: 'Stocktaking', hours: [] }],
    };
    expect(inUtc(nextOpening(weekdays, at('2026-01-09T17:00Z')))).to.equal('2026-01-13T08:00');
  });

  it('may be a single day months ahead, or never', () => {
    const closed = centre('UTC');
    const fair = { date: '2026-11-30', label: 'Fair', hours: [{ from: hour(10), to: hour(11) }] };
    expect(nextOpening(closed, at('2026-01-05T12:00Z'))).to.be.undefined;
    expect(inUtc(nextOpening({ ...closed, holidays: [fair] }, at('2026-01-05T12:00Z')))).to.equal('2026-11-30T10:00');
  });
});

describe('the preview of hours', () => {
  it('shows fourteen days with their holidays', () => {
    const days = hoursAhead(
      { ...berlin, holidays: [{ date: '2026-01-06', label: 'Epiphany', hours: [] }] },
      at('2026-01-05T23:30Z'),
    );
    expect(days).to.have.length(14);
    expect(days[0]).to.deep.equal({ date: '2026-01-06', holiday: 'Epiphany', openings: [] });
    expect(days[1]).to.deep.equal({
      date: '2026-01-07',
      openings: [{ from: at('2026-01-07T08:00Z'), until: at('2026-01-07T16:00Z') }],
    });
  });
});

describe('a time zone', () => {
  it('is a name of the IANA data base', () => {
    const known = ['America/Aruba', 'UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires'];
    expect(known.filter(isZone)).to.deep.equal(known);
    expect(['', 'Mars/Olympus', '+05:00', 'GMT+1:00', 'Europe/Berlin\n', '../etc'].filter(isZone)).to.deep.equal([]);
  });
});
