import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { simulate } from '#src/cli/simulate.js';
import { startProduct, type Product } from '#test/support/product.js';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));

/** `  lost                0` → 0 */
const counted = (said: readonly string[], what: string): number => {
  const line = said.find((each) => each.trimStart().startsWith(what));
  return Number(/(\d+)/.exec(line?.slice(line.indexOf(what) + what.length) ?? '')?.[1] ?? NaN);
};

describe('a load of customers and agents against the product in its own process', function () {
  this.timeout(120_000);
  let product: Product;
  before(async () => {
    product = await startProduct();
  });
  after(async () => {
    await product.stop();
    await product.remove();
  });

  it('loses no call and pops no wrong customer, whatever agents and customers do', async () => {
    const said: string[] = [];
    const complaints: string[] = [];
    const code = await simulate(
      {
        server: product.url,
        data: product.data,
        'calls-per-second': '5',
        duration: '5',
        agents: '20',
        mix: 'transferred=0.3,conferenced=0.1,updates=5,keyed=0.5,abandoned=0.05,talk=1.5',
      },
      { print: (line) => void said.push(line), complain: (line) => void complaints.push(line) },
    );
    expect(complaints).to.deep.equal([]);
    expect(code, said.join('\n')).to.equal(0);
    expect(counted(said, 'lost')).to.equal(0);
    expect(counted(said, 'wrong pops')).to.equal(0);
    expect(counted(said, 'failed')).to.equal(0);
    const popped = counted(said, 'popped and over');
    expect(popped + counted(said, 'given up')).to.equal(counted(said, 'Calls'));
    expect(popped).to.be.greaterThan(10);
  });

  it('is stopped in good order by ctrl-C: customers hang up, agents go home', async () => {
    const options = ['--server', product.url, '--data', product.data, '--duration', '600', '--agents', '5'];
    const load = spawn(process.execPath, [cli, 'simulate', ...options, '--calls-per-second', '2']);
    const said: string[] = [];
    let interrupted = false;
    load.stdout.on('data', (chunk: Buffer) => {
      said.push(...chunk.toString().split('\n'));
      if (!interrupted && said.some((line) => /popped [1-9]/.test(line))) interrupted = load.kill('SIGINT');
    });
    const code = await new Promise((resolve) => load.once('exit', resolve));
    expect(code, said.join('\n')).to.equal(0);
    expect(said.join('\n')).to.include('agents go home');

    const { apiKey } = await product.access();
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await fetch(`${product.url}/v1/merchants/palm-pier/agents`, { headers });
    const { agents } = (await response.json()) as { agents: { loginName: string; state: string }[] };
    const robots = agents.filter(({ loginName }) => loginName.startsWith('robot-'));
    expect(robots).to.have.length(20);
    expect(new Set(robots.map(({ state }) => state))).to.deep.equal(new Set(['logged-off']));
  });
});
