import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import { agentId, callCentreId, callId, contactId, merchantId, popId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { AgentDesktop, DesktopContact } from '#domain/views/agent-desktop.js';
import { AgentRobot } from '#src/simulate/agent-robot.js';
import type { FloorOfRobot } from '#src/simulate/agent-robot.types.js';
import type { Observation } from '#src/simulate/observation.js';
import type { PlannedCall } from '#src/simulate/planned-calls.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';

const acme = merchantId('acme');
const [anna, ben] = [agentId(acme, 'robot-001'), agentId(acme, 'robot-002')];
const hired = { agentId: anna, loginName: 'robot-001', password: 'x', centreId: callCentreId(acme, 'main') };

const planned = (...actions: PlannedCall['actions']): PlannedCall => ({
  index: 7,
  clickAt: 0,
  fate: 'transferred',
  actions,
});

/** A screen with only as much on it as robots look at. */
const screen = (state: AgentDesktop['state'], contact?: object, since = 1): AgentDesktop =>
  ({ agentId: anna, state, since: instant(since), ...(contact && { contact }) }) as unknown as AgentDesktop;
const contactIn = (state: string, more: object = {}): DesktopContact =>
  ({
    callId: callId(acme, 'main.1'),
    contactId: contactId(acme, 'c'),
    popId: popId(acme, 'p'),
    customer: { ref: 'load-7', by: 'page' },
    call: { state, hop: 1 },
    ...more,
  }) as unknown as DesktopContact;

describe('a robot at an agent’s desk', () => {
  let clock: FakeClock;
  let asked: AgentRequest[];
  let seen: Observation[];
  let plan: PlannedCall | undefined;
  let colleagues: (typeof anna)[];
  let role: 'first-agent' | 'second-agent';
  let joins: (() => void)[];
  let robot: AgentRobot;
  let answer: (request: AgentRequest) => Readonly<{ ok: true } | { ok: false; code: string }>;

  const pass = async (milliseconds: number): Promise<void> => {
    for (let passed = 0; passed <= milliseconds; passed += 50) {
      clock.advance(passed === 0 ? 0 : 50);
      await nextTurn();
    }
  };
  const rings = (contact = contactIn('alerting')): void => {
    robot.see(screen('reserved', contact));
    robot.seePop({
      what: 'offered',
      position: 1,
      popId: popId(acme, 'p'),
      contactId: contact.contactId,
      at: instant(clock.now() - 4),
      why: { verdict: 'certain', rule: 'live-lease-of-ani', sentence: '' },
      contact,
    });
  };
  const requests = (): readonly string[] => asked.map(({ type }) => type);
  const sights = (): readonly string[] => seen.map(({ saw }) => saw);

  beforeEach(async () => {
    clock = fakeClock();
    asked = [];
    seen = [];
    colleagues = [];
    joins = [];
    role = 'first-agent';
    answer = () => ({ ok: true });
    plan = planned(
      { by: 'first-agent', since: 'delivered', after: 100, do: 'answer' },
      { by: 'first-agent', since: 'established', after: 200, do: 'transfer' },
      { by: 'first-agent', since: 'left', after: 300, do: 'wrap-up', disposition: 'sale' },
      { by: 'second-agent', since: 'joined', after: 200, do: 'hang-up' },
    );
    const floor: FloorOfRobot = {
      clock,
      callOf: ({ customer }) => (customer?.ref === 'load-7' ? plan : undefined),
      roleIn: () => role,
      chooseColleague: () => colleagues.shift(),
      onJoined: (_call, listener) => void joins.push(listener),
      joined: () => {
        for (const joined of joins) joined();
      },
      note: (observation) => void seen.push(observation),
    };
    robot = new AgentRobot(hired, floor);
    await robot.begin({
      ask: async (request) => {
        asked.push(request);
        return answer(request);
      },
      close: () => void asked.push({ type: 'log-off' }),
    });
    asked = [];
  });

  it('notes the pop and how long after the ring it came, and answers in its time', async () => {
    rings();
    await pass(50);
    expect(requests()).to.deep.equal([]);
    await pass(50);
    expect(requests()).to.deep.equal(['answer']);
    expect(seen[0]).to.deep.include({ saw: 'pop', call: 7, agent: 'robot-001', afterRing: 4 });
  });

  it('takes a pop that was missed from the screen that comes with it', async () => {
    const { contact: _missed, ...bare } = { contact: contactIn('alerting') };
    robot.seePop({
      ...bare,
      what: 'offered',
      position: 1,
      popId: popId(acme, 'p'),
      contactId: contactId(acme, 'c'),
      at: instant(clock.now() - 4),
      why: { verdict: 'certain', rule: 'live-lease-of-ani', sentence: '' },
    });
    expect(sights()).to.deep.equal([]);
    robot.see(screen('reserved', contactIn('alerting')));
    expect(seen[0]).to.deep.include({ saw: 'pop', call: 7, afterRing: 4 });
  });

  it('complains of a phone that rings with no pop', async () => {
    robot.see(screen('reserved', contactIn('alerting')));
    await pass(1_900);
    expect(sights()).to.deep.equal([]);
    await pass(200);
    expect(sights()).to.deep.equal(['ring-without-pop']);
  });

  it('hands the call on to a colleague, and to another when the first was not ready after all', async () => {
    colleagues = [ben, agentId(acme, 'robot-003')];
    rings();
    robot.see(screen('busy', contactIn('connected')));
    await pass(200);
    expect(asked).to.deep.include({ type: 'transfer', to: ben });
    robot.see(screen('busy', contactIn('connected', { transfer: { kind: 'transfer', to: ben, state: 'failed' } })));
    await pass(400);
    expect(asked.at(-1)).to.deep.equal({ type: 'transfer', to: agentId(acme, 'robot-003') });
    expect(sights().filter((saw) => saw === 'agent-hands-on')).to.have.length(2);
  });

  it('does not hand on again for a failure that it has dealt with', async () => {
    colleagues = [ben, agentId(acme, 'robot-003'), agentId(acme, 'robot-004')];
    const failed = contactIn('connected', { transfer: { kind: 'transfer', to: ben, state: 'failed' } });
    rings();
    robot.see(screen('busy', contactIn('connected')));
    await pass(200);
    robot.see(screen('busy', failed));
    await pass(400);
    robot.see(screen('busy', failed));
    await pass(1_000);
    expect(requests().filter((type) => type === 'transfer')).to.have.length(2);
  });

  it('ends the call itself when nobody becomes ready for it', async () => {
    rings();
    robot.see(screen('busy', contactIn('connected')));
    await pass(10_000);
    expect(requests().at(-1)).to.equal('clear');
    expect(sights()).to.include('agent-clears');
  });

  it('plays the second agent’s part in a call that was handed to it', async () => {
    role = 'second-agent';
    rings(contactIn('alerting', { call: { state: 'alerting', hop: 2 } }));
    robot.see(screen('busy', contactIn('connected')));
    await pass(300);
    expect(seen.find(({ saw }) => saw === 'talk')).to.deep.include({ as: 'second-agent' });
    expect(requests()).to.deep.equal(['clear']);
  });

  it('wraps up when the call is over, and is ready where that is refused', async () => {
    answer = ({ type }) => (type === 'record-disposition' ? { ok: false, code: 'not-your-contact' } : { ok: true });
    rings();
    robot.see(screen('busy', contactIn('connected')));
    robot.see(screen('working-after-call', contactIn('cleared')));
    await pass(400);
    expect(requests()).to.deep.equal(['record-disposition', 'ready']);
    expect(sights()).to.deep.equal(['pop', 'talk', 'agent-left']);
  });

  it('does nothing more in a call that has gone, and is no part of its wrap-up when it never talked', async () => {
    rings();
    robot.see(screen('ready'));
    await pass(1_000);
    expect(requests()).to.deep.equal([]);
    expect(sights()).to.deep.equal(['pop', 'agent-left']);
  });

  it('becomes ready again when it was given up for a while', async () => {
    robot.see(screen('not-ready', undefined, 5));
    await pass(900);
    expect(requests()).to.deep.equal([]);
    await pass(200);
    expect(requests()).to.deep.equal(['ready']);
  });

  it('is polite to a stranger, whom nobody counts', async () => {
    plan = undefined;
    rings();
    await pass(1_600);
    expect(requests()).to.deep.equal(['answer']);
    robot.see(screen('busy', contactIn('connected')));
    robot.see(screen('working-after-call', contactIn('cleared')));
    await pass(1_100);
    expect(requests()).to.deep.equal(['answer', 'record-disposition']);
    expect(seen).to.deep.equal([]);
  });

  it('tells what it was refused, unless the call is over anyhow', async () => {
    answer = () => ({ ok: false, code: 'not-your-call' });
    rings();
    await pass(150);
    expect(seen.at(-1)).to.deep.include({ saw: 'request-refused', request: 'answer', code: 'not-your-call' });
  });

  it('goes home when the load is over, and takes nothing up again', async () => {
    robot.see(screen('not-ready', undefined, 5));
    rings();
    await robot.leave();
    robot.see(screen('not-ready', undefined, 6));
    await pass(2_000);
    expect(requests()).to.deep.equal(['log-off', 'log-off']);
    expect(robot.isReady).to.equal(false);
  });
});
