import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { io, type Socket } from 'socket.io-client';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { AgentDesktop } from '#domain/views/agent-desktop.js';
import type { Acknowledgement } from '#domain/views/live-messages.js';
import { startProduct, type Product } from '#test/support/product.js';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
const run = promisify(execFile);
const patienceMs = 30_000;

const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** How a text may stand in a file: as it is, in UTF-16, in base64 at each of three offsets, in hexadecimal. */
const guisesOf = (word: string): readonly Buffer[] => {
  const inner = (text: string): string => text.slice(4, -4);
  return [
    Buffer.from(word),
    Buffer.from(word, 'utf16le'),
    Buffer.from(Buffer.from(word).toString('hex')),
    ...['', ' ', '  '].map((before) => Buffer.from(inner(Buffer.from(before + word).toString('base64')))),
  ];
};

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const contentOf = async (path: string): Promise<Buffer> => {
  const bytes = await readFile(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
};

/** Names of the files that hold the word in any guise. Looks again when a file has got another name meanwhile. */
const filesWith = async (folder: string, word: string): Promise<readonly string[]> => {
  const guises = guisesOf(word);
  const found: string[] = [];
  try {
    for (const name of await readdir(folder, { recursive: true })) {
      const path = join(folder, name);
      if (!(await stat(path)).isFile()) continue;
      const content = await contentOf(path);
      if (guises.some((guise) => content.includes(guise))) found.push(name);
    }
    return found;
  } catch (error) {
    if (!isGone(error)) throw error;
    return filesWith(folder, word);
  }
};

type Journey = Readonly<{ events: readonly Readonly<{ type: string; data: object }>[] }>;

describe('a customer erased beside the running product, on a real disk', function () {
  this.timeout(120_000);
  const [canary, sparrow] = ['CanaryMcTweet', 'SparrowOBrien'];
  let product: Product;
  let socket: Socket;
  let desktop: AgentDesktop | undefined;
  let apiKey = '';
  const contacts = new Map<string, string>();

  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(product.url + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const ask = async (request: AgentRequest): Promise<void> => {
    const answer = (await socket.timeout(patienceMs).emitWithAck('request', request)) as Acknowledgement;
    if (!answer.ok) throw new Error(`${request.type}: ${answer.problem.code}`);
  };
  const base = '/v1/merchants/palm-pier';
  const journeyOf = async (who: string): Promise<Journey> =>
    (await call('GET', `${base}/journeys/${contacts.get(who) ?? ''}`)) as Journey;

  const atTheDesk = async (): Promise<void> => {
    desktop = undefined;
    const { logIns, apiKey: key } = await product.access();
    apiKey = key;
    const [logIn] = logIns;
    const signedIn = await call('POST', '/v1/sign-in', { login: logIn?.login, password: logIn?.password });
    const { token } = signedIn as { token: string };
    socket = io(`${product.url}/agent`, { auth: { token }, transports: ['websocket'] });
    socket.on('desktop', (_position: number, told: AgentDesktop) => {
      desktop = told;
    });
    await until('the desktop is there', () => desktop !== undefined);
  };

  /** From click to wrap-up, with the customer's name in everything that may be told. */
  const callsIn = async (name: string): Promise<void> => {
    const origin = product.shopUrl;
    const page = { url: `${origin}/shoes/?who=${name}`, title: `For ${name}`, at: Date.now() };
    const clicked = (await call('POST', '/v1/clicks', {
      clickKey: `a-click-key-of-one-hundred-bits-${name}`,
      icon: { link: 'link-palm-pier.shoes', customer: `C-${name}`, session: `visit-${name}` },
      origin,
      context: { page, forms: { returns: { name, email: `${name}@mail.example` } }, cookies: { cart: name } },
    })) as { token: string; contactId: string };
    const customer = io(`${product.url}/customer`, { auth: { token: clicked.token }, transports: ['websocket'] });
    await until('it rings', () => desktop?.contact?.pop === 'offered');
    await ask({ type: 'answer' });
    await until('they talk', () => desktop?.contact?.call.state === 'connected');
    await ask({ type: 'key-digits', digits: desktop?.channelCode ?? '' });
    await until('they are in the channel', () => desktop?.contact?.inChannel === true);
    await ask({ type: 'send-message', messageId: 'm-1', text: `Dear ${name}` });
    await ask({ type: 'change-data', changes: { order: name } });
    const contactId = desktop?.contact?.contactId;
    if (contactId === undefined) throw new Error('no contact');
    contacts.set(name, contactId);
    await ask({ type: 'take-notes', contactId, text: `${name} is in a hurry` });
    await ask({ type: 'clear' });
    await until('she wraps up', () => desktop?.state === 'working-after-call');
    await ask({ type: 'record-disposition', contactId, code: 'resolved' });
    await until('she is ready', () => desktop?.state === 'ready');
    customer.close();
  };

  before(async () => {
    product = await startProduct({ TRUNKLINE_SNAPSHOT_EVERY: '100', TRUNKLINE_LOG_LEVEL: 'debug' });
    await atTheDesk();
    await ask({ type: 'log-on' });
    await ask({ type: 'ready' });
    for (const name of [canary, sparrow]) await callsIn(name);
  });
  after(async () => {
    socket.close();
    await product.stop();
    await product.remove();
  });

  it('was in none of the files before, though every program that may read it does', async () => {
    for (const name of [canary, sparrow]) {
      expect(await filesWith(product.data, name)).to.deep.equal([]);
      expect(JSON.stringify(await journeyOf(name))).to.include(name);
    }
    await mkdir(`${product.data}/backup`);
    await run(process.execPath, [cli, 'backup', `${product.data}/backup/monday.db`, '--data', product.data]);
    expect(await filesWith(`${product.data}/backup`, canary), 'nor in a backup').to.deep.equal([]);
    expect(await filesWith(product.data, 'IconClicked'), 'this way of looking finds something').not.to.be.empty;
  });

  it('is gone from the API, the files and the terminal, with every step of the journey still there', async () => {
    const types = (journey: Journey): readonly string[] => journey.events.map(({ type }) => type);
    const steps = types(await journeyOf(canary));
    const keys = await readFile(join(product.data, 'keys.db'));

    const options = ['--server', product.url, '--merchant', 'palm-pier', '--data', product.data];
    const { stdout } = await run(process.execPath, [cli, 'erase', `C-${canary}`, ...options]);

    expect(stdout).to.match(/contact-palm-pier\..*: key destroyed at .*, receipt at position \d+/);
    expect(stdout).to.include('1 erased');
    const journey = await journeyOf(canary);
    expect(types(journey)).to.deep.equal(steps);
    expect(JSON.stringify(journey)).not.to.include(canary);
    expect(JSON.stringify(await call('GET', `${base}/journeys`))).not.to.include(canary);
    expect(JSON.stringify(await call('GET', `${base}/call-records`))).not.to.include(canary);
    expect(await filesWith(product.data, canary)).to.deep.equal([]);
    expect((await readFile(join(product.data, 'keys.db'))).equals(keys)).to.equal(false);

    const verified = await run(process.execPath, [cli, 'verify', '--data', product.data]);
    expect(verified.stderr, 'the log is what was written').to.equal('');

    const told = await run(process.execPath, [cli, 'journey', contacts.get(canary) ?? '', '--data', product.data]);
    expect(told.stdout).to.include('(erased)').and.not.to.include(canary);
    const others = await run(process.execPath, [cli, 'journey', contacts.get(sparrow) ?? '', '--data', product.data]);
    expect(others.stdout).to.include(sparrow);
  });

  it('cannot be erased twice, and who is unknown is said to be so', async () => {
    const options = ['--server', product.url, '--data', product.data];
    const second = await run(process.execPath, [cli, 'erase', `C-${canary}`, ...options]).catch(
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(second).to.deep.include({ code: 1 });
    expect(second.stderr).to.include('Nothing is known of this person');
  });

  it('is told from one whose key is lost: without its keys the product does not start, and says what to restore', async () => {
    socket.close();
    await product.stop();
    const keys = join(product.data, 'keys.db');
    await rename(keys, `${keys}.away`);
    const said = await product.startAgain().then(
      () => 'it started',
      (error: unknown) => String(error),
    );
    expect(said).to.match(/ended with 1.*the key of .*restore the keys\.db that belongs to this log/s);
    for (const made of ['', '-wal', '-shm']) await rm(keys + made, { force: true });
    await rename(`${keys}.away`, keys);
    await product.startAgain();
    await atTheDesk();
  });

  it('stays erased after a restart, and after a restart with wrapped-anew keys the other is still known', async () => {
    socket.close();
    await product.stop();
    const rotated = await run(process.execPath, [cli, 'keys', 'rotate', '--data', product.data]);
    expect(rotated.stdout).to.match(/^\d+ keys are wrapped anew/);
    await product.startAgain();
    await atTheDesk();
    expect(JSON.stringify(await journeyOf(canary))).not.to.include(canary);
    expect(JSON.stringify(await journeyOf(sparrow))).to.include(sparrow);
    expect(await filesWith(product.data, canary)).to.deep.equal([]);
  });
});
