import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CloudEvent } from '#adapters/event-publisher/cloud-event.js';

/** A delivery as it came in. */
export type Received = Readonly<{
  headers: Readonly<Record<string, string>>;
  text: string;
  event: CloudEvent;
  /** As answered; 0 when it was left without an answer. */
  status: number;
}>;

/** Status, and headers if any; or an answer by hand. */
export type Answer = number | readonly [status: number, headers: Record<string, string>] | 'by-hand';
export type Answering = (event: CloudEvent, response: ServerResponse, request: IncomingMessage) => Answer;

export type Endpoint = Readonly<{
  url: string;
  port: number;
  received: Received[];
  /** Connections that were made so far. */
  connections: () => number;
  /** Those that were answered well. */
  taken: () => readonly CloudEvent[];
  /** How deliveries are answered from now on; at first all are taken. */
  answer: (answering: Answering) => void;
  close: () => Promise<void>;
}>;

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
};

/** A merchant's endpoint: a real server on this machine that remembers what it was told. */
export const openEndpoint = async (
  settings: Readonly<{ port?: number; tls?: Readonly<{ key: string; cert: string }> }> = {},
): Promise<Endpoint> => {
  const received: Received[] = [];
  let answering: Answering = () => 204;
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await textOf(request);
    const event = JSON.parse(text) as CloudEvent;
    const answer = answering(event, response, request);
    const [status, headers] = typeof answer === 'number' ? [answer, {}] : answer === 'by-hand' ? [0, {}] : answer;
    received.push({ headers: request.headers as Record<string, string>, text, event, status });
    if (status > 0) response.writeHead(status, headers).end();
  };
  const listener: RequestListener = (request, response) => {
    take(request, response).catch(() => response.destroy());
  };
  const server = settings.tls ? createTlsServer(settings.tls, listener) : createServer(listener);
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(settings.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${settings.tls ? 'https' : 'http'}://127.0.0.1:${port}/hooks?for=trunkline`,
    port,
    received,
    connections: () => connections,
    taken: () => received.filter(({ status }) => status >= 200 && status < 300).map(({ event }) => event),
    answer: (given) => {
      answering = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
