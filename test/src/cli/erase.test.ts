import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { erase, type EraseOptions } from '#src/cli/erase.js';
import { freshDirectory } from '#test/support/fresh-directory.js';

type Heard = Readonly<{ url: string; authorization: string; body: unknown }>;

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

describe('an operator who erases somebody in the terminal', () => {
  const directory = freshDirectory();
  let server: Server;
  let answer: Readonly<{ status: number; body: string }>;
  let heard: Heard[];
  let url = '';
  let said: string[];
  beforeEach(async () => {
    heard = [];
    said = [];
    answer = { status: 404, body: '{"title":"Nothing is known of this person"}' };
    server = createServer((request, response) => {
      void textOf(request).then((text) => {
        const { url: path = '', headers } = request;
        heard.push({ url: path, authorization: headers.authorization ?? '', body: JSON.parse(text) });
        response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const terminal = {
    print: (line: string): void => void said.push(line),
    complain: (line: string): void => void said.push(`! ${line}`),
  };
  const run = (whom: string | undefined, more: Partial<EraseOptions> = {}): Promise<number> =>
    erase(whom, { data: directory.path, server: url, apiKey: 'key', ...more }, terminal);

  const erasure = {
    erasureId: 'erasure-acme.e1',
    subjects: ['contact-acme.mary', 'contact-acme.john'],
    receipts: [{ subject: 'contact-acme.mary', position: 17, destroyedAt: Date.UTC(2026, 10, 20) }],
    completed: false,
  };

  it('sees the receipts, and that it goes on', async () => {
    answer = { status: 202, body: JSON.stringify(erasure) };
    expect(await run('C-1', { merchant: 'acme' })).to.equal(0);
    expect(said).to.deep.equal([
      'contact-acme.mary: key destroyed at 2026-11-20T00:00:00.000Z, receipt at position 17',
      '1 of 2 keys destroyed so far; the erasure erasure-acme.e1 goes on by itself.',
    ]);
    const [asked] = heard;
    expect(asked).to.deep.equal({
      url: '/v1/merchants/acme/erasures',
      authorization: 'Bearer key',
      body: { customerRef: 'C-1' },
    });
  });

  it('sees that it is done', async () => {
    answer = { status: 200, body: JSON.stringify({ ...erasure, completed: true }) };
    expect(await run('contact-acme.mary')).to.equal(0);
    expect(said.at(-1)).to.equal('2 erased. The receipts are events of erasure-acme.e1.');
    expect(heard[0]).to.deep.include({ url: '/v1/merchants/acme/erasures', body: { subject: 'contact-acme.mary' } });
  });

  it('hears why nobody is erased', async () => {
    expect(await run('C-1')).to.equal(1);
    answer = { status: 502, body: '<html>' };
    expect(await run('C-1')).to.equal(1);
    expect(said).to.deep.equal([
      '! C-1: Nothing is known of this person',
      '! C-1: the server answered with status 502',
    ]);
    expect(await run('C-1', { server: 'http://127.0.0.1:1' })).to.equal(1);
    expect(said.at(-1)).to.include('cannot be reached');
  });

  it('is asked whom, and by whose key; the demo of this machine knows its own', async () => {
    expect(await run(undefined)).to.equal(2);
    expect(await run('C-1', { apiKey: undefined })).to.equal(2);
    expect(heard).to.deep.equal([]);
    const demo = { merchant: 'palm-pier', apiKey: 'demo-key', logIns: [] };
    await writeFile(join(directory.path, 'demo-log-ins.json'), JSON.stringify(demo));
    expect(await run('C-1', { apiKey: undefined })).to.equal(1);
    expect(heard.map(({ authorization }) => authorization)).to.deep.equal(['Bearer demo-key']);
    expect(await run('C-1', { apiKey: undefined, merchant: 'acme' })).to.equal(2);
  });
});
