import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startProduct, type Product } from '#test/support/product.js';

type Health = Readonly<{ ready: boolean; position: number }>;

describe('the product and its snapshots', function () {
  this.timeout(120_000);
  let product: Product;
  const directory = (): string => join(product.data, 'snapshots');
  const kept = async (): Promise<readonly string[]> => (await readdir(directory())).sort();
  const health = async (): Promise<Health> => (await (await fetch(`${product.url}/healthz`)).json()) as Health;
  let clicks = 0;
  /** A customer clicks, and goes away again: the whole of a short call. */
  const click = async (): Promise<void> => {
    clicks += 1;
    const answer = await fetch(`${product.url}/v1/clicks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: product.shopUrl },
      body: JSON.stringify({
        clickKey: `snapshots-test-${clicks}`,
        icon: { link: 'link-palm-pier.shoes' },
        origin: product.shopUrl,
        context: { page: { url: `${product.shopUrl}/`, title: 'Shop', at: Date.now() } },
      }),
    });
    expect(answer.status, await answer.clone().text()).to.equal(201);
  };
  const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    const patience = Date.now() + 60_000;
    while (!(await holds())) {
      if (Date.now() > patience) throw new Error(`waited in vain until ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  /** So many calls that snapshots have been taken. */
  const manyCalls = async (): Promise<void> => {
    const { position } = await health();
    for (let call = 0; call < 40; call += 1) await click();
    await until('the calls are under way', async () => (await health()).position > position + 300);
  };
  beforeEach(async () => {
    product = await startProduct({ TRUNKLINE_SNAPSHOT_EVERY: '100', TRUNKLINE_CUSTOMER_GONE_AFTER: '500' });
  });
  afterEach(async () => {
    await product.stop();
    await product.remove();
  });

  it('keeps two while it runs, and goes on from one after it was killed', async () => {
    await manyCalls();
    await until('there are two', async () => (await kept()).filter((name) => name.endsWith('.snapshot')).length === 2);
    await product.kill();
    await product.startAgain();
    expect((await health()).ready).to.equal(true);
    await manyCalls();
  });

  it('goes on when all that it has kept is damaged, of another place, half written or gone', async () => {
    await manyCalls();
    await product.stop();
    const [first = '', second = ''] = await kept();
    const whole = await readFile(join(directory(), second));
    await copyFile(join(directory(), first), join(directory(), '999999.snapshot'));
    await writeFile(join(directory(), first), whole.fill(7, 100, 120));
    await writeFile(join(directory(), second), whole.subarray(0, 200));
    await writeFile(join(directory(), '77.snapshot.draft'), 'half');
    await product.startAgain();
    expect((await health()).ready).to.equal(true);
    await manyCalls();
  });
});
