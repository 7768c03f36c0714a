import type { Server } from 'node:http';

/** How long answers that have begun may take when the server goes down, in milliseconds. */
const grace = 5000;

/** An address to listen on is not always one to go to. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};

/** @throws {Error} when the port is taken or not ours to take */
export const listenOn = (server: Server, { host, port }: Readonly<{ host: string; port: number }>): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${reachable(host)}:${bound}`);
    });
  });

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const deadline = setTimeout(() => {
      server.closeAllConnections();
    }, grace);
    // It was not listening: then it is closed already.
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
