import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { OperationResult } from '#adapters/customer-records/tn3270/map/mapped-session.js';
import { ScreenMapFailure } from '#adapters/customer-records/tn3270/map/screen-map-failure.js';
import { type PoolFailure } from '#adapters/customer-records/tn3270/pool/pool-failure.js';
import {
  sessionPool,
  type PoolSettings,
  type PooledSession,
  type SessionPool,
} from '#adapters/customer-records/tn3270/pool/session-pool.js';
import { TerminalFailure } from '#adapters/customer-records/tn3270/terminal/terminal-failure.js';
import { fakeClock } from '#test/support/fake-clock.js';

const result = (screen: string): OperationResult => ({ screen, values: {} });
const refusedByHost = new ScreenMapFailure('application', 'the host said log-on-refused on log-on', {
  code: 'log-on-refused',
  retry: false,
});
const notFound = new ScreenMapFailure('application', 'the host said not-found', { code: 'not-found', retry: false });
const lost = new TerminalFailure('not-connected', 'the host has closed the connection');
const faultOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'none',
    (error: unknown) => (error as PoolFailure).fault,
  );
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A host whose sessions do what the test says; operations end when they are told to. */
const scriptedHost = () => {
  const opened: (string | undefined)[] = [];
  const running: Readonly<{ session: number; operation: string; end: (failure?: Error) => void }>[] = [];
  const closed: number[] = [];
  const script = { open: undefined as Error | undefined, park: undefined as Error | undefined, touches: 0 };
  const open = async (lu: string | undefined): Promise<PooledSession> => {
    if (script.open) throw script.open;
    const session = opened.push(lu);
    return {
      run: (operation) =>
        new Promise((resolve, reject) => {
          running.push({
            session,
            operation,
            end: (failure) => {
              if (failure) reject(failure);
              else resolve(result(`${session}:${operation}`));
            },
          });
        }),
      park: async () => {
        if (script.park) throw script.park;
      },
      touch: async () => {
        script.touches += 1;
        if (script.park) throw script.park;
      },
      close: async () => void closed.push(session),
    };
  };
  return { open, opened, running, closed, script };
};

