import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemClock } from '#adapters/clock/system.clock.js';
import { httpServer } from '#adapters/http/express.http-server.js';
import { socketIoLiveUpdates } from '#adapters/live-updates/socket-io.live-updates.js';
import type { ClickRequest, CustomerDesk, CustomerRequest } from '#domain/contracts/customer-desk.js';
import { contactId, iconSessionId, type IconSessionId, type MerchantId } from '#domain/kernel/ids.js';
import { instant, type Milliseconds } from '#domain/kernel/time.js';
import type { CallWindow } from '#domain/views/call-window.js';
import { testAccessControl } from '#test/adapters/access/access-fixture.js';
import { fakeDesks } from '../fake-desks.js';
import { seededIds } from '../seeded-ids.js';
import { eventually } from './eventually.js';

const silent = (): void => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** One request for a part of the call window; `bytes`: of its body, none when the browser had it already. */
export type Fetched = Readonly<{ path: string; status: number; bytes: number }>;

type Requests<Type extends CustomerRequest['type']> = Extract<CustomerRequest, { type: Type }>[];

const freshWindow = (sessionId: IconSessionId): CallWindow => ({
  sessionId,
  contactId: sessionId.replace('session', 'contact') as CallWindow['contactId'],
  merchantName: 'Palm & Pier',
  iconLabel: 'Shoes',
  state: 'requested',
  since: instant(Date.now()),
  capture: { cookies: ['cart'], formFields: ['name', 'reason', 'message'] },
  volumePercent: 100,
  echoCancellation: true,
  line: 'simulated',
  messages: [],
});

/**
 * The real pages, API and sockets before a customer desk that plays what a test tells it to. Any merchant that an icon
 * names is known, except `nobody`. `pulse`: how often the server looks whether a call window is still there.
 */
export const callService = async ({ pulse = 5000 }: Readonly<{ pulse?: Milliseconds }> = {}) => {
  const desks = fakeDesks({ clock: systemClock });
  const windows = new Map<IconSessionId, CallWindow>();
  const clicks: ClickRequest[] = [];
  const requests: CustomerRequest[] = [];
  const presence: string[] = [];
  const fetched: Fetched[] = [];
  /** What customers' requests are refused with, by type. */
  const refusing = new Set<CustomerRequest['type']>();
  /** What is accepted, and takes its time. */
  const slow = new Set<CustomerRequest['type']>();
  let position = 0;

  const sessionOf = ({ clickKey, icon }: ClickRequest): IconSessionId =>
    iconSessionId((icon.merchant ?? 'acme') as MerchantId, clickKey);
  const session = (): IconSessionId => {
    const last = clicks.at(-1);
    if (!last) throw new Error('no call has been placed');
    return sessionOf(last);
  };
  const tell = (changes: Partial<CallWindow>, to = session()): void => {
    const window = { ...(windows.get(to) ?? freshWindow(to)), ...changes };
    windows.set(to, window);
    desks.tell.window(to, (position += 1), window);
  };

  const end = (sessionId: IconSessionId): void => {
    tell({ state: 'ended', cause: 'normal-clearing', since: instant(Date.now()) }, sessionId);
  };

  const customerDesk: CustomerDesk = {
    click: async (click) => {
      clicks.push(click);
      if (click.icon.merchant === 'nobody') return { outcome: 'refused', reason: 'unknown-merchant' };
      const sessionId = sessionOf(click);
      if (!windows.has(sessionId)) tell({}, sessionId);
      return { outcome: 'accepted', sessionId, contactId: contactId('acme' as MerchantId, click.clickKey) };
    },
    request: async (sessionId, request) => {
      requests.push(request);
      if (refusing.has(request.type)) return { outcome: 'rejected', reason: 'unknown-call' };
      if (request.type === 'hang-up' && !slow.has(request.type)) end(sessionId);
      return { outcome: 'accepted', events: 1, position };
    },
    window: (sessionId) => desks.customerDesk.window(sessionId),
    present: (sessionId) => void presence.push(`present ${sessionId}`),
    absent: (sessionId, closed) => void presence.push(`${closed ? 'closed' : 'absent'} ${sessionId}`),
  };

  const shared = {
    access: testAccessControl(systemClock),
    backOffice: desks.backOffice,
    webhookDesk: desks.webhookDesk,
    erasures: desks.erasures.desk,
    commands: desks.commands,
    clock: systemClock,
    log,
  };
  const count = (request: IncomingMessage, response: ServerResponse): void => {
    const { url = '', socket } = request;
    if (!url.startsWith('/call')) return;
    const before = socket.bytesWritten;
    response.on('finish', () => {
      const bytes = response.statusCode === 304 ? 0 : socket.bytesWritten - before;
      fetched.push({ path: url, status: response.statusCode, bytes });
    });
  };

  const open = async (port: number) => {
    const http = httpServer({
      ...shared,
      customerDesk,
      ids: seededIds(3),
      settings: { webDirectory: `${process.cwd()}/dist/web`, port },
    });
    http.server.prependListener('request', count);
    const live = socketIoLiveUpdates({
      ...shared,
      server: http.server,
      agentDesk: desks.agentDesk,
      liveFeed: desks.liveFeed,
      customerDesk,
      callWindowFeed: desks.callWindowFeed,
      settings: { pingInterval: pulse },
    });
    return { url: await http.listen(), http, live };
  };
  let running = await open(0);
  const { url } = running;
  const stop = async (): Promise<void> => {
    await running.live.close();
    await running.http.close();
  };

  return {
    url,
    /** Goes down; comes back where it was. */
    stop,
    start: async (): Promise<void> => {
      running = await open(Number(new URL(url).port));
    },
    close: stop,
    clicks,
    presence,
    fetched,
    refusing,
    slow,
    /** Resolves with the clicks when there are that many. */
    placed: (count = 1): Promise<readonly ClickRequest[]> =>
      eventually(`${count} clicks have come`, () => clicks.length >= count && clicks),
    /** Changes what a call window is told; what is not changed stays. */
    tell,
    asked: <Type extends CustomerRequest['type']>(type: Type): Requests<Type> =>
      requests.filter((request): request is Requests<Type>[number] => request.type === type),
  };
};

export type CallService = Awaited<ReturnType<typeof callService>>;
