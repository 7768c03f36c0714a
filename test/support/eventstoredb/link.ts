import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The network between a client and a server: it can be cut, and mended. */
export type Link = Readonly<{
  /** Where clients find it, the same for as long as it lives. */
  port: number;
  /** All connections break off at once; new ones are taken. */
  drop: () => void;
  /** Nothing comes through any more. */
  cut: () => Promise<void>;
  mend: () => Promise<void>;
}>;

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });

/** @param target tells the port of the server behind */
export const openLink = async (target: () => number): Promise<Link> => {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {
      socket.destroy();
    });
  };
  const forward = (near: Socket): void => {
    const far = connect(target(), '127.0.0.1');
    for (const socket of [near, far]) {
      keep(socket);
      socket.setNoDelay(true);
    }
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  };
  let server = createServer(forward);
  const port = await listen(server, 0);
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  return {
    port,
    drop,
    cut: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      drop();
      await closed;
    },
    mend: async () => {
      server = createServer(forward);
      await listen(server, port);
    },
  };
};
