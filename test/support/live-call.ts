import { io, type Socket } from 'socket.io-client';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { AgentDesktop } from '#domain/views/agent-desktop.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { Acknowledgement } from '#domain/views/live-messages.js';
import type { Product } from './product.js';

const patienceMs = 20_000;

/** Waits for what takes a start of the product. @throws {Error} that says what never came */
export const until = async (what: string, holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** A stock socket.io client that keeps the last screen it was told. */
export type Watcher<Screen> = Readonly<{ socket: Socket; last: () => Screen | undefined; pops: () => number }>;

const watch = <Screen>(url: string, namespace: string, event: string, token: string): Watcher<Screen> => {
  const socket = io(`${url}/${namespace}`, { auth: { token }, transports: ['websocket'], reconnectionDelayMax: 500 });
  let screen: Screen | undefined;
  const pops = new Set<string>();
  socket.on(event, (_position: number, told: Screen) => {
    screen = told;
  });
  socket.on('screen-pop', ({ popId }: { popId: string }) => void pops.add(popId));
  return { socket, last: () => screen, pops: () => pops.size };
};

/** What lets somebody see a call's screens, at whichever address the product is. */
export type Tokens = Readonly<{ agent: string; customer: string }>;

export type Screens = Readonly<{
  agent: Watcher<AgentDesktop>;
  customer: Watcher<CallWindow>;
  ask: (request: AgentRequest) => Promise<void>;
  close: () => void;
}>;

const askVia = async ({ socket }: Watcher<AgentDesktop>, request: AgentRequest): Promise<void> => {
  const answer = (await socket.timeout(patienceMs).emitWithAck('request', request)) as Acknowledgement;
  if (!answer.ok) throw new Error(`${request.type}: ${answer.problem.code}`);
};

const watchAgent = (url: string, token: string): Watcher<AgentDesktop> => watch(url, 'agent', 'desktop', token);
const watchCustomer = (url: string, token: string): Watcher<CallWindow> => watch(url, 'customer', 'window', token);

const screensOf = (agent: Watcher<AgentDesktop>, customer: Watcher<CallWindow>): Screens => ({
  agent,
  customer,
  ask: (request) => askVia(agent, request),
  close: () => {
    agent.socket.close();
    customer.socket.close();
  },
});

export const watchScreens = (url: string, tokens: Tokens): Screens =>
  screensOf(watchAgent(url, tokens.agent), watchCustomer(url, tokens.customer));

const post = async (url: string, body: object): Promise<Record<string, string>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, string>;
};

/** The demo's first agent and a shopper in a call, and a page pushed to the shopper. */
export const callInProgress = async (product: Product): Promise<Screens & Readonly<{ tokens: Tokens }>> => {
  const [logIn] = (await product.access()).logIns;
  const signedIn = await post(`${product.url}/v1/sign-in`, { login: logIn?.login, password: logIn?.password });
  const agentToken = signedIn['token'] ?? '';
  const agent = watchAgent(product.url, agentToken);
  await until('the desktop is there', () => agent.last() !== undefined);
  await askVia(agent, { type: 'log-on' });
  await askVia(agent, { type: 'ready' });
  const clicked = await post(`${product.url}/v1/clicks`, {
    clickKey: 'a-click-key-of-one-hundred-bits',
    icon: { link: 'link-palm-pier.shoes' },
    origin: product.shopUrl,
    context: {},
  });
  const tokens = { agent: agentToken, customer: clicked['token'] ?? '' };
  const screens = screensOf(agent, watchCustomer(product.url, tokens.customer));
  await until('it rings', () => screens.agent.last()?.contact?.pop === 'offered');
  await screens.ask({ type: 'answer' });
  await until('they talk', () => screens.customer.last()?.state === 'talking');
  await screens.ask({ type: 'key-digits', digits: '*76' });
  await until('the page is pushed', () => screens.customer.last()?.push !== undefined);
  return { ...screens, tokens };
};
