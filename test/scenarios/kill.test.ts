import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { io, type Socket } from 'socket.io-client';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { AgentDesktop } from '#domain/views/agent-desktop.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { Acknowledgement } from '#domain/views/live-messages.js';
import { startProduct, type Product } from '#test/support/product.js';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
const patienceMs = 20_000;

/** A stock socket.io client that keeps the last screen it was told. */
type Watcher<Screen> = Readonly<{ socket: Socket; last: () => Screen | undefined; pops: () => number }>;

const watch = <Screen>(url: string, namespace: string, event: string, token: string): Watcher<Screen> => {
  const socket = io(`${url}/${namespace}`, { auth: { token }, transports: ['websocket'], reconnectionDelayMax: 500 });
  let screen: Screen | undefined;
  const pops = new Set<string>();
  socket.on(event, (_position: number, told: Screen) => {
    screen = told;
  });
  socket.on('screen-pop', ({ popId }: { popId: string }) => void pops.add(popId));
  return { socket, last: () => screen, pops: () => pops.size };
};

const until = async (what: string, holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('a process that is killed in mid-call, on a real disk', function () {
  this.timeout(90_000);
  let product: Product;
  let agent: Watcher<AgentDesktop>;
  let customer: Watcher<CallWindow>;

  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const response = await fetch(product.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const ask = async (request: AgentRequest): Promise<void> => {
    const answer = (await agent.socket.timeout(patienceMs).emitWithAck('request', request)) as Acknowledgement;
    if (!answer.ok) throw new Error(`${request.type}: ${answer.problem.code}`);
  };

  before(async () => {
    product = await startProduct();
    const [logIn] = (await product.access()).logIns;
    const { token = '' } = await post('/v1/sign-in', { login: logIn?.login, password: logIn?.password });
    agent = watch(product.url, 'agent', 'desktop', token);
    await until('the desktop is there', () => agent.last() !== undefined);
    await ask({ type: 'log-on' });
    await ask({ type: 'ready' });
    const click = {
      clickKey: 'a-click-key-of-one-hundred-bits',
      icon: { link: 'link-palm-pier.shoes' },
      origin: product.shopUrl,
      context: {},
    };
    const clicked = await post('/v1/clicks', click);
    customer = watch(product.url, 'customer', 'window', clicked['token'] ?? '');
    await until('it rings', () => agent.last()?.contact?.pop === 'offered');
    await ask({ type: 'answer' });
    await until('they talk', () => customer.last()?.state === 'talking');
    await ask({ type: 'key-digits', digits: '*76' });
    await until('the page is pushed', () => customer.last()?.push !== undefined);
  });
  after(async () => {
    agent.socket.close();
    customer.socket.close();
    await product.stop();
    await product.remove();
  });

  it('tells the same truth when it is started again, without another pop, and the call goes on', async () => {
    const [desktop, window, pops] = [agent.last(), customer.last(), agent.pops()];
    await product.kill();
    await until('the sockets notice', () => !agent.socket.connected && !customer.socket.connected);
    await product.startAgain();
    await until('they are back', () => agent.socket.connected && customer.socket.connected);
    await until('the desktop is told again', () => agent.last() !== desktop);
    expect(agent.last()).to.deep.equal(desktop);
    await until('the window is told again', () => customer.last() !== window);
    expect(customer.last()).to.deep.equal(window);
    expect(agent.pops()).to.equal(pops);

    await ask({ type: 'clear' });
    await until('the customer is told', () => customer.last()?.state === 'ended');
    await until('wrap-up begins', () => agent.last()?.state === 'working-after-call');
  });

  it('shows the whole call in the terminal, beside the running product', async () => {
    const contact = agent.last()?.contact?.contactId ?? '';
    const journey = await promisify(execFile)(process.execPath, [cli, 'journey', contact, '--data', product.data]);
    const lines = journey.stdout.split('\n');
    for (const type of [
      'IconClicked',
      'PortLeased',
      'CorrelationDecided',
      'ScreenPopOffered',
      'DtmfCommandRecognised',
      'PagePushed',
      'CallRecordIssued',
    ]) {
      expect(
        lines.filter((line) => line.includes(type)),
        type,
      ).to.have.length(1);
    }
    expect(lines[0]).to.match(/position +source time +log +stream +event +cause/);
  });

  it('refuses a second process on the same log, in words', async () => {
    const second = promisify(execFile)(process.execPath, [
      cli,
      '--data',
      product.data,
      '--port',
      '0',
      '--shop-port',
      '0',
    ]);
    const failure = await second.then(
      () => undefined,
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(failure?.code).to.equal(1);
    expect(failure?.stderr).to.match(/already open/);
  });

  it('stops when it is told to, with nothing to complain about', async () => {
    expect(await product.stop()).to.equal(0);
    await product.startAgain();
  });
});
