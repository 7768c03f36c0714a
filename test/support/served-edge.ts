import { httpServer } from '#adapters/http/express.http-server.js';
import type { HttpSettings } from '#adapters/http/settings.js';
import type { Log } from '#adapters/wire/log.js';
import type { AccessControl } from '#domain/contracts/access-control.js';
import { agentId, linkId, merchantId, tenantOf } from '#domain/kernel/ids.js';
import { testAccessControl } from '#test/adapters/access/access-fixture.js';
import { fakeClock, type FakeClock } from './fake-clock.js';
import { fakeDesks, type FakeDesks } from './fake-desks.js';
import { seededIds } from './seeded-ids.js';

export const [acme, globex] = [merchantId('acme'), merchantId('globex')];
export const [anna, boris, carla] = [agentId(acme, 'anna'), agentId(acme, 'boris'), agentId(globex, 'carla')];
/** Of everybody. */
export const password = 'a long enough password';

export type LogLine = Readonly<{ level: string; details: object; message: string }>;

export const recordingLog = (): Log & Readonly<{ lines: LogLine[] }> => {
  const lines: LogLine[] = [];
  const at = (level: string) => (details: object, message: string) => void lines.push({ level, details, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

type Ask = Readonly<{
  method?: string;
  token?: string;
  json?: unknown;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}>;
export type Answer = Readonly<{ status: number; headers: Headers; text: string; json: unknown }>;

export type ServedEdge = Readonly<{
  url: string;
  clock: FakeClock;
  desks: FakeDesks;
  access: AccessControl;
  log: ReturnType<typeof recordingLog>;
  server: ReturnType<typeof httpServer>['server'];
  ask: (path: string, ask?: Ask) => Promise<Answer>;
  /** A key of the merchant's server, issued. */
  keyOf: (merchant: typeof acme) => string;
  /** A token of somebody who has signed in. */
  signedIn: (who: typeof anna, lifetime?: number) => Promise<Readonly<{ token: string; sessionId: string }>>;
  close: () => Promise<void>;
}>;

const jsonOf = (text: string, type: string | null): unknown =>
  text !== '' && type?.includes('json') ? (JSON.parse(text) as unknown) : undefined;

/** The real HTTP server and the real access control before fakes of what stands behind them; two merchants, one admin each. */
export const serveEdge = async (settings: Partial<HttpSettings> = {}): Promise<ServedEdge> => {
  const clock = fakeClock();
  const desks = fakeDesks({ clock });
  const access = testAccessControl(clock);
  const log = recordingLog();
  const ids = seededIds(3);
  desks.openMerchant(acme, { links: new Map([[linkId(acme, 'shoes'), 'Shoes']]) });
  desks.openMerchant(globex);
  desks.hire(anna, { roles: ['agent', 'admin'] });
  desks.hire(boris, { roles: ['agent'] });
  desks.hire(carla, { roles: ['agent', 'admin'] });
  for (const agent of [anna, boris, carla]) await access.setPassword(agent, password);

  const http = httpServer({
    access,
    backOffice: desks.backOffice,
    webhookDesk: desks.webhookDesk,
    erasures: desks.erasures.desk,
    customerDesk: desks.customerDesk,
    commands: desks.commands,
    clock,
    ids,
    log,
    settings: { webDirectory: '/nowhere', port: 0, ...settings },
  });
  const url = await http.listen();

  return {
    url,
    clock,
    desks,
    access,
    log,
    server: http.server,
    close: http.close,
    ask: async (path, { method = 'GET', token, json, headers = {}, body } = {}) => {
      const sent = json === undefined ? body : JSON.stringify(json);
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(sent !== undefined && { body: sent }),
      });
      const text = await response.text();
      const type = response.headers.get('content-type');
      return { status: response.status, headers: response.headers, text, json: jsonOf(text, type) };
    },
    keyOf: (merchant) => {
      const { key, keyId, sha256 } = access.makeApiKey(merchant);
      const known = desks.merchants.get(merchant);
      if (known) desks.openMerchant(merchant, { ...known, apiKeys: new Map([[keyId, { label: 'server', sha256 }]]) });
      return key;
    },
    signedIn: async (who, lifetime = 3_600_000) => {
      const [sessionId, merchant] = [ids.next(), tenantOf(who)];
      const roles = desks.backOffice.agents(merchant).find(({ agentId: id }) => id === who)?.roles ?? [];
      const identity = { merchantId: merchant, agentId: who, sessionId, roles };
      return { sessionId, token: await access.mintStaffToken(identity, lifetime) };
    },
  };
};
