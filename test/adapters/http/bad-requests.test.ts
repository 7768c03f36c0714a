import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { acme, serveEdge, type Answer, type ServedEdge } from '#test/support/served-edge.js';

const click = { clickKey: 'click-0001', icon: { merchant: 'acme' }, origin: 'https://acme.example', context: {} };
const json = { 'content-type': 'application/json' };

/** What comes back for bytes that no client of good manners would send. */
const raw = (url: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.end(text));
    let heard = '';
    socket.on('data', (bytes) => (heard += bytes.toString()));
    socket.on('close', () => {
      resolve(heard);
    });
    socket.on('error', reject);
  });

describe('a request that is not in order', () => {
  let edge: ServedEdge;
  beforeEach(async () => {
    edge = await serveEdge();
  });
  afterEach(() => edge.close());

  const post = (body: string | Uint8Array, headers: Record<string, string> = json): Promise<Answer> =>
    edge.ask('/v1/clicks', { method: 'POST', body, headers });
  const problem = ({ status, json: told, headers }: Answer): readonly unknown[] => {
    expect(headers.get('content-type')).to.equal('application/problem+json; charset=utf-8');
    expect(told).to.have.keys('type', 'title', 'status', 'code', ...('detail' in (told as object) ? ['detail'] : []));
    expect(told).to.include({ status });
    return [status, (told as { code: string }).code];
  };
  const fine = async () => expect((await edge.ask('/healthz')).status).to.equal(200);

  it('with a megabyte of body is refused before it is read, and the server goes on', async () => {
    const big = JSON.stringify({ ...click, clickKey: 'x'.repeat(1_000_000) });
    expect(problem(await post(big))).to.deep.equal([413, 'body-too-large']);
    expect(edge.desks.seen.clicks).to.deep.equal([]);
    await fine();
  });

  it('with a megabyte that does not say how long it will be is refused, too', async () => {
    const status = await new Promise<number | undefined>((resolve) => {
      const sent = httpRequest(`${edge.url}/v1/clicks`, { method: 'POST', headers: json }, (response) => {
        resolve(response.statusCode);
        response.resume();
      });
      sent.on('error', () => undefined);
      for (let chunk = 0; chunk < 100; chunk += 1) sent.write('x'.repeat(10_000));
      sent.end();
    });
    expect(status).to.equal(413);
    await fine();
  });

  it('with a bomb in a small packet is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000, 32));
    expect(bomb.length).to.be.below(64 * 1024);
    expect(problem(await post(bomb, { ...json, 'content-encoding': 'gzip' }))).to.deep.equal([
      415,
      'unsupported-media-type',
    ]);
  });

  it('that would change what all objects have in common is refused, however deep it hides', async () => {
    for (const body of [
      '{"__proto__":{"admin":true}}',
      '{"constructor":{"prototype":{"admin":true}}}',
      '{"clickKey":"click-0001","context":{"cookies":{"__proto__":"x"}}}',
      '{"a":[[{"prototype":1}]]}',
      '{"\\u005f_proto__":1}',
    ]) {
      expect(problem(await post(body)), body).to.deep.equal([400, 'forbidden-key']);
    }
    expect({}).to.not.have.property('admin');
    expect(edge.desks.seen.clicks).to.deep.equal([]);
  });

  it('that is nested beyond reason is refused, and costs no stack', async () => {
    const deep = 30_000;
    expect(problem(await post(`${'['.repeat(deep)}${']'.repeat(deep)}`))).to.deep.equal([400, 'nested-too-deep']);
    expect(problem(await post(`${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`))).to.deep.equal([400, 'nested-too-deep']);
    await fine();
  });

  it('that is no JSON is refused as such', async () => {
    for (const body of ['', '{', 'null,', '{"a":1}x', "{'a':1}", 'NaN', '\u0000', '\ufeff']) {
      expect(problem(await post(body)), JSON.stringify(body)).to.deep.equal([400, 'malformed-json']);
    }
  });

  it('that is JSON and nothing else is refused, too', async () => {
    for (const body of ['null', 'true', '7', '"x"', '[]', '{}']) {
      expect(problem(await post(body)), body).to.deep.equal([400, 'invalid-request']);
    }
  });

  it('that is not sent as JSON is refused, so that no form of another site can send it', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      const answer = await post(JSON.stringify(click), { 'content-type': type });
      expect(problem(answer), type).to.deep.equal([415, 'unsupported-media-type']);
      expect(answer.headers.get('accept')).to.equal('application/json');
    }
    const latin = { 'content-type': 'application/json; charset=klingon' };
    expect(problem(await post(JSON.stringify(click), latin))).to.deep.equal([415, 'unsupported-media-type']);
    expect((await post(JSON.stringify(click), { 'content-type': 'application/json; charset=utf-8' })).status).to.equal(
      201,
    );
  });

  it('for what is not there finds nothing', async () => {
    const token = edge.keyOf(acme);
    for (const path of ['/v1', '/v2/clicks', '/v1/merchants', '/v1/merchants/acme/nothing', '/.env', '/v1/Clicks']) {
      expect(problem(await edge.ask(path, { token })), path).to.deep.equal([404, 'not-found']);
    }
  });

  it('with another method is told which there are', async () => {
    for (const [method, path, allow] of [
      ['GET', '/v1/clicks', 'POST, OPTIONS'],
      ['DELETE', '/v1/sign-in', 'POST, OPTIONS'],
      ['POST', '/v1/me', 'GET, HEAD, OPTIONS'],
      ['PATCH', '/v1/merchants/acme', 'GET, HEAD, OPTIONS'],
      ['POST', '/v1/merchants/acme/redirects/x', 'PUT, DELETE, OPTIONS'],
    ] as const) {
      const answer = await edge.ask(path, { method });
      expect(problem(answer), `${method} ${path}`).to.deep.equal([405, 'method-not-allowed']);
      expect(answer.headers.get('allow')).to.equal(allow);
    }
    const options = await edge.ask('/v1/clicks', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).to.deep.equal([204, 'POST, OPTIONS']);
    expect(options.headers.has('access-control-allow-origin')).to.equal(false);
    expect((await edge.ask('/healthz', { method: 'HEAD' })).status).to.equal(200);
  });

  it('with an address that cannot be decoded is refused', async () => {
    const token = edge.keyOf(acme);
    expect(problem(await edge.ask('/v1/merchants/%E0%A4%A/agents', { token }))).to.deep.equal([
      400,
      'malformed-address',
    ]);
  });

  it('that is not even HTTP is answered and cut off', async () => {
    expect(await raw(edge.url, 'GET / HTTP/9.9\r\n\r\n')).to.match(/^HTTP\/1\.1 400/);
    expect(await raw(edge.url, '\u0016\u0003\u0001\u0002\u0000')).to.match(/^HTTP\/1\.1 400/);
    const long = `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`;
    expect(await raw(edge.url, long)).to.match(/^HTTP\/1\.1 431/);
    await fine();
  });

  it('that meets a fault of ours is told so, and the operator is told more', async () => {
    edge.desks.customerDesk.click = () => Promise.reject(new Error('at /srv/secret.ts:12'));
    const answer = await edge.ask('/v1/clicks', { method: 'POST', json: click });
    expect(problem(answer)).to.deep.equal([500, 'internal-error']);
    expect(answer.text).to.not.include('secret');
    expect(edge.log.lines.filter(({ level }) => level === 'error')).to.have.length(1);
  });

  it('leaves no body, token, cookie or query in the log', async () => {
    const key = edge.keyOf(acme);
    await edge.ask('/v1/sign-in', { method: 'POST', json: { login: 'anna@acme', password: 'hunter2hunter2' } });
    await edge.ask('/v1/merchants/acme/sessions?by=ani&value=%2B2975550112', { token: key });
    await edge.ask('/v1/me', { headers: { cookie: 'trunkline-staff=chocolate', 'sec-fetch-site': 'same-origin' } });
    expect(edge.log.lines).to.have.length.greaterThan(2);
    expect(JSON.stringify(edge.log.lines)).to.not.match(/hunter2|2975550112|chocolate|trunkline_acme/);
  });

  it('is answered with headers that let a browser do nothing with it', async () => {
    const { headers } = await edge.ask('/v1/clicks', { method: 'POST', json: click });
    expect(headers.get('content-security-policy')).to.equal(
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('x-frame-options')).to.equal('DENY');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).to.equal('same-origin');
    expect(headers.has('x-powered-by')).to.equal(false);
    expect(headers.has('access-control-allow-origin')).to.equal(false);
  });
});
