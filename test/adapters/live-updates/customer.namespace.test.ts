import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { contactId, iconSessionId } from '#domain/kernel/ids.js';
import type { CallWindow } from '#domain/views/call-window.js';
import { acme, anna, globex } from '#test/support/served-edge.js';
import { serveLiveEdge, type LiveEdge } from './sockets.js';

const sessionId = iconSessionId(acme, 's1');
const window = (changes: Partial<CallWindow> = {}): CallWindow => ({
  sessionId,
  contactId: contactId(acme, 'c1'),
  merchantName: 'Acme',
  iconLabel: 'Shoes',
  state: 'ringing',
  since: 1_767_600_000_000 as CallWindow['since'],
  capture: { cookies: [], formFields: [] },
  volumePercent: 100,
  echoCancellation: true,
  messages: [],
  ...changes,
});

const page = { url: 'https://acme.example/shoes', title: 'Shoes', at: 1_767_600_000_000 };
const requests: readonly object[] = [
  { type: 'context', context: { page } },
  { type: 'hang-up' },
  { type: 'key-digits', digits: '12#' },
  { type: 'page-shown', pushId: 'p1', url: 'https://acme.example/aruba' },
  { type: 'page-blocked', pushId: 'p1', why: 'refused-by-customer' },
  { type: 'send-message', messageId: 'm1', text: '<b>hello</b>' },
];

