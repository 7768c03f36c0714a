import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Negotiation } from './negotiation.js';
import { framed, telnetReader } from './telnet-stream.js';

/** A terminal that has come, seen from the host. */
export type ConnectedTerminal = Readonly<{
  /** The logical unit that it asked for. */
  lu?: string;
  /** One record: a command, its control character, and orders. */
  send: (record: Uint8Array) => void;
  /** Bytes as they are, in pieces as they are: for hosts that misbehave. */
  sendRaw: (piece: Uint8Array) => void;
  close: () => void;
}>;

/** What a host does about one terminal. */
export type Application = Readonly<{
  onRecord: (record: Uint8Array) => void;
  onClosed?: () => void;
}>;

export type TerminalServerSettings = Readonly<{
  /** Called when the terminal and the host have agreed how to talk. */
  serve: (terminal: ConnectedTerminal) => Application;
  /** Speak TN3270E (RFC 2355) with terminals that can; else TN3270 (RFC 1576) with all. */
  tn3270e: boolean;
  tls?: Readonly<{ key: string; cert: string }>;
}>;

export type TerminalServer = Readonly<{
  listen: (port: number, host: string) => Promise<number>;
  close: () => Promise<void>;
}>;

/** In TN3270E each record has a header of five bytes, of which the first says what it holds: 0 is a 3270 data stream. */
const header = [0, 0, 0, 0, 0];

const converse = (socket: Socket, { serve, tn3270e: extended }: TerminalServerSettings): void => {
  let application: Application | undefined;
  let headers = false;
  const send = (record: Uint8Array): void => {
    socket.write(framed(Uint8Array.from([...(headers ? header : []), ...record])));
  };
  const agreed = (withHeaders: boolean, lu?: string): void => {
    if (application) return;
    headers = withHeaders;
    application = serve({
      ...(lu === undefined ? {} : { lu }),
      send,
      sendRaw: (piece) => void socket.write(piece),
      close: () => void socket.destroy(),
    });
  };
  const write = (bytes: readonly number[]): void => void socket.write(Uint8Array.from(bytes));
  const steps = new Negotiation({ write, agreed }, extended);
  const read = telnetReader({
    onOption: (verb, about) => {
      steps.onOption(verb, about);
    },
    onSubnegotiation: (about, text) => {
      steps.onSubnegotiation(about, text);
    },
    onRecord: (record) => {
      if (!headers) application?.onRecord(record);
      else if (record[0] === header[0]) application?.onRecord(record.subarray(header.length));
    },
  });
  socket.setNoDelay(true);
  socket.on('data', (piece) => {
    try {
      read(piece);
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', () => application?.onClosed?.());
  steps.begin();
};

/** Listens for terminals, and negotiates with each. */
export const terminalServer = (settings: TerminalServerSettings): TerminalServer => {
  const sockets = new Set<Socket>();
  const take = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    converse(socket, settings);
  };
  const server = settings.tls ? createTlsServer(settings.tls, take) : createServer(take);
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
};
