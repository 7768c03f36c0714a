import { createServer } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import helmet from 'helmet';
import { nothingThere } from './faults.js';
import { closeServer, listenOn } from './listening.js';

type DemoShopSettings = Readonly<{
  /** The shop's pages. */
  directory: string;
  /** Where `icon.js` comes from, for example `http://127.0.0.1:8080`; asked at each page, since it may start later. */
  iconServer: () => string;
  host: string;
  /** 0: any that is free. */
  port: number;
}>;

export type DemoShop = Readonly<{ listen: () => Promise<string>; close: () => Promise<void> }>;

const placeholder = '%TRUNKLINE%';

const pageAddress = (name: string): string => `/${name.replace(/(^|\/)index\.html$/, '$1')}`;

/** What a browser may load on the shop's pages: its own, and the icons' server. */
const policyWith = (iconServer: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' ${iconServer}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const readPages = async (directory: string): Promise<ReadonlyMap<string, string>> => {
  const names = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.html'));
  return new Map(
    await Promise.all(
      names.map(
        async (name) =>
          [pageAddress(name.replaceAll('\\', '/')), await readFile(join(directory, name), 'utf8')] as const,
      ),
    ),
  );
};

/**
 * A merchant that is not there: a shop with icons on its pages, on an origin of its own.
 * @throws {Error} when there is no such directory
 */
export const demoShop = async ({ directory, iconServer, host, port }: DemoShopSettings): Promise<DemoShop> => {
  const shopPages = await readPages(directory);
  const app = express();
  // The shop opens the call window and goes on talking to it.
  app.use(helmet({ contentSecurityPolicy: false, crossOriginOpenerPolicy: false, strictTransportSecurity: false }));
  app.get(/.*/, (request, response, next) => {
    const page = shopPages.get(request.path);
    if (page === undefined) {
      next();
      return;
    }
    const { origin } = new URL(iconServer());
    response
      .set({ 'content-security-policy': policyWith(origin), 'cache-control': 'no-cache' })
      .type('html')
      .send(page.replaceAll(placeholder, origin));
  });
  app.use(express.static(directory, { index: false, redirect: false, dotfiles: 'ignore' }));
  app.use(nothingThere);
  const server = createServer(app);
  return { listen: () => listenOn(server, { host, port }), close: () => closeServer(server) };
};
