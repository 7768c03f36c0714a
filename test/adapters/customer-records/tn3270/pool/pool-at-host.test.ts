import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { demoMainframe } from '#adapters/customer-records/tn3270/demo/demo-mainframe.js';
import type { Guest } from '#adapters/customer-records/tn3270/demo/reservations.screens.js';
import { loadScreenMap } from '#adapters/customer-records/tn3270/map/load-screen-map.js';
import { openLoggedOn } from '#adapters/customer-records/tn3270/pool/logged-on-session.js';
import { sessionPool } from '#adapters/customer-records/tn3270/pool/session-pool.js';
import { projectRoot } from '#test/architecture/project.js';
import { skipWithout } from '#test/support/outside-service.js';
import { emulator, missingEmulator } from '#test/support/tn3270/s3270.js';

const map = loadScreenMap(readFileSync(join(projectRoot, 'config/opening-data/demo-mainframe.yaml'), 'utf8'));
const logOn = { user: 'AGENT1', password: 'canary77' };
const guests = new Map(
  Array.from({ length: 100 }, (_, index): [string, Guest] => {
    const account = String(10_000 + index);
    const [name, phone, city, lastOrder] = [`GUEST ${index}`, String(5_550_000 + index), 'ORANJESTAD', 'SANDBAR 38'];
    return [account, { account, name, phone, city, lastOrder, status: 'ACTIVE', remark: '' }];
  }),
);

describe('many who ask a mainframe at once', () => {
  before(function () {
    skipWithout(this, missingEmulator());
  });

  it('share a few sessions, and each gets the right answer, on a host at its nastiest', async () => {
    const host = demoMainframe({ users: new Map([[logOn.user, logOn.password]]), guests, nasty: true });
    const port = await host.listen(0, '127.0.0.1');
    const here = { ...map, host: { ...map.host, port } };
    const pool = sessionPool({
      clock: systemClock,
      open: (lu) => openLoggedOn({ emulator, map: here, logOn }, lu),
      ...{ size: 6, logicalUnits: [], logOnsAtOnce: 3, touchEvery: 60_000, reconnectAfter: 1_000 },
    });
    try {
      const asked = Array.from({ length: 90 }, async (_, index) => {
        const phone = String(5_550_000 + index);
        const { values } = await pool.run('lookup', { phone }, 30_000);
        return [phone, values['phone'], values['name']];
      });
      const wrong = (await Promise.all(asked)).filter(
        ([phone, told, name]) => phone !== told || name !== `GUEST ${Number(phone) - 5_550_000}`,
      );
      expect(wrong).to.deep.equal([]);
      expect(pool.state()).to.include({ recycled: 0, logOnRefused: false });
      expect(pool.state().open).to.be.within(1, 6);
    } finally {
      await pool.close();
      await host.close();
    }
  }).timeout(60_000);
});