describe('the sessions at a mainframe', () => {
  const clock = fakeClock();
  let pool: SessionPool;
  afterEach(() => pool.close());

  const poolAt = (host: ReturnType<typeof scriptedHost>, settings: Partial<PoolSettings> = {}): void => {
    const usual = { size: 2, logicalUnits: [], logOnsAtOnce: 10, touchEvery: 60_000, reconnectAfter: 5_000 };
    pool = sessionPool({ clock, open: host.open, ...usual, ...settings });
  };

  it('are opened when they are needed, and no more than that', async () => {
    const host = scriptedHost();
    poolAt(host);
    expect(pool.state().open).to.equal(0);
    const first = pool.run('lookup', {}, 1_000);
    await turns();
    host.running[0]?.end();
    expect(await first).to.deep.equal(result('1:lookup'));
    await turns();
    const second = pool.run('again', {}, 1_000);
    await turns();
    host.running[1]?.end();
    expect(await second, 'the same session').to.deep.equal(result('1:again'));
    expect(host.opened).to.have.length(1);
  });

  it('are shared by those who wait, in their order, and one at a time', async () => {
    const host = scriptedHost();
    poolAt(host);
    const asked = ['a', 'b', 'c', 'd'].map((name) => pool.run(name, {}, 1_000));
    await turns();
    expect(host.running.map(({ operation }) => operation)).to.deep.equal(['a', 'b']);
    expect(pool.state()).to.include({ open: 2, idle: 0, waiting: 2 });
    host.running[1]?.end();
    await turns();
    host.running[0]?.end();
    await turns();
    expect(host.running.map(({ session, operation }) => [session, operation])).to.deep.equal([
      [1, 'a'],
      [2, 'b'],
      [2, 'c'],
      [1, 'd'],
    ]);
    for (const { end } of host.running) end();
    expect((await Promise.all(asked)).map(({ screen }) => screen)).to.deep.equal(['1:a', '2:b', '2:c', '1:d']);
  });

  it('are waited for no longer than somebody said', async () => {
    const host = scriptedHost();
    poolAt(host, { size: 1 });
    const first = pool.run('a', {}, 1_000);
    const second = faultOf(pool.run('b', {}, 500));
    await turns();
    clock.advance(500);
    expect(await second).to.equal('busy');
    host.running[0]?.end();
    expect((await first).screen).to.equal('1:a');
    expect(host.running, 'what nobody waits for is not done').to.have.length(1);
  });

  it('stay as good as they were when the application says no', async () => {
    const host = scriptedHost();
    poolAt(host);
    const asked = faultOf(pool.run('a', {}, 1_000));
    await turns();
    host.running[0]?.end(notFound);
    expect(await asked).to.equal('application');
    await turns();
    expect(pool.state()).to.include({ open: 1, idle: 1, recycled: 0 });
  });

  it('are given up on any doubt, and replaced for whoever waits', async () => {
    const host = scriptedHost();
    poolAt(host, { size: 1 });
    const doubtful = new ScreenMapFailure('in-doubt', 'it is not known what came of it');
    for (const failure of [lost, doubtful, new ScreenMapFailure('lost', 'where?')]) {
      const before = host.running.length;
      const first = faultOf(pool.run('a', {}, 1_000));
      const second = pool.run('b', {}, 1_000);
      await turns();
      host.running[before]?.end(failure);
      expect(await first).to.equal(failure.fault);
      await turns();
      host.running[before + 1]?.end();
      await second;
      await turns();
    }
    expect(host.closed).to.deep.equal([1, 2, 3]);
    expect(pool.state()).to.include({ open: 1, idle: 1, recycled: 3 });
  });

  it('are given up when the way back is not found, though the answer counts', async () => {
    const host = scriptedHost();
    poolAt(host);
    const asked = pool.run('a', {}, 1_000);
    await turns();
    host.script.park = lost;
    host.running[0]?.end();
    expect((await asked).screen).to.equal('1:a');
    await turns();
    expect(pool.state()).to.include({ open: 0, recycled: 1 });
  });

  it('log on with a wrong password once, and not again before somebody has looked', async () => {
    const host = scriptedHost();
    poolAt(host, { logOnsAtOnce: 1 });
    host.script.open = refusedByHost;
    expect(await Promise.all([faultOf(pool.run('a', {}, 1_000)), faultOf(pool.run('b', {}, 1_000))])).to.deep.equal([
      'log-on-refused',
      'log-on-refused',
    ]);
    host.script.open = undefined;
    clock.advance(3_600_000);
    expect(await faultOf(pool.run('c', {}, 1_000)), 'an hour later').to.equal('log-on-refused');
    expect(pool.state().logOnRefused).to.equal(true);
    expect(host.opened).to.deep.equal([]);
    pool.retryLogOn();
    const asked = pool.run('d', {}, 1_000);
    await turns();
    host.running[0]?.end();
    expect((await asked).screen).to.equal('1:d');
  });

  it('do not storm a host that is away', async () => {
    const host = scriptedHost();
    poolAt(host);
    host.script.open = lost;
    expect(await faultOf(pool.run('a', {}, 1_000))).to.equal('unreachable');
    host.script.open = undefined;
    expect(await faultOf(pool.run('b', {}, 1_000)), 'a moment later').to.equal('unreachable');
    clock.advance(5_000);
    const asked = pool.run('c', {}, 1_000);
    await turns();
    host.running[0]?.end();
    expect((await asked).screen).to.equal('1:c');
  });

  it('log on a few at a time', async () => {
    const host = scriptedHost();
    let letIn: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (letIn = resolve));
    poolAt(host, {
      size: 10,
      logOnsAtOnce: 3,
      open: async (lu) => {
        await slow;
        return host.open(lu);
      },
    });
    const asked = Array.from({ length: 8 }, (_, nth) => pool.run(String(nth), {}, 1_000));
    await turns();
    expect(pool.state()).to.include({ opening: 3, open: 0, waiting: 8 });
    letIn();
    for (let round = 0; round < 8; round += 1) {
      await turns();
      host.running[round]?.end();
    }
    expect((await Promise.all(asked)).length).to.equal(8);
  });

  it('have each a logical unit of their own, which comes back when they go', async () => {
    const host = scriptedHost();
    poolAt(host, { size: 5, logicalUnits: ['LU1', 'LU2'] });
    const asked = ['a', 'b', 'c'].map((name) => faultOf(pool.run(name, {}, 1_000)));
    await turns();
    expect(host.opened).to.deep.equal(['LU1', 'LU2']);
    host.running[0]?.end(lost);
    await turns();
    expect(host.opened).to.deep.equal(['LU1', 'LU2', 'LU1']);
    for (const { end } of host.running) end();
    expect(await Promise.all(asked)).to.deep.equal(['not-connected', 'none', 'none']);
  });

  it('are kept alive while nobody needs them; one that has died meanwhile is nobody’s trouble', async () => {
    const host = scriptedHost();
    poolAt(host);
    const asked = pool.run('a', {}, 1_000);
    await turns();
    host.running[0]?.end();
    await asked;
    await turns();
    clock.advance(60_000);
    await turns();
    expect([host.script.touches, pool.state().idle]).to.deep.equal([1, 1]);
    host.script.park = lost;
    clock.advance(60_000);
    await turns();
    expect(pool.state()).to.include({ open: 0, recycled: 1 });
  });

  it('are all closed in the end, and whoever still waits is told', async () => {
    const host = scriptedHost();
    poolAt(host, { size: 1 });
    const [first, second] = [faultOf(pool.run('a', {}, 1_000)), faultOf(pool.run('b', {}, 1_000))];
    await turns();
    await pool.close();
    expect(await second).to.equal('closed');
    host.running[0]?.end(lost);
    expect(await first).to.equal('not-connected');
    expect(host.closed).to.deep.equal([1]);
    expect(await faultOf(pool.run('c', {}, 1_000))).to.equal('closed');
    expect(clock.waiting(), 'no timer is left').to.equal(0);
  });
});
