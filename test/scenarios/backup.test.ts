import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { callInProgress, until, watchScreens, type Screens } from '#test/support/live-call.js';
import { startProduct, type Product } from '#test/support/product.js';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));

type Ran = Readonly<{ code: number; said: string; complained: string }>;

const trunkline = (...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], (error, said, complained) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said, complained });
    });
  });

describe('a product that is backed up in mid-call', function () {
  this.timeout(90_000);
  let product: Product;
  let screens: Awaited<ReturnType<typeof callInProgress>>;
  let backup: string;
  let elsewhere: string;
  let heads: readonly string[];

  before(async () => {
    product = await startProduct();
    screens = await callInProgress(product);
    [backup, elsewhere] = [`${product.data}.backup`, `${product.data}.restored`];
  });
  after(async () => {
    screens.close();
    await product.stop();
    await product.remove();
    for (const each of [backup, `${backup}.keys`, elsewhere]) await rm(each, { recursive: true, force: true });
  });

  it('has a log with nothing wrong, and tells its heads', async () => {
    const { code, said } = await trunkline('verify', '--data', product.data);
    expect(said).to.match(/^Nothing is wrong with the log in .*: \d+ events/);
    expect(code).to.equal(0);
    heads = said.split('\n').filter((line) => /=[0-9a-f]{64}$/.test(line));
    expect(heads.map((line) => line.trim().split('=')[0])).to.deep.equal(['palm-pier', 'platform']);
  });

  it('goes on elsewhere with the same screens, the same log-ins, and what was acknowledged before', async () => {
    const [desktop, window] = [screens.agent.last(), screens.customer.last()];
    const made = await trunkline('backup', backup, '--data', product.data);
    expect([made.code, made.complained]).to.deep.equal([0, '']);
    await product.kill();

    const restored = await trunkline('restore', backup, '--data', elsewhere, '--keys', `${backup}.keys`);
    expect([restored.code, restored.complained]).to.deep.equal([0, '']);
    const expected = heads.flatMap((head) => ['--expect', head.trim()]);
    expect((await trunkline('verify', '--data', elsewhere, ...expected)).code).to.equal(0);

    const other = await startProduct({
      TRUNKLINE_DATA: elsewhere,
      TRUNKLINE_SHOP_PORT: new URL(product.shopUrl).port,
    });
    const there: Screens = watchScreens(other.url, screens.tokens);
    await until('the screens are there', () => there.agent.last() !== undefined && there.customer.last() !== undefined);
    expect(there.agent.last()).to.deep.equal(desktop);
    expect(there.customer.last()).to.deep.equal(window);
    await there.ask({ type: 'clear' });
    await until('the customer is told', () => there.customer.last()?.state === 'ended');
    there.close();
    expect(await other.stop()).to.equal(0);
    await other.remove();
    await product.startAgain();
  });

  it('is told the first bad event when somebody has changed its log', async () => {
    await product.stop();
    const log = join(elsewhere, 'events.db');
    const bytes = await readFile(log, 'latin1');
    await writeFile(log, bytes.replaceAll('"occurredAt":1', '"occurredAt":2'), 'latin1');
    const { code, said } = await trunkline('verify', '--data', elsewhere);
    expect(code).to.equal(1);
    const named = /then:\n {2}(position 1, [a-z]+-[^ ]+, \w+, it is not what was sealed here.*)/.exec(said)?.[1];
    expect(named, said).to.be.a('string');
    const refused = await trunkline('backup', `${backup}.2`, '--data', elsewhere);
    expect([refused.code, existsSync(`${backup}.2`)]).to.deep.equal([1, false]);
    expect(refused.complained).to.match(
      /the log is damaged, and so would be its backup: position 1: it is not what was sealed/,
    );
    await product.startAgain();
  });

  it('is asked in words for what is missing', async () => {
    for (const [words, ...args] of [
      ['Into which file', 'backup'],
      ['From which file', 'restore'],
      ['go into a file --keys apart', 'backup', 'x', '--keys', 'somewhere'],
      ['written as verify prints it', 'verify', '--expect', 'palm-pier=abc'],
      ['there is no file', 'verify', '--data', `${elsewhere}/nowhere`],
      ['is not empty', 'restore', backup, '--data', elsewhere],
    ] as const) {
      const { code, complained } = await trunkline(...args);
      expect([code, complained.includes(words)], complained).to.deep.equal([2, true]);
    }
  });
});
