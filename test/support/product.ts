import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';
import { readModelSettings } from './fresh-read-models.js';

export type DemoAccess = Readonly<{ logIns: readonly Readonly<{ login: string; password: string }>[]; apiKey: string }>;

/** The product as a newcomer runs it, in a process of its own with a durable log, and able to die. */
export type Product = Readonly<{
  url: string;
  shopUrl: string;
  data: string;
  access: () => Promise<DemoAccess>;
  /** `kill -9`, and nothing else: what was not on the disk is gone. */
  kill: () => Promise<void>;
  /** On the same ports and the same log. Resolves when it is ready. */
  startAgain: () => Promise<void>;
  /** Ends it as an operator would; answers its exit code. */
  stop: () => Promise<number | null>;
  remove: () => Promise<void>;
}>;

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const patienceMs = 60_000;

const untilReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string): void => {
      reject(new Error(`the product ${why}; it said: ${said}`));
    };
    const late = setTimeout(() => {
      fail('did not start in time');
    }, patienceMs);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (!said.includes('Trunkline is ready')) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(late);
      fail(`ended with ${code}`);
    });
  });

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', resolve));

export const startProduct = async (settings: Readonly<Record<string, string>> = {}): Promise<Product> => {
  const data = await mkdtemp(join(tmpdir(), 'trunkline-product-'));
  const [port, shopPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env['PATH'],
    TRUNKLINE_DATA: data,
    TRUNKLINE_PORT: String(port),
    TRUNKLINE_SHOP_PORT: String(shopPort),
    ...(await readModelSettings()),
    ...settings,
  };
  const start = async (): Promise<ChildProcess> => {
    const child = fork(main, [], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    await untilReady(child);
    return child;
  };
  let child = await start();
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const over = ended(child);
    child.kill(signal);
    return over;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    shopUrl: `http://127.0.0.1:${shopPort}`,
    data,
    access: async () => JSON.parse(await readFile(join(data, 'demo-log-ins.json'), 'utf8')) as DemoAccess,
    kill: async () => {
      await end('SIGKILL');
    },
    startAgain: async () => {
      child = await start();
    },
    stop: () => end('SIGTERM'),
    remove: () => rm(data, { recursive: true, force: true }),
  };
};
