import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { simulate } from '#src/cli/simulate.js';

const run = async (flags: Readonly<Record<string, string>>) => {
  const said: string[] = [];
  const complaints: string[] = [];
  const code = await simulate(flags, {
    print: (line) => void said.push(line),
    complain: (line) => void complaints.push(line),
  });
  return { code, said, complaints };
};

describe('a simulated load that cannot begin', () => {
  let data: string;
  let server: Server;
  let url: string;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'trunkline-simulate-'));
    await writeFile(join(data, 'demo-log-ins.json'), JSON.stringify({ merchant: 'palm-pier', apiKey: 'of-the-demo' }));
    server = createServer((request, response) => {
      const known = request.headers.authorization === 'Bearer of-the-demo';
      const problem = known ? { code: 'rate-limited', title: 'Too much at once' } : { code: 'not-found', title: 'No' };
      response.statusCode = known ? 429 : 404;
      response.end(JSON.stringify(problem));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.close();
    await rm(data, { recursive: true });
  });

  it('says what is wrong with its flags', async () => {
    const { code, complaints } = await run({ agents: 'many' });
    expect(code).to.equal(2);
    expect(complaints).to.have.length(1);
  });

  it('asks for a key where no demo has left one', async () => {
    const { code, complaints } = await run({ data: join(data, 'elsewhere') });
    expect(code).to.equal(2);
    expect(complaints[0]).to.include('--api-key');
    expect((await run({ data, merchant: 'acme' })).complaints[0], 'a key is one merchant’s').to.include('--api-key');
  });

  it('uses the demo’s key, and says what to do when the server will not take so much', async () => {
    const { code, complaints } = await run({ data, server: url });
    expect(code).to.equal(1);
    expect(complaints.join(' ')).to.include('Too much at once').and.to.include('signInsPerMinute');
  });

  it('says so when the key or the merchant is another’s', async () => {
    const { code, complaints } = await run({ data, server: url, 'api-key': 'of-somebody-else' });
    expect(code).to.equal(1);
    expect(complaints.join(' ')).to.include('Is it the right merchant');
  });

  it('says so when nothing answers', async () => {
    const { code, complaints } = await run({ data, server: 'http://127.0.0.1:1' });
    expect(code).to.equal(1);
    expect(complaints.join(' ')).to.include('cannot be reached').and.to.include('--server');
  });
});
