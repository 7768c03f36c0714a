import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';

const clockFile = fileURLToPath(import.meta.resolve('#adapters/clock/system.clock.js'));

describe("the machine's clock", () => {
  it('tells whole milliseconds since 1970', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).to.be.within(before, Date.now());
    expect(Number.isInteger(now)).to.equal(true);
  });

  it('knows how much time has passed, by something that nobody can set', () => {
    const readings = Array.from({ length: 1_000 }, () => systemClock.elapsed());
    expect(readings).to.deep.equal([...readings].sort((a, b) => a - b));
    expect(Math.abs(systemClock.elapsed() - performance.now())).to.be.below(1_000);
  });

  it('calls when the time has come, not before', async () => {
    const asked = performance.now();
    await new Promise<void>((resolve) => {
      systemClock.schedule(20, resolve);
      setTimeout(() => undefined, 100);
    });
    expect(performance.now() - asked).to.be.at.least(19);
  });

  it('does not call whoever has cancelled', async () => {
    const called: string[] = [];
    systemClock.schedule(5, () => called.push('cancelled'))();
    await new Promise<void>((resolve) => {
      systemClock.schedule(10, resolve);
      setTimeout(() => undefined, 100);
    });
    expect(called).to.deep.equal([]);
  });

  it('does not call at once for a lease that ends in two months', async () => {
    const called: string[] = [];
    const cancel = systemClock.schedule(60 * 24 * 3_600_000, () => called.push('too early'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    cancel();
    expect(called).to.deep.equal([]);
  });

  it('keeps no process alive that has nothing else to do', () => {
    const program = `import { systemClock } from ${JSON.stringify(clockFile)}; systemClock.schedule(3_600_000, () => {});`;
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { timeout: 8000 });
    expect(run.status).to.equal(0);
  });
});
