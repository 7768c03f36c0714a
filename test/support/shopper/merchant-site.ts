import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Path → what stands in the body there. */
export type Pages = Readonly<Record<string, string>>;

const titleOf = (path: string): string => (path === '/' ? 'Home' : path.slice(1));

/** A merchant's web site of plain pages, each with the snippet; `host` makes it an origin of its own. */
export const merchantSite = async (
  snippet: string,
  pages: Pages,
  host: '127.0.0.1' | 'localhost' = '127.0.0.1',
): Promise<Readonly<{ origin: string; close: () => Promise<void> }>> => {
  const server = createServer(({ url = '/' }, response) => {
    const path = url.replace(/[?#].*/, '');
    const body = pages[path];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><html lang="en"><head><title>${titleOf(path)}</title>${snippet}</head><body>${body ?? ''}</body></html>`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host}:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
};
