import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { httpServer, type HttpServer } from '#adapters/http/express.http-server.js';
import { routesOf } from '#adapters/http/routes.js';
import { ordinaryHttpSettings } from '#adapters/http/settings.js';
import { socketIoLiveUpdates, type LiveUpdates } from '#adapters/live-updates/socket-io.live-updates.js';
import { socketNamespaces } from '#adapters/wire/asyncapi.js';
import { recordingLog } from '#test/support/served-edge.js';
import { anna, newWorld, palmPier, shop, startTrunkline, type TestTrunkline } from '#test/support/trunkline.js';

type Told = Readonly<{ namespace: string; event: string; said: readonly unknown[] }>;

const faultsOf = (schema: z.ZodType | undefined, value: unknown): unknown => schema?.safeParse(value).error?.issues;

describe('one call, as a third party sees it who has only the documents', () => {
  let trunkline: TestTrunkline;
  let http: HttpServer;
  let live: LiveUpdates;
  let url: string;
  let key: string;
  const sockets: Socket[] = [];
  const told: Told[] = [];
  const answers: Readonly<{ route: string; status: number; body: unknown }>[] = [];

  const dependencies = () => ({
    ...trunkline,
    ids: newWorld().ids,
    log: recordingLog(),
    settings: { ...ordinaryHttpSettings, webDirectory: '/nowhere', port: 0 },
  });

  const ask = async (method: string, path: string, json?: object): Promise<unknown> => {
    const [address = ''] = path.split('?');
    const response = await fetch(url + path.replace('{merchant}', palmPier), {
      method,
      headers: { authorization: `Bearer ${key}`, ...(json && { 'content-type': 'application/json' }) },
      ...(json && { body: JSON.stringify(json) }),
    });
    const body: unknown = response.status === 204 ? undefined : await response.json();
    answers.push({ route: `${method} ${address}`, status: response.status, body });
    return body;
  };

  const listen = async (namespace: string, token: string): Promise<Socket> => {
    const socket = io(url + namespace, { auth: { token }, forceNew: true, transports: ['websocket'] });
    sockets.push(socket);
    socket.onAny((event: string, ...said: unknown[]) => told.push({ namespace, event, said }));
    await new Promise((resolve) =>
      socket.once('connect', () => {
        resolve(undefined);
      }),
    );
    return socket;
  };

  before(async () => {
    trunkline = await startTrunkline();
    const made = trunkline.access.makeApiKey(palmPier);
    key = made.key;
    const { keyId, sha256 } = made;
    await trunkline.commands.dispatch(
      {
        type: 'IssueApiKey',
        target: 'merchant-palm-pier.palm-pier' as never,
        at: trunkline.clock.now(),
        data: { keyId, sha256, label: 'CRM' },
      },
      { actor: 'operator' },
    );
    await trunkline.pass(50);
    const edge = dependencies();
    http = httpServer(edge);
    live = socketIoLiveUpdates({
      ...edge,
      settings: {},
      server: http.server,
      liveFeed: trunkline.feed,
      callWindowFeed: trunkline.feed,
    });
    url = await http.listen();
  });
  after(async () => {
    for (const socket of sockets) socket.disconnect();
    await live.close();
    await http.close();
    await trunkline.stop();
  });

  it('goes from the click to the record of the call', async () => {
    const base = '/v1/merchants/{merchant}';
    await trunkline.access.setPassword(anna, 'a long enough password');
    const { token } = (await ask('POST', '/v1/sign-in', {
      login: 'anna@palm-pier',
      password: 'a long enough password',
    })) as { token: string };
    const desk = await listen('/agent', token);
    for (const type of ['log-on', 'ready']) {
      expect(await desk.emitWithAck('request', { type })).to.have.property('ok', true);
    }
    await trunkline.until('anna is ready', () => trunkline.desktop(anna).state === 'ready');

    const page = { url: `${shop}/shoes`, title: 'Shoes', at: trunkline.clock.now() };
    const minted = (await ask('POST', `${base}/icon-tokens`, { origin: shop, link: 'shoes', customerRef: 'C-17' })) as {
      token: string;
    };
    const click = {
      clickKey: 'click-0001',
      icon: { token: minted.token },
      origin: shop,
      context: { page, pagesBefore: [page], forms: { f: { a: 'b' } }, cookies: { basket: '7' } },
    };
    const clicked = (await ask('POST', '/v1/clicks', click)) as { token: string; contactId: string; sessionId: string };
    await listen('/customer', clicked.token);
    await trunkline.until('the phone rings', () => trunkline.desktop(anna).contact?.call.state === 'alerting');
    expect(await desk.emitWithAck('request', { type: 'answer' })).to.have.property('ok', true);
    await trunkline.until('they talk', () => trunkline.desktop(anna).contact?.call.state === 'connected');
    expect(await desk.emitWithAck('request', { type: 'key-digits', digits: '*76' })).to.have.property('ok', true);
    await trunkline.pass(5000);

    const ani = trunkline.desktop(anna).contact?.ani ?? '';
    await ask('GET', `${base}/sessions?by=ani&value=${encodeURIComponent(ani)}`);
    await ask('GET', `${base}/sessions?by=customer&value=C-17`);
    expect(await desk.emitWithAck('request', { type: 'clear' })).to.have.property('ok', true);
    await trunkline.until('it is over', () => trunkline.desktop(anna).state === 'working-after-call');
    await trunkline.pass(2000);
    told.push({ namespace: '/agent', event: 'colleagues', said: [await desk.emitWithAck('colleagues')] });

    for (const path of ['', '/agents', '/journeys', `/journeys/${clicked.contactId}`, '/call-records']) {
      await ask('GET', base + path);
    }
    await ask('GET', '/healthz');
    await ask('PUT', `${base}/links/hats`, { label: 'Hats' });
    await ask('POST', `${base}/api-keys`, { label: 'another' });
    await ask('GET', `${base}/journeys/contact-palm-pier.none`);
    expect(answers.map(({ status }) => status)).to.deep.equal([
      200, 201, 201, 200, 200, 200, 200, 200, 200, 200, 200, 200, 201, 404,
    ]);
  });

  it('was answered as the API’s document says, to the last field', () => {
    const routes = routesOf(dependencies());
    for (const { route, status, body } of answers.filter(({ status: each }) => each < 400)) {
      const described = routes.find(({ method, path }) =>
        new RegExp(`^${method} ${path.replaceAll(/\{(?!merchant)\w+\}/g, '[^/]+').replaceAll(/[{}]/g, '\\$&')}$`).test(
          route,
        ),
      );
      const schema = described?.replies[status]?.schema;
      expect(schema, route).to.not.equal(undefined);
      expect(faultsOf(schema, body), `${route}: ${JSON.stringify(body)}`).to.equal(undefined);
    }
    const lookUp = answers.find(({ route, status }) => route.endsWith('/sessions') && status === 200);
    expect(lookUp?.body).to.have.property('lease').that.has.property('ani', trunkline.desktop(anna).contact?.ani);
    expect(Object.keys((lookUp?.body as { lease: object }).lease)).to.not.include('at');
  });

  it('was told as the sockets’ document says, to the last field', () => {
    expect(new Set(told.map(({ event }) => event))).to.include.keys(
      'profile',
      'desktop',
      'screen-pop',
      'queue',
      'window',
    );
    for (const { namespace, event, said } of told) {
      const { toClient = {}, toServer = {} } = socketNamespaces[namespace] ?? {};
      const schemas = toClient[event]?.arguments ?? [toServer[event]?.acknowledgement];
      expect(said, event).to.have.length(schemas.length);
      for (const [place, value] of said.entries()) {
        expect(faultsOf(schemas[place], value), `${event}: ${JSON.stringify(value)}`).to.equal(undefined);
      }
    }
  });
});
