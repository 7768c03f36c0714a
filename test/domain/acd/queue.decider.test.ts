import { expect } from 'chai';
import { describe, it } from 'mocha';
import { queueDecider } from '#domain/acd/queue.decider.js';
import type { QueueCommand, QueueEvent } from '#domain/acd/queue.events.js';
import { agentId, callId, contactId, deviceId, queueOf, type AgentId } from '#domain/kernel/ids.js';
import { after, instant } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';
import { acme, berlin } from '../merchant/acme.js';
import { expectStatesKept } from '../support/history.js';

const given = scenarioFor(queueDecider);
const nine = instant(Date.UTC(2026, 0, 5, 9));
const at = (second: number) => after(nine, second * 1_000);

type Said<Command> = Command extends QueueCommand ? Pick<Command, 'type' | 'data'> : never;
const say = (said: Said<QueueCommand>, second = 60): QueueCommand => ({
  ...said,
  target: queueOf(berlin.centreId),
  at: at(second),
});

const call = (name: string, since: number) => ({
  callId: callId(acme, name),
  contactId: contactId(acme, name),
  since: at(since),
});
const agent = (name: string, since: number) => ({
  agentId: agentId(acme, name),
  device: deviceId(acme, name),
  since: at(since),
});

const [x, y, z] = [call('x', 10), call('y', 20), call('z', 30)];
const [anna, ben, cleo] = [agent('anna', 1), agent('ben', 2), agent('cleo', 3)];
type Call = typeof x;
type Agent = typeof anna;

const joins = (each: Call, returnedBy?: AgentId, second = 60) =>
  say({ type: 'JoinQueue', data: { ...each, ...(returnedBy && { returnedBy }) } }, second);
const leaves = (each: Call) => say({ type: 'LeaveQueue', data: { callId: each.callId, cause: 'abandoned' } });
const offers = (each: Agent, second = 60) => say({ type: 'OfferAgent', data: each }, second);
const withdraws = (each: Agent) => say({ type: 'WithdrawAgent', data: { agentId: each.agentId } });
const handing = (each: Call, to: Agent, purpose: 'transfer' | 'conference' = 'transfer') =>
  say({
    type: 'AssignToAgent',
    data: { callId: each.callId, contactId: each.contactId, agentId: to.agentId, purpose },
  });

const joined = (each: Call): QueueEvent => ({ type: 'CallJoinedQueue', data: each });
const left = (each: Call): QueueEvent => ({ type: 'CallLeftQueue', data: { callId: each.callId, cause: 'abandoned' } });
const offered = (each: Agent): QueueEvent => ({ type: 'AgentJoinedQueue', data: each });
const withdrawn = (each: Agent): QueueEvent => ({ type: 'AgentLeftQueue', data: { agentId: each.agentId } });
const assigned = (
  each: Call,
  { agentId: to, device }: Agent,
  because: string,
  purpose: 'next-in-queue' | 'transfer' | 'conference' = 'next-in-queue',
): QueueEvent => ({ type: 'CallAssigned', data: { ...each, agentId: to, device, purpose, because } });

describe('a call that comes to a centre', () => {
  it('waits while nobody is ready', () => {
    given().when(joins(x)).thenHappened(joined(x));
    given(joined(x)).when(joins(x)).thenNothing();
  });

  it('goes to the agent who has been idle longest', () => {
    given(offered(ben), offered(cleo), offered(anna))
      .when(joins(x, undefined, 61))
      .thenHappened(joined(x), assigned(x, anna, 'longest idle of 3 ready: 60 s'));
  });

  it('goes to the one who came first of two who have been idle as long', () => {
    const twin = agent('twin', 1);
    given(offered(twin), offered(anna))
      .when(joins(x))
      .thenHappened(joined(x), assigned(x, twin, 'longest idle of 2 ready: 59 s'));
  });

  it('leaves when the caller hangs up', () => {
    given(joined(x), joined(y)).when(leaves(x)).thenHappened(left(x));
    given(joined(x), left(x)).when(leaves(x)).thenNothing();
    given(joined(x), left(x)).when(offers(anna)).thenHappened(offered(anna));
  });
});

