import { fork, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpeningData } from '#config/opening-data/opening-data.schema.js';
import type { Probed } from './server-probe.js';

export type ProductUnderLoad = Readonly<{
  url: string;
  merchant: string;
  apiKey: string;
  beginMeasuring: () => void;
  measured: () => Promise<Probed>;
  /** Position of the last event in the log. */
  position: () => Promise<number>;
  stop: () => Promise<void>;
}>;

type Settings = Readonly<{ folder: string; openingData: OpeningData; profileInto?: string }>;

const main = fileURLToPath(new URL('../../../src/main.js', import.meta.url));
const probe = new URL('probe.preload.js', import.meta.url).href;
const patience = 60_000;

const environment = (folder: string, openingData: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  TRUNKLINE_DATA: folder,
  TRUNKLINE_OPENING_DATA: openingData,
  TRUNKLINE_PORT: '0',
  TRUNKLINE_SHOP_PORT: '0',
  TRUNKLINE_CLICKS_PER_MINUTE: '1000000',
  TRUNKLINE_SIGN_INS_PER_MINUTE: '1000000',
});

/** The address that the greeting names. */
const listening = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => {
      reject(new Error(`the product did not start in time; it said: ${said}`));
    }, patience);
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /(http:\S+)\/agent\b/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the product ended with ${code}; it said: ${said}`));
    });
  });

/** The product as a customer would run it, in a process of its own, with a durable log in that folder. */
export const startProduct = async ({ folder, openingData, profileInto }: Settings): Promise<ProductUnderLoad> => {
  const file = join(folder, 'opening-data.json');
  await writeFile(file, JSON.stringify(openingData));
  const data = join(folder, 'data');
  const child = fork(main, [], {
    execArgv: ['--import', probe],
    env: environment(data, file),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await listening(child);
  const { apiKey, merchant } = JSON.parse(await readFile(join(data, 'demo-log-ins.json'), 'utf8')) as {
    apiKey: string;
    merchant: string;
  };

  return {
    url,
    merchant,
    apiKey,
    beginMeasuring: () => void child.send({ probe: 'begin', profileInto }),
    measured: () =>
      new Promise((resolve) => {
        child.once('message', resolve);
        child.send({ probe: 'tell' });
      }),
    position: async () => ((await (await fetch(`${url}/healthz`)).json()) as { position: number }).position,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
};
