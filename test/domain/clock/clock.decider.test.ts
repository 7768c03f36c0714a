import { describe, it } from 'mocha';
import { clockDecider } from '#domain/clock/clock.decider.js';
import { wallClock } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';

const given = scenarioFor(clockDecider);
const step = (before: number, by: number) => ({ by, before: instant(before), after: instant(before + by) });
const report = (data: ReturnType<typeof step>) =>
  ({ type: 'ReportClockStepped', target: wallClock, at: data.after, data }) as const;

describe('the clock of the call service', () => {
  for (const [way, by] of [
    ['back', -700],
    ['forward', 700],
  ] as const) {
    it(`is put ${way} by an operator, and that is written down`, () => {
      given()
        .when(report(step(5_000, by)))
        .thenHappened({ type: 'ClockStepped', data: step(5_000, by) });
    });
  }

  it('is put back again before it is right again: those times are in doubt already', () => {
    given({ type: 'ClockStepped', data: step(5_000, -3_000) })
      .when(report(step(6_900, -1_100)))
      .thenNothing();
  });

  it('is put back again later: more times are in doubt', () => {
    given({ type: 'ClockStepped', data: step(5_000, -3_000) })
      .when(report(step(6_901, -1_100)))
      .thenHappened({ type: 'ClockStepped', data: step(6_901, -1_100) });
  });
});
