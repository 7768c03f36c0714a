import { get, type IncomingMessage } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { demoShop, type DemoShop } from '#adapters/http/demo-shop.server.js';
import { serveEdge, type ServedEdge } from '#test/support/served-edge.js';

const plant = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'trunkline-pages-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true });
    await writeFile(join(root, name), content);
  }
  return root;
};

/** As a browser asks: fetch would say of itself that it wants nothing from a cache, and whom it asks. */
const browse = (url: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      resolve(response.resume());
    }).on('error', reject);
  });

const policyOf = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );

describe('the pages', () => {
  let edge: ServedEdge;
  let webDirectory: string;
  before(async () => {
    webDirectory = await plant({
      'icon.js': 'void 0;',
      'call/index.html': '<!doctype html><title>Call</title>',
      'call/assets/call-3f2a.js': 'export {};',
      'work/index.html': '<!doctype html><title>Work</title>',
      'work/assets/work-9c1d.css': 'body {}',
      'work/assets/.secret': 'no',
      'secret.txt': 'no',
    });
    edge = await serveEdge({ webDirectory });
  });
  after(async () => {
    await edge.close();
    await rm(webDirectory, { recursive: true });
  });

  it('begin at the desk', async () => {
    const { status, headers } = await edge.ask('/');
    expect([status, headers.get('location')]).to.deep.equal([302, '/agent']);
  });

  it('of those who work here are one application under several addresses, asked for anew each time', async () => {
    for (const path of ['/agent', '/journeys', '/journeys/contact-acme.c1', '/sign-in', '/sign-in?next=/journeys']) {
      const { status, text, headers } = await edge.ask(path);
      expect([status, text], path).to.deep.equal([200, '<!doctype html><title>Work</title>']);
      expect(headers.get('content-type')).to.equal('text/html; charset=utf-8');
      expect(headers.get('cache-control')).to.equal('no-cache');
      const etag = headers.get('etag') ?? '';
      expect((await browse(edge.url + path, { 'if-none-match': etag })).statusCode).to.equal(304);
    }
  });

  it('may load only what is ours, run no text as code, and stand in nobody’s frame', async () => {
    for (const path of ['/agent', '/call', '/work/assets/work-9c1d.css']) {
      const { headers } = await edge.ask(path);
      const host = new URL(edge.url).host;
      expect(policyOf(headers), path).to.deep.equal({
        'default-src': "'none'",
        'frame-ancestors': "'none'",
        'base-uri': "'none'",
        'form-action': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'img-src': "'self'",
        'font-src': "'self'",
        'media-src': "'self'",
        'connect-src': `'self' ws://${host} wss://${host}`,
        'require-trusted-types-for': "'script'",
        'trusted-types': "'none'",
      });
      expect(headers.get('referrer-policy')).to.equal('no-referrer');
      expect(headers.get('permissions-policy')).to.equal(
        'camera=(), geolocation=(), microphone=(self), payment=(), usb=()',
      );
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
    }
  });

  it('cut off whoever opened them, but for the call window, which the shop goes on talking to', async () => {
    const openerPolicy = async (path: string) => (await edge.ask(path)).headers.get('cross-origin-opener-policy');
    expect(await openerPolicy('/agent')).to.equal('same-origin');
    expect(await openerPolicy('/call')).to.equal('unsafe-none');
    expect((await edge.ask('/call')).text).to.include('Call');
  });

  it('have assets that are kept for a year, for their names change with them', async () => {
    for (const path of ['/call/assets/call-3f2a.js', '/work/assets/work-9c1d.css']) {
      const { status, headers } = await edge.ask(path);
      expect([status, headers.get('cache-control')], path).to.deep.equal([200, 'public, max-age=31536000, immutable']);
    }
  });

  it('hand the icon’s script to every page in the world, for five minutes', async () => {
    const { status, headers } = await edge.ask('/icon.js', { headers: { origin: 'https://acme.example' } });
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.match(/^text\/javascript/);
    expect(headers.get('access-control-allow-origin')).to.equal('*');
    expect(headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
    expect(headers.get('cache-control')).to.equal('public, max-age=300');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    const again = await browse(`${edge.url}/icon.js`, { 'if-none-match': headers.get('etag') ?? 'none' });
    expect(again.statusCode).to.equal(304);
  });

  it('are all that can be had of the folder they lie in', async () => {
    for (const path of [
      '/secret.txt',
      '/work/assets/../../secret.txt',
      '/work/assets/%2e%2e/%2e%2e/secret.txt',
      '/work/assets/..%2f..%2fsecret.txt',
      '/work/assets/.secret',
      '/work/assets/',
      '/work/index.html',
      '/call/assets/none.js',
      '/work/assets/%00',
    ]) {
      const { status, text } = await edge.ask(path);
      expect(status, path).to.be.oneOf([400, 403, 404]);
      expect(text).to.not.equal('no');
    }
  });

  it('that were not built are missed aloud', async () => {
    const unbuilt = await serveEdge({ webDirectory: '/nowhere' });
    for (const path of ['/agent', '/call', '/icon.js', '/call/assets/x.js']) {
      const { status, json } = await unbuilt.ask(path);
      expect([status, (json as { code: string }).code], path).to.deep.equal([404, 'page-not-built']);
    }
    await unbuilt.close();
  });

  it('do not let the name of a host into their policy that is none', async () => {
    const { headers } = await browse(`${edge.url}/agent`, { host: "x; script-src 'unsafe-inline'" });
    expect(policyOf(new Headers(headers as Record<string, string>))).to.include({
      'script-src': "'self'",
      'connect-src': "'self'",
    });
  });
});

describe('the demo shop', () => {
  let shop: DemoShop;
  let url: string;
  let directory: string;
  let iconServer = 'http://127.0.0.1:1/';
  before(async () => {
    directory = await plant({
      'index.html': '<script src="%TRUNKLINE%/icon.js" async></script><a href="%TRUNKLINE%/agent">Agent</a>',
      'returns/index.html': '<p>%TRUNKLINE%</p>',
      'shoes.html': '<p>Shoes</p>',
      'shop.css': 'body {}',
    });
    shop = await demoShop({ directory, iconServer: () => iconServer, host: '127.0.0.1', port: 0 });
    url = await shop.listen();
  });
  after(async () => {
    await shop.close();
    await rm(directory, { recursive: true });
  });

  it('puts the address of its icons’ server into its pages, as it is when they are asked for', async () => {
    iconServer = 'http://127.0.0.1:8080/';
    const home = await (await fetch(url)).text();
    expect(home).to.equal(
      '<script src="http://127.0.0.1:8080/icon.js" async></script><a href="http://127.0.0.1:8080/agent">Agent</a>',
    );
    expect(await (await fetch(`${url}/returns/`)).text()).to.equal('<p>http://127.0.0.1:8080</p>');
    expect(await (await fetch(`${url}/shoes.html`)).text()).to.equal('<p>Shoes</p>');
  });

  it('is an origin of its own that runs its own scripts and its icons’', async () => {
    const { headers } = await fetch(url);
    expect(policyOf(headers)).to.include({ 'script-src': "'self' http://127.0.0.1:8080" });
    expect(headers.has('cross-origin-opener-policy')).to.equal(false);
  });

  it('serves its other files as they are, and nothing else', async () => {
    expect((await fetch(`${url}/shop.css`)).headers.get('content-type')).to.match(/^text\/css/);
    expect((await fetch(`${url}/none`)).status).to.equal(404);
    expect((await fetch(`${url}/..%2f..%2fetc/passwd`)).status).to.be.oneOf([400, 403, 404]);
  });
});
