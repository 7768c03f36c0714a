import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Started } from './start.child.js';

export type ColdStart = Started &
  Readonly<{
    /** From a customer's click, over HTTP, to the line that is seized for the call; in milliseconds. */
    placeCall: () => Promise<number>;
    untilQuiet: () => Promise<void>;
    stop: () => Promise<void>;
    kill: () => Promise<void>;
  }>;

const child = fileURLToPath(new URL('start.child.js', import.meta.url));
const merchant = 'palm-pier-1';
const origin = `https://shop.${merchant}.example`;

const click = () => ({
  clickKey: `bench-${Date.now()}-${process.pid}`,
  icon: { link: `link-${merchant}.shoes` },
  origin,
  context: { page: { url: `${origin}/shoes/espadrille.html`, title: 'Espadrille', at: Date.now() } },
});

/** Looks into the log, beside the product, until its newest events say that a line was seized. */
const untilOriginated = async (file: string, after: number): Promise<void> => {
  const database = new Database(file, { readonly: true });
  const find = database
    .prepare<[number]>(
      `SELECT 1 FROM events JOIN kinds ON kinds.id = events.kind
       WHERE events.position > ? AND kinds.type = 'CallOriginated' LIMIT 1`,
    )
    .pluck();
  while (find.get(after) === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
  database.close();
};

/** Starts the product on that data folder in a process of its own. */
export const startCold = async (data: string, last: number): Promise<ColdStart> => {
  const product = fork(child, [data], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(product, 'exit');
  const [started] = (await Promise.race([
    once(product, 'message'),
    ended.then(() => Promise.reject(new Error('the product did not start'))),
  ])) as [Started];
  return {
    ...started,
    placeCall: async () => {
      const began = performance.now();
      const answer = await fetch(`${started.url}/v1/clicks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify(click()),
      });
      if (answer.status !== 201) {
        throw new Error(`the click was answered with ${answer.status}: ${await answer.text()}`);
      }
      await untilOriginated(join(data, 'events.db'), last);
      return performance.now() - began;
    },
    untilQuiet: async () => {
      product.send('tell when quiet');
      await once(product, 'message');
    },
    stop: async () => {
      product.send('stop');
      await ended;
    },
    kill: async () => {
      product.kill('SIGKILL');
      await ended;
    },
  };
};