describe('a call window', () => {
  let edge: LiveEdge;
  beforeEach(async () => {
    edge = await serveLiveEdge();
  });
  afterEach(() => edge.close());
  const open = async (session = sessionId) => {
    const line = edge.connect('/customer', { token: await edge.access.mintCustomerToken(session) });
    await line.connected();
    return line;
  };
  const positions = (told: readonly (readonly unknown[])[]) => told.map(([event, position]) => [event, position]);

  it('shows at once how the call stands, then each change, never an older one after a newer', async () => {
    edge.desks.windows.set(sessionId, { position: 10, window: window() });
    const line = await open();
    await line.until((told) => told.length === 1);
    expect(line.told).to.deep.equal([['window', 10, window()]]);
    for (const position of [9, 10, 12, 11, 13]) {
      edge.desks.tell.window(sessionId, position, window({ state: 'talking' }));
    }
    await line.until((told) => told.at(-1)?.[1] === 13);
    expect(positions(line.told)).to.deep.equal([
      ['window', 10],
      ['window', 12],
      ['window', 13],
    ]);
  });

  it('that is there before its call is waits for it', async () => {
    const line = await open();
    await line.ask('request', requests[0]);
    edge.desks.tell.window(sessionId, 3, window());
    await line.until((told) => told.length === 1);
  });

  it('hears nothing of another customer’s call', async () => {
    const [line, other] = [await open(), await open(iconSessionId(acme, 's2'))];
    await Promise.all([line, other].map((each) => each.ask('request', requests[0])));
    edge.desks.tell.window(iconSessionId(acme, 's2'), 4, window());
    await other.until((told) => told.length === 1);
    edge.desks.tell.window(sessionId, 5, window());
    await line.until((told) => told.length > 0);
    expect(positions(line.told)).to.deep.equal([['window', 5]]);
  });

  it('asks and tells what it may, and is answered', async () => {
    const line = await open();
    for (const request of requests) {
      expect(await line.ask('request', request)).to.have.property('ok', true);
    }
    expect(edge.desks.seen.customerRequests).to.deep.equal(requests.map((request) => ({ sessionId, request })));
    edge.desks.scripted.push({ outcome: 'rejected', reason: 'session-is-closed' });
    const answer = await line.ask('request', requests[1]);
    expect(answer).to.have.nested.property('problem.code', 'session-is-closed');
  });

  it('is told what is wrong with what it sends', async () => {
    const line = await open();
    const wrong: readonly unknown[] = [
      undefined,
      null,
      [],
      'hang-up',
      { type: 'answer' },
      { type: 'hang-up', sessionId: 'session-acme.s2' },
      { type: 'key-digits', digits: '１２' },
      { type: 'key-digits', digits: '1'.repeat(33) },
      { type: 'page-shown', pushId: 'p1', url: 'javascript:alert(1)' },
      { type: 'page-blocked', pushId: 'p1', why: 'moon' },
      { type: 'send-message', messageId: 'm', text: 'x'.repeat(4001) },
      { type: 'context', context: { page: { ...page, url: 'file:///etc/passwd' } } },
      { type: 'context', context: JSON.parse('{"forms":{"__proto__":{"a":"b"}}}') as unknown },
    ];
    for (const sent of wrong) {
      const answer = await line.ask('request', sent);
      expect(answer, JSON.stringify(sent)).to.have.nested.property('problem.status', 400);
    }
    expect(edge.desks.seen.customerRequests).to.deep.equal([]);
  });

  it('that closes ends the call at once', async () => {
    const line = await open();
    line.socket.emit('closing');
    line.socket.emit('closing');
    await line.ask('request', requests[0]);
    line.socket.disconnect();
    await (await open(iconSessionId(acme, 's2'))).ask('request', requests[0]);
    expect(edge.desks.seen.presence).to.deep.equal([
      `present ${sessionId}`,
      `closed ${sessionId}`,
      'present session-acme.s2',
    ]);
  });

  it('whose network is gone is missed, unless it is back on another socket', async () => {
    const [line, again] = [await open(), await open()];
    line.socket.disconnect();
    await again.ask('request', requests[0]);
    expect(edge.desks.seen.presence).to.deep.equal([`present ${sessionId}`]);
    again.socket.disconnect();
    await edge.desks.seenPresence(`absent ${sessionId}`);
    expect(edge.desks.seen.presence).to.deep.equal([`present ${sessionId}`, `absent ${sessionId}`]);
  });

  it('that falls silent is gone within the time that pings take', async () => {
    await edge.close();
    edge = await serveLiveEdge({ pingInterval: 200, pingTimeout: 500 });
    const line = await open();
    // The network is pulled: nothing that the client says arrives any more.
    (line.socket.io.engine.transport as unknown as { send: () => void }).send = () => undefined;
    const silentSince = performance.now();
    await edge.desks.seenPresence(`absent ${sessionId}`);
    expect(performance.now() - silentSince).to.be.below(5000);
  });

  it('is one of somebody who clicked: no other token opens it', async () => {
    edge.desks.windows.set(sessionId, { position: 10, window: window() });
    const { token: staff } = await edge.signedIn(anna);
    const expired = await edge.access.mintCustomerToken(sessionId);
    edge.clock.advance(24 * 3_600_000);
    for (const [token, why] of [
      [undefined, 'no-token'],
      ['', 'no-token'],
      [7, 'no-token'],
      ['forged', 'forged-token'],
      [staff, 'forged-token'],
      [expired, 'expired-token'],
    ] as const) {
      const line = edge.connect('/customer', { token, sessionId });
      expect(await line.refused()).to.equal(why);
      edge.desks.tell.window(sessionId, 100 + edge.desks.seen.refusals.length, window());
      expect(line.told).to.deep.equal([]);
    }
    const foreign = edge.connect('/customer', {
      token: await edge.access.mintCustomerToken(iconSessionId(globex, 's1')),
    });
    await foreign.connected();
    await foreign.ask('request', requests[0]);
    edge.desks.tell.window(sessionId, 200, window());
    expect(foreign.told).to.deep.equal([]);
    expect(edge.desks.seen.presence).to.deep.equal(['present session-globex.s1']);
  });

  it('cannot be opened by an agent’s cookie', async () => {
    const { token } = await edge.signedIn(anna);
    const extraHeaders = { cookie: `trunkline-staff=${token}`, origin: edge.url };
    expect(await edge.connect('/customer', {}, { extraHeaders }).refused()).to.equal('no-token');
  });
});
