import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { contactId, popId, type AgentId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { KnownAgent } from '#domain/policies/views.js';
import type { PopMessage } from '#domain/views/live-messages.js';
import { desktopOf, profileOf } from '#test/support/fake-desks.js';
import { acme, anna, boris, carla, type ServedEdge } from '#test/support/served-edge.js';
import { serveLiveEdge, type LiveEdge } from './sockets.js';

const known = ({ desks }: ServedEdge, agentId: AgentId): KnownAgent => {
  const agent = desks.backOffice.agents(acme).find((each) => each.agentId === agentId);
  if (!agent) throw new Error(`nobody is ${agentId}`);
  return agent;
};

const pop = (edge: ServedEdge, position: number): PopMessage => ({
  position,
  popId: popId(acme, `pop-${position}`),
  contactId: contactId(acme, 'c1'),
  at: edge.clock.now(),
  what: 'offered',
  why: { verdict: 'certain', rule: 'live-lease-of-ani', sentence: 'The lease says so.' },
});

const events = (told: readonly (readonly unknown[])[]): readonly unknown[] => told.map(([event]) => event);
const positionsOf = (event: string, told: readonly (readonly unknown[])[]): readonly unknown[] =>
  told
    .filter(([name]) => name === event)
    .map(([, first]) => (typeof first === 'number' ? first : (first as { position: number }).position));
const has =
  (event: string, count = 1) =>
  (told: readonly (readonly unknown[])[]): boolean =>
    told.filter(([name]) => name === event).length >= count;

describe('an agent’s socket', () => {
  let edge: LiveEdge;
  beforeEach(async () => {
    edge = await serveLiveEdge();
  });
  afterEach(() => edge.close());
  const atDesk = async (agentId: AgentId = anna, auth: object = {}) => {
    const { token, sessionId } = await edge.signedIn(agentId);
    const line = edge.connect('/agent', { token, ...auth });
    await line.until(has('queue'));
    return { ...line, token, sessionId };
  };

  it('is shown profile, desktop and queue, in this order, and the agent counts as present', async () => {
    const line = await atDesk();
    expect(line.told).to.deep.equal([
      ['profile', profileOf(known(edge, anna))],
      ['desktop', 0, desktopOf(known(edge, anna))],
      ['queue', { waiting: 2, readyAgents: 1 }],
    ]);
    expect(edge.desks.seen.presence).to.deep.equal([`present ${anna}`]);
  });

  it('may be opened by the cookie of one of our pages', async () => {
    const { token } = await edge.signedIn(anna);
    const extraHeaders = { cookie: `trunkline-staff=${token}`, origin: edge.url };
    await edge.connect('/agent', {}, { extraHeaders }).until(has('desktop'));
  });

  it('is told each change of the desktop, in every tab, and never an older one after a newer', async () => {
    const [one, other] = [await atDesk(), await atDesk()];
    const agent = known(edge, anna);
    for (const position of [5, 4, 7, 7, 6, 9]) edge.desks.tell.desktop(anna, position, desktopOf(agent));
    await one.until(has('desktop', 4));
    await other.until(has('desktop', 4));
    for (const { told } of [one, other]) expect(positionsOf('desktop', told)).to.deep.equal([0, 5, 7, 9]);
  });

  it('hears nothing of what its snapshot showed already, and brings the other tabs up to it', async () => {
    const first = await atDesk();
    const agent = known(edge, anna);
    // The views are ahead of what was told.
    const untold = { position: 20, desktop: desktopOf(agent, { state: 'busy' }) };
    edge.desks.desktops.set(anna, untold);
    const second = await atDesk();
    edge.desks.tell.desktop(anna, 15, desktopOf(agent));
    edge.desks.tell.desktop(anna, 21, desktopOf(agent));
    await first.until((told) => positionsOf('desktop', told).includes(21));
    await second.until((told) => positionsOf('desktop', told).includes(21));
    expect(positionsOf('desktop', first.told)).to.deep.equal([0, 20, 21]);
    expect(positionsOf('desktop', second.told)).to.deep.equal([20, 21]);
  });

  it('is told nothing of other agents’ desks', async () => {
    const line = await atDesk(boris);
    edge.desks.tell.desktop(anna, 5, desktopOf(known(edge, anna)));
    edge.desks.tell.pop(anna, pop(edge, 6));
    edge.desks.tell.profile(anna, profileOf(known(edge, anna)));
    edge.desks.tell.desktop(boris, 7, desktopOf(known(edge, boris)));
    await line.until(has('desktop', 2));
    expect(events(line.told)).to.deep.equal(['profile', 'desktop', 'queue', 'desktop']);
  });

  it('pops in every tab, as the same pop', async () => {
    const [one, other] = [await atDesk(), await atDesk()];
    await Promise.all([one.ask('colleagues'), other.ask('colleagues')]);
    edge.desks.tell.pop(anna, pop(edge, 12));
    await one.until(has('screen-pop'));
    await other.until(has('screen-pop'));
    expect(one.told.at(-1)).to.deep.equal(['screen-pop', pop(edge, 12)]);
    expect(other.told.at(-1)).to.deep.equal(one.told.at(-1));
  });

  it('that comes back with its position is told the pops it missed, once, and those before not again', async () => {
    for (const position of [10, 11, 12]) edge.desks.tell.pop(anna, pop(edge, position));
    const line = await atDesk(anna, { position: 10 });
    await line.until(has('screen-pop', 2));
    edge.desks.tell.pop(anna, pop(edge, 13));
    await line.until(has('screen-pop', 3));
    expect(positionsOf('screen-pop', line.told)).to.deep.equal([11, 12, 13]);
    expect(events(line.told).slice(0, 3)).to.deep.equal(['profile', 'desktop', 'queue']);
  });

  it('misses nothing of what pops while it catches up, and hears it in its turn', async () => {
    const popsSince = edge.desks.agentDesk.popsSince.bind(edge.desks.agentDesk);
    let read: (() => void) | undefined;
    const reading = new Promise<void>((resolve) => (read = resolve));
    let goOn: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    edge.desks.agentDesk.popsSince = async (agentId, after) => {
      // Told before the log is read, and so in both.
      edge.desks.tell.pop(anna, pop(edge, 11));
      const missed = await popsSince(agentId, after);
      read?.();
      await held;
      return missed;
    };
    edge.desks.tell.pop(anna, pop(edge, 10));
    const line = await atDesk(anna, { position: 9 });
    await reading;
    edge.desks.tell.pop(anna, pop(edge, 12));
    goOn?.();
    await line.until(has('screen-pop', 3));
    edge.desks.tell.pop(anna, pop(edge, 13));
    await line.until(has('screen-pop', 4));
    expect(positionsOf('screen-pop', line.told)).to.deep.equal([10, 11, 12, 13]);
  });

  it('is answered: done, refused by a rule, or not possible for want of the log', async () => {
    const line = await atDesk();
    expect(await line.ask('request', { type: 'ready' })).to.deep.equal({ ok: true, position: 1 });
    edge.desks.scripted.push({ outcome: 'rejected', reason: 'call-is-not-held' });
    expect(await line.ask('request', { type: 'retrieve' })).to.have.nested.property('problem.code', 'call-is-not-held');
    edge.desks.scripted.push({ outcome: 'failed', failure: 'SQLITE_FULL' });
    const failed = await line.ask('request', { type: 'hold' });
    expect(failed).to.have.nested.property('problem.status', 503);
    expect(JSON.stringify(failed)).to.not.include('SQLITE');
    expect(edge.desks.seen.agentRequests.map(({ agentId, request }) => [agentId, request.type])).to.deep.equal([
      [anna, 'ready'],
      [anna, 'retrieve'],
      [anna, 'hold'],
    ]);
  });

  it('whose desk breaks is told so, and goes on', async () => {
    const line = await atDesk();
    const request = edge.desks.agentDesk.request.bind(edge.desks.agentDesk);
    edge.desks.agentDesk.request = () => Promise.reject(new Error('secret path /var'));
    const broken = await line.ask('request', { type: 'ready' });
    expect(broken).to.have.nested.property('problem.code', 'internal-error');
    expect(JSON.stringify(broken)).to.not.include('/var');
    edge.desks.agentDesk.request = request;
    expect(await line.ask('request', { type: 'ready' })).to.have.property('ok', true);
    expect(edge.log.lines.filter(({ level }) => level === 'error')).to.have.length(1);
  });

  it('can ask who else works there: people of the same merchant', async () => {
    const line = await atDesk();
    expect(await line.ask('colleagues')).to.deep.equal([
      { agentId: anna, displayName: 'anna', state: 'ready' },
      { agentId: boris, displayName: 'boris', state: 'ready' },
    ]);
  });

  it('sees the queue of its own centre, and of another one when the agent moves there', async () => {
    const line = await atDesk();
    const profile = profileOf(known(edge, anna));
    const elsewhere = 'centre-acme.noord' as typeof profile.centreId;
    edge.desks.tell.queue(elsewhere, { waiting: 9, readyAgents: 9 });
    edge.desks.tell.queue(profile.centreId, { waiting: 3, readyAgents: 0 });
    edge.desks.tell.profile(anna, { ...profile, centreId: elsewhere });
    edge.desks.tell.queue(profile.centreId, { waiting: 9, readyAgents: 9 });
    edge.desks.tell.queue(elsewhere, { waiting: 4, readyAgents: 1 });
    await line.until(has('queue', 3));
    expect(line.told.filter(([event]) => event === 'queue').map(([, queue]) => queue)).to.deep.equal([
      { waiting: 2, readyAgents: 1 },
      { waiting: 3, readyAgents: 0 },
      { waiting: 4, readyAgents: 1 },
    ]);
  });

  it('is missed only when the last of the agent’s sockets is gone', async () => {
    const [one, other] = [await atDesk(), await atDesk()];
    one.socket.disconnect();
    await other.ask('colleagues');
    expect(edge.desks.seen.presence).to.deep.equal([`present ${anna}`]);
    other.socket.disconnect();
    await edge.desks.seenPresence(`absent ${anna}`);
    await atDesk(boris);
    expect(edge.desks.seen.presence).to.deep.equal([`present ${anna}`, `absent ${anna}`, `present ${boris}`]);
  });

  it('that closes because the server goes down says nothing about who is there', async () => {
    const line = await atDesk();
    await edge.closeSockets();
    expect(await line.disconnected(), 'so that clients come back by themselves').to.equal('transport close');
    expect(edge.desks.seen.presence).to.deep.equal([`present ${anna}`]);
  });
});

describe('an agent’s socket whose sign-in ends', () => {
  let edge: LiveEdge;
  beforeEach(async () => {
    edge = await serveLiveEdge();
  });
  afterEach(() => edge.close());

  it('is closed at once, in every tab of that sign-in; another sign-in of the same agent goes on', async () => {
    const { token, sessionId } = await edge.signedIn(anna);
    const tabs = [edge.connect('/agent', { token }), edge.connect('/agent', { token })];
    const other = edge.connect('/agent', { token: (await edge.signedIn(anna)).token });
    for (const tab of [...tabs, other]) await tab.until(has('queue'));
    const before = performance.now();
    edge.desks.tell.signedOut(acme, sessionId);
    for (const tab of tabs) expect(await tab.disconnected()).to.equal('io server disconnect');
    expect(performance.now() - before).to.be.below(1000);
    expect(await other.ask('request', { type: 'ready' })).to.have.property('ok', true);
  });

  it('is closed when its time is over, though nobody signed out', async () => {
    const { token } = await edge.signedIn(anna, 60_000);
    const line = edge.connect('/agent', { token });
    await line.until(has('queue'));
    edge.clock.advance(60_000);
    expect(await line.disconnected()).to.equal('io server disconnect');
  });

  it('is found out by its next request when the clock was put on, and its timer is still asleep', async () => {
    const { token } = await edge.signedIn(anna, 60_000);
    const line = edge.connect('/agent', { token });
    await line.until(has('queue'));
    edge.clock.set(instant(edge.clock.now() + 60_000));
    expect(await line.ask('request', { type: 'ready' })).to.have.nested.property('problem.code', 'expired-token');
    await line.disconnected();
    expect(edge.desks.seen.agentRequests).to.deep.equal([]);
  });

  it('is found out by its next request, should the news have been lost', async () => {
    const { token, sessionId } = await edge.signedIn(anna);
    const line = edge.connect('/agent', { token });
    await line.until(has('queue'));
    edge.desks.backOffice.signedOut = (asked) => asked === sessionId;
    expect(await line.ask('request', { type: 'ready' })).to.have.nested.property('problem.code', 'stale-token');
    await line.disconnected();
    expect(edge.desks.seen.agentRequests).to.deep.equal([]);
  });

  it('does not come back with the same token', async () => {
    const { token, sessionId } = await edge.signedIn(anna);
    edge.desks.tell.signedOut(acme, sessionId);
    expect(await edge.connect('/agent', { token }).refused()).to.equal('stale-token');
  });

  it('is closed when the agent may no longer work as one', async () => {
    const line = edge.connect('/agent', { token: (await edge.signedIn(anna)).token });
    await line.until(has('queue'));
    edge.desks.tell.profile(anna, { ...profileOf(known(edge, anna)), roles: ['analyst'] });
    await line.disconnected();
    expect(line.told.filter(([event]) => event === 'profile')).to.have.length(1);
  });
});

describe('a socket that has no business at the agents’ namespace', () => {
  let edge: LiveEdge;
  beforeEach(async () => {
    edge = await serveLiveEdge({ guestOrigins: ['https://crm.example'] });
  });
  afterEach(() => edge.close());

  it('gets not one byte of data: no token, a forged, an expired, a stale, or one for something else', async () => {
    const expired = (await edge.signedIn(anna, 1000)).token;
    edge.clock.advance(1000);
    const stale = await edge.signedIn(anna);
    edge.desks.tell.signedOut(acme, stale.sessionId);
    const { token: icon } = await edge.access.mintIconToken(
      { merchantId: acme, origin: 'https://acme.example' },
      60_000,
    );
    const strangers: readonly (readonly [unknown, string])[] = [
      [undefined, 'no-token'],
      [null, 'no-token'],
      [{ $ne: 1 }, 'no-token'],
      ['', 'no-token'],
      ['forged', 'forged-token'],
      ['x'.repeat(60_000), 'forged-token'],
      [icon, 'forged-token'],
      [expired, 'expired-token'],
      [stale.token, 'stale-token'],
    ];
    const agent = known(edge, anna);
    for (const [token, why] of strangers) {
      const line = edge.connect('/agent', { token });
      expect(await line.refused(), why).to.equal(why);
      edge.desks.tell.desktop(anna, edge.desks.seen.refusals.length + 100, desktopOf(agent));
      expect(edge.desks.seen.refusals.at(-1)).to.include({ why, what: 'socket /agent' });
      expect(line.told).to.deep.equal([]);
    }
    expect(edge.desks.seen.presence).to.deep.equal([]);
  });

  it('gets nothing of another tenant, whatever it calls itself', async () => {
    const { token } = await edge.signedIn(carla);
    const line = edge.connect('/agent', { token, agentId: anna, room: `acme:desk:${anna}` });
    await line.until(has('queue'));
    for (const event of ['join', 'subscribe', 'room']) {
      expect(await line.ask(event, `acme:desk:${anna}`)).to.have.nested.property('problem.code', 'not-found');
    }
    edge.desks.tell.desktop(anna, 50, desktopOf(known(edge, anna)));
    edge.desks.tell.pop(anna, pop(edge, 51));
    expect(await line.ask('colleagues')).to.deep.equal([{ agentId: carla, displayName: 'carla', state: 'ready' }]);
    expect(JSON.stringify(line.told)).to.not.include('acme');
  });

  it('is not let in without the right to work as an agent', async () => {
    edge.desks.hire(boris, { roles: ['analyst'] });
    expect(await edge.connect('/agent', { token: (await edge.signedIn(boris)).token }).refused()).to.equal(
      'not-allowed',
    );
    edge.desks.dismiss(anna);
    expect(await edge.connect('/agent', { token: (await edge.signedIn(anna)).token }).refused()).to.equal(
      'not-allowed',
    );
  });

  it('finds nobody at the main namespace, nor at any other', async () => {
    const { token } = await edge.signedIn(anna);
    expect(await edge.connect('/', { token }).refused()).to.equal('not-found');
    expect(await edge.connect('/admin', { token }).refused()).to.equal('Invalid namespace');
  });

  it('from a page of another site is not even shaken hands with, and that is recorded', async () => {
    const { token } = await edge.signedIn(anna);
    for (const transport of ['websocket', 'polling']) {
      const line = edge.connect(
        '/agent',
        { token },
        { transports: [transport], extraHeaders: { origin: 'https://evil.example' } },
      );
      expect(await line.refused()).to.match(/websocket error|xhr poll error/);
      expect(edge.desks.seen.refusals.at(-1)).to.include({ merchantId: 'platform', why: 'foreign-origin' });
    }
  });

  it('from a page that the operator named may use a token, though never a cookie', async () => {
    const { token } = await edge.signedIn(anna);
    const origin = 'https://crm.example';
    const byCookie = { extraHeaders: { origin, cookie: `trunkline-staff=${token}` } };
    expect(await edge.connect('/agent', {}, byCookie).refused()).to.equal('no-token');
    await edge.connect('/agent', { token }, { extraHeaders: { origin } }).until(has('desktop'));
  });

  it('that claims a place in a log where there is none is told what is wrong', async () => {
    const { token } = await edge.signedIn(anna);
    for (const position of [-1, 1.5, '7', {}, [], true]) {
      expect(await edge.connect('/agent', { token, position }).refused()).to.equal('invalid-request');
    }
  });
});
