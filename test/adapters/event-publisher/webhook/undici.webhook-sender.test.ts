import crypto from 'node:crypto';
import type { LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { Webhook } from 'standardwebhooks';
import { webhookSecrets } from '#adapters/access/webhook-secrets.js';
import { systemClock } from '#adapters/clock/system.clock.js';
import {
  undiciWebhookSender,
  type WebhookSenderTools,
} from '#adapters/event-publisher/webhook/undici.webhook-sender.js';
import { cloudEventSchema } from '#adapters/wire/cloud-event.schema.js';
import type { WebhookDelivery, WebhookSender } from '#domain/contracts/webhook-sender.js';
import { callId, merchantId, webhookId } from '#domain/kernel/ids.js';
import type { EventId, RecordedEvent } from '#domain/kernel/message.js';
import { instant } from '#domain/kernel/time.js';
import { projectRoot } from '#test/architecture/project.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { testCertificate } from '#test/support/webhooks/certificate.js';
import { openEndpoint, type Endpoint } from '#test/support/webhooks/endpoint.js';

const acme = merchantId('acme');
const crm = webhookId(acme, 'crm');
const secrets = webhookSecrets(Buffer.alloc(32, 7));
const loopback = ['127.0.0.0/8'];

const event: RecordedEvent = {
  id: '01KA0000000000000000000001' as EventId,
  type: 'CallQueued',
  data: { ani: { raw: '+2975550100' }, dnis: { raw: '+2975550199' } },
  stream: callId(acme, '1'),
  revision: 0,
  position: 42,
  schemaVersion: 1,
  recordedAt: instant(1_767_600_000_000),
  meta: {
    merchantId: acme,
    occurredAt: instant(1_767_600_000_000),
    causationId: 'c',
    correlationId: 'c',
    actor: 'telephony',
  },
};

describe('a delivery to a merchant’s endpoint', () => {
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const senderWith = (tools: Partial<WebhookSenderTools> = {}): WebhookSender => {
    const settings = { http: true, allowedNetworks: loopback };
    const sender = undiciWebhookSender({ secrets, clock: systemClock, installation: '/test', settings, ...tools });
    closing.push(() => sender.close());
    return sender;
  };
  const endpointWith = async (settings: Parameters<typeof openEndpoint>[0] = {}): Promise<Endpoint> => {
    const endpoint = await openEndpoint(settings);
    closing.push(() => endpoint.close());
    return endpoint;
  };
  const to = (url: string, more: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
    webhookId: crm,
    url,
    event,
    includePersonalData: false,
    secretIds: ['s1'],
    ...more,
  });
  /** A server that speaks by hand, byte for byte. */
  const rawServer = async (talk: (socket: Socket) => void): Promise<string> => {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      talk(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
  const failedWith = (fault: string, status?: number) => ({
    outcome: 'failed',
    failure: status === undefined ? { fault } : { fault, status },
  });

  it('is verified by the library of Standard Webhooks, with the new secret and with the old one', async () => {
    const endpoint = await endpointWith();
    expect(await senderWith().send(to(endpoint.url, { secretIds: ['new', 'old'] }))).to.deep.equal({
      outcome: 'taken',
    });
    const [{ headers, text } = expect.fail('nothing came')] = endpoint.received;
    for (const id of ['new', 'old']) {
      const verified = new Webhook(secrets.secretOf(crm, id)).verify(text, headers);
      expect(verified).to.include({ id: event.id, type: 'trunkline.CallQueued.v1', source: '/test/acme' });
    }
    const wrong = new Webhook(secrets.secretOf(crm, 'other'));
    expect(() => wrong.verify(text, headers)).to.throw('No matching signature');
    expect(secrets.secretOf(webhookId(acme, 'other'), 'new')).to.not.equal(secrets.secretOf(crm, 'new'));
  });

  it('is verified by the lines that the README gives to merchants’ developers', async () => {
    const endpoint = await endpointWith();
    await senderWith().send(to(endpoint.url, { secretIds: ['new', 'old'] }));
    const [{ headers, text } = expect.fail('nothing came')] = endpoint.received;
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    const lines = /```js\n(const \[id, time, sent\][^`]*`[^`]*`[^`]*`[^`]*`[^`]*)```/.exec(readme)?.[1] ?? '';
    const verify = (body: string, secretId: string): unknown => {
      const process = { env: { SECRET: secrets.secretOf(crm, secretId) } };
      return runInNewContext(`${lines};genuine && isRecent`, { headers, text: body, process, crypto, Buffer });
    };
    expect(verify(text, 'new')).to.equal(true);
    expect(verify(text, 'old')).to.equal(true);
    expect(verify(text, 'other')).to.equal(false);
    expect(verify(`${text} `, 'new')).to.equal(false);
  });

  it('holds what says something about a person only when that is asked for', async () => {
    const endpoint = await endpointWith();
    const sender = senderWith();
    await sender.send(to(endpoint.url));
    await sender.send(to(endpoint.url, { includePersonalData: true }));
    const [without, withAll] = endpoint.received.map(({ text }) => text);
    for (const { event: told } of endpoint.received) expect(cloudEventSchema.parse(told)).to.deep.equal(told);
    expect(without).to.not.include('+2975550100');
    expect(withAll).to.include('+2975550100');
  });

  for (const [status, answer] of [
    [200, { outcome: 'taken' }],
    [299, { outcome: 'taken' }],
    [410, { outcome: 'gone' }],
    [404, failedWith('refused', 404)],
    [500, failedWith('broken', 500)],
    [503, failedWith('overloaded', 503)],
  ] as const) {
    it(`that is answered with ${status} is ${answer.outcome}`, async () => {
      const endpoint = await endpointWith();
      endpoint.answer(() => status);
      expect(await senderWith().send(to(endpoint.url))).to.deep.equal(answer);
    });
  }

  it('is told how long to wait in seconds, or until when; nonsense says nothing', async () => {
    const clock = fakeClock(instant(Date.UTC(2026, 0, 5, 9)));
    const endpoint = await endpointWith();
    const sender = senderWith({ clock });
    const waits = [];
    for (const header of ['120', 'Mon, 05 Jan 2026 09:01:00 GMT', 'Mon, 05 Jan 2026 08:00:00 GMT', 'soon', '-5']) {
      endpoint.answer(() => [429, { 'retry-after': header }]);
      const answer = await sender.send(to(endpoint.url));
      waits.push(answer.outcome === 'failed' ? answer.retryAfter : answer);
    }
    expect(waits).to.deep.equal([120_000, 60_000, 0, undefined, undefined]);
  });

  it('follows no redirect, least of all to where machines keep their credentials', async () => {
    const endpoint = await endpointWith();
    endpoint.answer(() => [302, { location: 'http://169.254.169.254/latest/meta-data/' }]);
    expect(await senderWith().send(to(endpoint.url))).to.deep.equal(failedWith('redirected', 302));
    const second = await endpointWith();
    endpoint.answer(() => [307, { location: second.url }]);
    expect(await senderWith().send(to(endpoint.url))).to.deep.equal(failedWith('redirected', 307));
    expect(second.received).to.deep.equal([]);
  });

  it('to a name is made to the address that was judged, however the name answers later', async () => {
    const endpoint = await endpointWith();
    const asked: string[] = [];
    const answers: LookupAddress[][] = [
      [{ address: '127.0.0.1', family: 4 }],
      [{ address: '10.0.0.5', family: 4 }],
      [
        { address: 'fd00::5', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ],
    ];
    const sender = senderWith({
      resolve: async (hostname) => {
        asked.push(hostname);
        return answers.shift() ?? [];
      },
    });
    const url = `http://hooks.test:${endpoint.port}/`;
    expect(await sender.send(to(url))).to.deep.equal({ outcome: 'taken' });
    sender.forget(crm);
    expect(await sender.send(to(url))).to.deep.equal(failedWith('address-not-allowed'));
    sender.forget(crm);
    expect(await sender.send(to(url)), 'only the allowed of several addresses').to.deep.equal({ outcome: 'taken' });
    expect(asked).to.deep.equal(['hooks.test', 'hooks.test', 'hooks.test']);
    expect(endpoint.received.length).to.equal(2);
  });

  it('to an address that may not be reached is not made, though it was allowed when it was defined', async () => {
    const endpoint = await endpointWith();
    const strict = senderWith({ settings: { http: true, allowedNetworks: [] } });
    expect(await strict.send(to(endpoint.url))).to.deep.equal(failedWith('address-not-allowed'));
    const name = senderWith({
      settings: { http: true, allowedNetworks: [] },
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    expect(await name.send(to(`http://hooks.test:${endpoint.port}/`))).to.deep.equal(failedWith('address-not-allowed'));
    expect(endpoint.received).to.deep.equal([]);
  });

  it('over TLS is made only to whom its certificate names, signed by somebody trusted', async () => {
    const endpoint = await endpointWith({ tls: testCertificate });
    expect(await senderWith().send(to(endpoint.url)), 'signed by nobody').to.deep.equal(failedWith('untrusted'));
    const settings = { http: false, allowedNetworks: loopback, certificateAuthorities: [testCertificate.cert] };
    expect(await senderWith({ settings }).send(to(endpoint.url))).to.deep.equal({ outcome: 'taken' });
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const named = (host: string) => senderWith({ settings, resolve }).send(to(`https://${host}:${endpoint.port}/`));
    expect(await named('hooks.test')).to.deep.equal({ outcome: 'taken' });
    expect(await named('other.test'), 'of another name').to.deep.equal(failedWith('untrusted'));
    expect(endpoint.received.length).to.equal(2);
  });

  it('gives up on an endpoint that says nothing, or says it a byte at a time', async () => {
    for (const firstWords of ['', 'HTTP/1.1 200 O', 'HTTP/1.1 200 OK\r\nx-slow: ']) {
      const clock = fakeClock();
      const heard = new Promise<void>((resolve) => {
        closing.push(() => resolve());
        void rawServer((socket) => {
          socket.once('data', () => {
            if (firstWords !== '') socket.write(firstWords);
            resolve();
          });
        }).then((url) => (sending = senderWith({ clock }).send(to(url))));
      });
      let sending: ReturnType<WebhookSender['send']> | undefined;
      await heard;
      clock.advance(14_999);
      expect(clock.waiting(), 'still waiting').to.equal(1);
      clock.advance(1);
      expect(await sending).to.deep.equal(failedWith('timed-out'));
      expect(clock.waiting()).to.equal(0);
    }
  });

  it('does not wait for a body that never ends, nor read one that is too long', async () => {
    let sent = 0;
    const slow = await rawServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nslow'));
    });
    let hungUp = (): void => undefined;
    const hangingUp = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const huge = await rawServer((socket) => {
      socket.once('close', hungUp);
      const megabyte = Buffer.alloc(1 << 20, 'x');
      const pour = (): void => {
        if (socket.destroyed || sent > 200) return;
        sent += 1;
        socket.write(megabyte, pour);
      };
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n');
        pour();
      });
    });
    const clock = fakeClock();
    const sending = senderWith({ clock }).send(to(slow));
    const ended = sending.then(() => true);
    const turn = (): Promise<boolean> => new Promise((resolve) => setImmediate(resolve, false));
    while (!(await Promise.race([ended, turn()]))) clock.advance(10);
    expect(await sending).to.deep.equal({ outcome: 'taken' });
    expect(await senderWith().send(to(huge))).to.deep.equal({ outcome: 'taken' });
    await hangingUp;
    expect(sent, 'megabytes that were taken in').to.be.below(20);
  });

  it('leaves its connection open for the next one, whatever little the endpoint has to say', async () => {
    const endpoint = await endpointWith();
    endpoint.answer((_event, response) => {
      response.writeHead(200).end('{"thank":"you"}');
      return 'by-hand';
    });
    const sender = senderWith();
    for (let count = 0; count < 20; count += 1) await sender.send(to(endpoint.url));
    expect(endpoint.received.length).to.equal(20);
    expect(endpoint.connections(), 'one, or another while the first is being freed').to.be.below(5);
  });

  it('is told apart when what answers is no web server, or nobody answers', async () => {
    const ssh = await rawServer((socket) => socket.once('data', () => socket.write('SSH-2.0-OpenSSH_9.9\r\n')));
    expect(await senderWith().send(to(ssh))).to.deep.equal(failedWith('not-http'));
    const endless = await rawServer((socket) => {
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(1 << 20)}`));
    });
    expect(await senderWith().send(to(endless))).to.deep.equal(failedWith('not-http'));
    const hangsUp = await rawServer((socket) => socket.once('data', () => socket.destroy()));
    expect(await senderWith().send(to(hangsUp))).to.deep.equal(failedWith('unreachable'));
    const endpoint = await openEndpoint();
    await endpoint.close();
    expect(await senderWith().send(to(endpoint.url))).to.deep.equal(failedWith('unreachable'));
    const nowhere = senderWith({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await nowhere.send(to('http://hooks.test:8080/'))).to.deep.equal(failedWith('unreachable'));
  });

  it('that is under way when all ends is broken off', async () => {
    const silent = await rawServer(() => undefined);
    const sender = senderWith();
    const sending = sender.send(to(silent));
    await sender.close();
    expect(await sending).to.deep.equal(failedWith('unreachable'));
  });
});
