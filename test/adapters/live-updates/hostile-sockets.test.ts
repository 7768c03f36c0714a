import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { anna, boris } from '#test/support/served-edge.js';
import { serveLiveEdge, type LiveEdge, type Listening } from './sockets.js';

type RawSocket = Readonly<{ engine: { write: (packet: string) => void } }>;

/** A packet by hand, as no client library would write it. */
const sendRaw = (line: Listening, packet: string): void => {
  (line.socket.io as unknown as RawSocket).engine.write(packet);
};

describe('a socket of somebody who is let in and means ill', () => {
  let edge: LiveEdge;
  let token: string;
  beforeEach(async () => {
    edge = await serveLiveEdge({ rate: { burst: 5, perSecond: 1 }, joinTimeout: 300 });
    ({ token } = await edge.signedIn(anna));
  });
  afterEach(() => edge.close());
  const atDesk = async (options: object = {}) => {
    const line = edge.connect('/agent', { token }, options);
    await line.until((told) => told.some(([event]) => event === 'queue'));
    return line;
  };
  /** Whatever was done, the next one is served. */
  const others = async () => {
    const line = edge.connect('/agent', { token: (await edge.signedIn(boris)).token });
    await line.until((told) => told.some(([event]) => event === 'desktop'));
    expect(await line.ask('request', { type: 'ready' })).to.have.property('ok', true);
  };
  const codeOf = (answer: unknown): unknown => (answer as { problem?: { code: string } }).problem?.code;

  it('is told what is wrong with each request that is none, and none of them arrives', async () => {
    const wrong: readonly unknown[] = [
      undefined,
      null,
      'ready',
      7,
      [],
      {},
      { type: 'READY' },
      { type: 'ready', extra: true },
      { type: 'not-ready', reason: 'because' },
      { type: 'key-digits', digits: '' },
      { type: 'key-digits', digits: '*76; DROP TABLE' },
      { type: 'transfer', to: 'agent-acme' },
      { type: 'transfer', to: 'call-acme.1' },
      { type: 'take-notes', contactId: 'contact-acme.1', text: 'x'.repeat(20_001) },
      { type: 'change-data', changes: { key: 7 } },
      { type: 'change-data', changes: Object.fromEntries(Array.from({ length: 51 }, (_none, n) => [`k${n}`, ''])) },
      { type: 'send-message', messageId: '', text: 'x' },
      JSON.parse('{"type":"change-data","changes":{"__proto__":"x"}}'),
      JSON.parse('{"type":"change-data","changes":{"constructor":"x"}}'),
      JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`),
      new Uint8Array(10),
    ];
    for (const sent of wrong) {
      const line = await atDesk();
      expect(codeOf(await line.ask('request', sent)), JSON.stringify({ sent }).slice(0, 60)).to.be.oneOf([
        'invalid-request',
        'forbidden-key',
        'nested-too-deep',
      ]);
      line.socket.disconnect();
    }
    expect(edge.desks.seen.agentRequests).to.deep.equal([]);
    expect({}).to.not.have.property('x');
    await others();
  });

  it('may leave the answer out, or put something else in its place', async () => {
    const line = await atDesk();
    line.socket.emit('request', { type: 'ready' });
    line.socket.emit('request', { type: 'hold' }, 'no function');
    line.socket.emit('colleagues');
    line.socket.emit('colleagues', 'no function');
    await line.ask('request', { type: 'clear' });
    expect(edge.desks.seen.agentRequests.map(({ request }) => request.type)).to.deep.equal(['ready', 'hold', 'clear']);
  });

  it('is answered, too, when it asks for an event that is not there or not for it', async () => {
    const line = await atDesk();
    for (const event of ['join', 'desktop', 'screen-pop', '__proto__']) {
      expect(codeOf(await line.ask(event, {}))).to.equal('not-found');
    }
  });

  it('that sends a frame of a megabyte is cut off', async () => {
    for (const transport of ['websocket', 'polling']) {
      const line = await atDesk({ transports: [transport] });
      line.socket.emit('request', { type: 'take-notes', contactId: 'contact-acme.1', text: 'x'.repeat(1_000_000) });
      expect(await line.disconnected()).to.match(/transport (close|error)/);
    }
    expect(edge.desks.seen.agentRequests).to.deep.equal([]);
    await others();
  });

  it('that sends packets which are none disturbs nobody else', async () => {
    const packets = [
      '9',
      '2/agent,{',
      '2/agent,["request"',
      '2/agent,{}',
      '5/agent,1-["request",1]',
      '51-["x",{"_placeholder":true,"num":9}]',
      '2/agent,[]',
      '2/agent,[null]',
      '3/agent,-1[]',
      '0/agent,{"token":1}',
      '\u0000\u0001',
      '2/agent,["connect"]',
      '2/agent,["disconnect"]',
    ];
    for (const packet of packets) {
      const line = await atDesk();
      sendRaw(line, packet);
      await others();
      line.socket.disconnect();
    }
    expect(edge.log.lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
    expect(edge.desks.seen.agentRequests.every(({ agentId }) => agentId === boris)).to.equal(true);
  });

  it('that floods is slowed down with an answer, recorded once, and cut off when it goes on and on', async () => {
    const line = await atDesk();
    const answers = await Promise.all(Array.from({ length: 12 }, () => line.ask('request', { type: 'ready' })));
    expect(answers.map(codeOf)).to.deep.equal(
      Array.from({ length: 12 }, (_none, number) => (number < 5 ? undefined : 'rate-limited')),
    );
    expect(edge.desks.seen.agentRequests).to.have.length(5);
    edge.clock.advance(2000);
    expect(codeOf(await line.ask('request', { type: 'ready' }))).to.equal(undefined);
    for (let number = 0; number < 200; number += 1) line.socket.emit('join', 'room');
    await line.disconnected();
    const floods = edge.desks.seen.commands.filter(({ command }) => command.type === 'ReportRateLimited');
    expect(floods.map(({ command }) => [command.target, command.data])).to.deep.equal([
      ['access-acme.log', { what: `socket of ${anna}`, from: '127.0.0.1' }],
    ]);
    await others();
  });

  it('that comes to the door and says nothing is shown out', async () => {
    const response = await fetch(`${edge.url}/socket.io/?EIO=4&transport=polling`);
    const opened = await response.text();
    expect(opened).to.match(/^0\{"sid":"[\w-]{20}"/);
    expect(opened).to.include('"maxPayload":65536').and.not.include('agent');
    const sid = /"sid":"([\w-]+)"/.exec(opened)?.[1] ?? '';
    const poll = () => fetch(`${edge.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`);
    expect(await (await poll()).text(), 'a packet that says: closed').to.equal('1');
    expect((await poll()).status).to.equal(400);
  });

  it('of an old protocol, or at an address of a guess, is turned away', async () => {
    for (const query of [
      'EIO=3&transport=polling',
      'EIO=4&transport=carrier-pigeon',
      'EIO=4&transport=polling&sid=guess',
    ]) {
      expect((await fetch(`${edge.url}/socket.io/?${query}`)).status, query).to.equal(400);
    }
    expect((await fetch(`${edge.url}/socket.io/socket.io.js`)).status).to.equal(400);
  });
});
