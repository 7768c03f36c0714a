import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { callInProgress, until, type Screens } from '#test/support/live-call.js';
import { startProduct, type Product } from '#test/support/product.js';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
describe('a process that is killed in mid-call, on a real disk', function () {
  this.timeout(90_000);
  let product: Product;
  let screens: Screens;

  before(async () => {
    product = await startProduct();
    screens = await callInProgress(product);
  });
  after(async () => {
    screens.close();
    await product.stop();
    await product.remove();
  });

  it('tells the same truth when it is started again, without another pop, and the call goes on', async () => {
    const { agent, customer, ask } = screens;
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
    const contact = screens.agent.last()?.contact?.contactId ?? '';
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