describe('an agent who becomes ready', () => {
  it('waits while nobody calls', () => {
    given().when(offers(anna)).thenHappened(offered(anna));
    given(offered(anna)).when(offers(anna)).thenNothing();
  });

  it('is given the call that has waited longest', () => {
    given(joined(z), joined(y), joined(x))
      .when(offers(anna))
      .thenHappened(offered(anna), assigned(x, anna, 'first of 3 waiting: 50 s; the only one ready'));
  });

  it('is given one call, and the next when she is ready again', () => {
    const history = [joined(x), joined(y), offered(anna), assigned(x, anna, '')];
    given(...history)
      .when(joins(z))
      .thenHappened(joined(z));
    given(...history)
      .when(offers(anna))
      .thenHappened(offered(anna), assigned(y, anna, 'first of 1 waiting: 40 s; the only one ready'));
  });

  it('is given none after she has withdrawn', () => {
    given(offered(anna)).when(withdraws(anna)).thenHappened(withdrawn(anna));
    given(offered(anna), withdrawn(anna)).when(withdraws(anna)).thenNothing();
    given(offered(anna), withdrawn(anna)).when(joins(x)).thenHappened(joined(x));
  });

  it('is told of no time that has not passed, when clocks differ', () => {
    given(offered(agent('anna', 100)))
      .when(joins(x, undefined, 60))
      .thenHappened(joined(x), assigned(x, agent('anna', 100), 'longest idle of 1 ready: 0 s'));
  });
});

describe('a call that comes back because its agent did not answer', () => {
  const history = [offered(anna), joined(x), assigned(x, anna, ''), joined(y), joined(z)];

  it('has kept its place', () => {
    given(...history)
      .when(joins(x, anna.agentId))
      .thenHappened(joined(x));
    given(...history, joined(x))
      .when(offers(ben))
      .thenHappened(offered(ben), assigned(x, ben, 'first of 3 waiting: 50 s; the only one ready'));
  });

  it('goes to the next agent at once when one is ready', () => {
    given(offered(anna), offered(ben), joined(x), assigned(x, anna, ''))
      .when(joins(x, anna.agentId))
      .thenHappened(joined(x), assigned(x, ben, 'longest idle of 1 ready: 58 s'));
  });

  it('comes back once, however often it is told', () => {
    given(...history, joined(x))
      .when(joins(x, anna.agentId))
      .thenNothing();
    given(...history, joined(x), offered(ben), assigned(x, ben, ''))
      .when(joins(x, anna.agentId))
      .thenNothing();
  });
});

describe('a call that has been given to an agent', () => {
  it('is not given to another when its arrival is told once more', () => {
    given(offered(anna), joined(x), assigned(x, anna, ''))
      .when(joins(x))
      .thenNothing();
    given(offered(anna), offered(ben), joined(x), assigned(x, anna, ''))
      .when(joins(x))
      .thenNothing();
  });

  it('does not come from an agent who never had it', () => {
    given(offered(anna), joined(x), assigned(x, anna, ''))
      .when(joins(x, ben.agentId))
      .thenNothing();
  });

  it('comes back although so many others have been given away meanwhile that it is forgotten', () => {
    given(offered(anna))
      .when(joins(x, ben.agentId))
      .thenHappened(joined(x), assigned(x, anna, 'longest idle of 1 ready: 59 s'));
  });
});

describe('a call that is handed to an agent by name', () => {
  it('is given to that agent, though others have been idle longer', () => {
    given(offered(anna), offered(ben))
      .when(handing(x, ben))
      .thenHappened(assigned({ ...x, since: at(60) }, ben, 'asked for by name', 'transfer'));
    given(offered(anna), offered(ben), assigned(x, ben, '', 'conference'))
      .when(joins(y))
      .thenHappened(joined(y), assigned(y, anna, 'longest idle of 1 ready: 59 s'));
  });

  it('leaves those who wait where they are', () => {
    given(joined(y), assigned(x, anna, '', 'transfer'))
      .when(offers(ben))
      .thenHappened(offered(ben), assigned(y, ben, 'first of 1 waiting: 40 s; the only one ready'));
  });

  it('is refused when that agent is not ready here', () => {
    const refused: QueueEvent = {
      type: 'AssignmentRefused',
      data: { callId: x.callId, agentId: cleo.agentId, purpose: 'conference' },
    };
    given(offered(anna))
      .when(handing(x, cleo, 'conference'))
      .thenHappened(refused);
    given(offered(anna), refused)
      .when(joins(y))
      .thenHappened(joined(y), assigned(y, anna, 'longest idle of 1 ready: 59 s'));
  });
});

describe('the states of a queue', () => {
  it('are as they were, whatever happens after', () => {
    expectStatesKept(queueDecider, [
      joined(y),
      joined(x),
      offered(anna),
      assigned(x, anna, ''),
      left(y),
      offered(ben),
      withdrawn(ben),
    ]);
  });

  it('do not grow with the calls that have passed', () => {
    let state = queueDecider.initialState;
    for (let index = 0; index < 1_000; index += 1) {
      const passing = call(`c${index}`, index);
      for (const event of [offered(anna), joined(passing), assigned(passing, anna, '')]) {
        state = queueDecider.evolve(state, event);
      }
    }
    expect([state.calls.length, state.agents.length]).to.deep.equal([0, 0]);
    expect(state.assigned.length).to.be.at.most(128);
  });
});
