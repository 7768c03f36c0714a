import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { startFakeEventStoreDb, type FakeEventStoreDb } from '#test/support/eventstoredb/fake-eventstoredb.js';
import { callInProgress, until, type Screens } from '#test/support/live-call.js';
import { startProduct, type Product } from '#test/support/product.js';

const cli = fileURLToPath(new URL('../../src/cli.js', import.meta.url));
const run = promisify(execFile);

describe('the whole product with its log on EventStoreDB', function () {
  this.timeout(90_000);
  let server: FakeEventStoreDb;
  let product: Product;
  let screens: Screens;
  const env = (): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    TRUNKLINE_DATA: product.data,
    TRUNKLINE_EVENT_STORE: server.connectionString,
  });

  before(async () => {
    server = await startFakeEventStoreDb(systemClock);
    product = await startProduct({ TRUNKLINE_EVENT_STORE: server.connectionString });
    screens = await callInProgress(product);
  });
  after(async () => {
    screens.close();
    await product.stop();
    await product.remove();
    await server.stop();
  });

  const types = (): string[] => server.log.events.map(({ type }) => type);

  it('has the call there, and nowhere else', () => {
    expect(types()).to.include.members(['IconClicked', 'PortLeased', 'ScreenPopOffered', 'CallEstablished']);
  });

  it('goes on with the call after it was killed and started again, without another pop', async () => {
    const { agent, customer } = screens;
    const [desktop, window, pops] = [agent.last(), customer.last(), agent.pops()];
    await product.kill();
    await until('the sockets notice', () => !agent.socket.connected && !customer.socket.connected);
    await product.startAgain();
    await until('the desktop is told again', () => agent.socket.connected && agent.last() !== desktop);
    expect(agent.last()).to.deep.equal(desktop);
    await until('the window is told again', () => customer.socket.connected && customer.last() !== window);
    expect(customer.last()).to.deep.equal(window);
    expect(agent.pops()).to.equal(pops);
  });

  it('goes on with the call though the server is away for a moment and started anew', async () => {
    const { agent, customer, ask } = screens;
    await server.link.cut();
    const asking = ask({ type: 'clear' });
    await server.link.mend();
    await server.restart();
    await asking;
    await until('the customer is told', () => customer.last()?.state === 'ended');
    await until('wrap-up begins', () => agent.last()?.state === 'working-after-call');
    expect(types().filter((type) => type === 'ClearConnectionRequested')).to.have.length(1);
    expect(types().filter((type) => type === 'CallRecordIssued')).to.have.length(1);
  });

  it('shows the whole call in the terminal, beside the running product', async () => {
    const contact = screens.agent.last()?.contact?.contactId ?? '';
    const { stdout } = await run(process.execPath, [cli, 'journey', contact], { env: env() });
    for (const type of ['IconClicked', 'PortLeased', 'ScreenPopOffered', 'CallRecordIssued']) {
      expect(stdout).to.include(type);
    }
  });

  it('leaves checking and copying of the log to the server’s own tools', async () => {
    for (const command of ['verify', 'backup', 'restore']) {
      const failure = await run(process.execPath, [cli, command, 'copy.tar'], { env: env() }).then(
        () => undefined,
        (error: unknown) => error as { code: number; stderr: string },
      );
      expect(failure?.code, command).to.equal(2);
      expect(failure?.stderr).to.include(`${command} is for a log in the data folder`);
    }
  });

  it('does not say the password, whatever it is asked', async () => {
    const secret = {
      ...env(),
      TRUNKLINE_DATA: `${product.data}/other`,
      TRUNKLINE_EVENT_STORE: 'esdb://trunk:hunter2@127.0.0.1:1',
    };
    const { stdout } = await run(process.execPath, [cli, 'settings'], { env: secret });
    expect(stdout).to.include('eventStore = esdb://127.0.0.1:1').and.not.to.include('hunter2');
    for (const wrong of ['esdb://trunk:hunter2@127.0.0.1?tls=false', 'mysql://trunk:hunter2@127.0.0.1']) {
      const failure = await run(process.execPath, [cli], { env: { ...secret, TRUNKLINE_EVENT_STORE: wrong } }).then(
        () => undefined,
        (error: unknown) => error as { stdout: string; stderr: string },
      );
      expect(failure?.stderr).to.match(/without TLS|Expected sqlite, memory, or esdb:/);
      expect(`${failure?.stdout}${failure?.stderr}`).not.to.include('hunter2');
    }
  });

  it('stops when it is told to, with nothing to complain about', async () => {
    expect(await product.stop()).to.equal(0);
    await product.startAgain();
  });
});
