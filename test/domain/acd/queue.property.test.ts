import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { queueDecider, type Queue } from '#domain/acd/queue.decider.js';
import type { QueueCommand, QueueEvent } from '#domain/acd/queue.events.js';
import { agentId, callId, contactId, deviceId, queueOf } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { acme, berlin } from '../merchant/acme.js';

const target = queueOf(berlin.centreId);
const names = ['a', 'b', 'c', 'd'];

type Said<Command> = Command extends QueueCommand ? Pick<Command, 'type' | 'data'> : never;

const anyCall = fc.record({ name: fc.constantFrom(...names), since: fc.nat(20) }).map(({ name, since }) => ({
  callId: callId(acme, name),
  contactId: contactId(acme, name),
  since: instant(since),
}));
const anyAgent = fc.record({ name: fc.constantFrom(...names), since: fc.nat(20) }).map(({ name, since }) => ({
  agentId: agentId(acme, name),
  device: deviceId(acme, name),
  since: instant(since),
}));

const joinsFirst = anyCall.map((data): Said<QueueCommand> => ({ type: 'JoinQueue', data }));
const comesBack = fc
  .tuple(anyCall, anyAgent)
  .map(([call, agent]): Said<QueueCommand> => ({ type: 'JoinQueue', data: { ...call, returnedBy: agent.agentId } }));
const leaves = anyCall.map(({ callId: id }): Said<QueueCommand> => ({
  type: 'LeaveQueue',
  data: { callId: id, cause: 'abandoned' },
}));
const offers = anyAgent.map((data): Said<QueueCommand> => ({ type: 'OfferAgent', data }));
const withdraws = anyAgent.map(({ agentId: id }): Said<QueueCommand> => ({
  type: 'WithdrawAgent',
  data: { agentId: id },
}));
const hands = fc.tuple(anyCall, anyAgent).map(([call, agent]): Said<QueueCommand> => ({
  type: 'AssignToAgent',
  data: { callId: call.callId, contactId: call.contactId, agentId: agent.agentId, purpose: 'transfer' },
}));

const asked = (said: Said<QueueCommand>): QueueCommand => ({ ...said, target, at: instant(100) });
const command = fc.oneof(joinsFirst, comesBack, offers, offers, leaves, withdraws, hands).map(asked);

/** The queue as its log tells it: who waits, and since when. */
class Ledger {
  readonly calls = new Map<string, number>();
  readonly agents = new Map<string, number>();

  take({ type, data }: QueueEvent): void {
    switch (type) {
      case 'CallJoinedQueue':
        expect(this.calls.has(data.callId), 'a call waits once').to.be.false;
        this.calls.set(data.callId, data.since);
        break;
      case 'AgentJoinedQueue':
        expect(this.agents.has(data.agentId), 'an agent waits once').to.be.false;
        this.agents.set(data.agentId, data.since);
        break;
      case 'CallLeftQueue':
        expect(this.calls.delete(data.callId), 'who leaves has waited').to.be.true;
        break;
      case 'AgentLeftQueue':
        expect(this.agents.delete(data.agentId), 'who leaves has waited').to.be.true;
        break;
      case 'CallAssigned':
        this.assign(data);
        break;
      case 'AssignmentRefused':
        expect(this.agents.has(data.agentId), 'refused only who is not ready').to.be.false;
        break;
    }
  }

  private assign({
    callId: call,
    agentId: agent,
    purpose,
  }: Extract<QueueEvent, { type: 'CallAssigned' }>['data']): void {
    expect(this.agents.has(agent), 'an agent is ready for each assignment anew').to.be.true;
    if (purpose === 'next-in-queue') {
      expect(this.calls.get(call), 'nobody who has waited longer is passed over').to.equal(
        Math.min(...this.calls.values()),
      );
      expect(this.agents.get(agent), 'nobody idle for longer is passed over').to.equal(
        Math.min(...this.agents.values()),
      );
    }
    this.calls.delete(call);
    this.agents.delete(agent);
  }
}

const decideAll = (
  commands: readonly QueueCommand[],
  each: (events: readonly QueueEvent[], queue: Queue) => void,
): void => {
  let queue = queueDecider.initialState;
  for (const command of commands) {
    const decision = queueDecider.decide(command, queue);
    if (decision.outcome === 'rejected') throw new Error('a queue refuses nothing');
    queue = decision.events.reduce(queueDecider.evolve, queue);
    each(decision.events, queue);
  }
};

describe('a queue, whatever happens to it', () => {
  it('gives the longest waiting call to the longest idle agent, and neither of them twice', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const ledger = new Ledger();
        decideAll(commands, (events, queue) => {
          for (const event of events) ledger.take(event);
          expect(queue.calls.map((call) => call.callId)).to.have.members([...ledger.calls.keys()]);
          expect(queue.agents.map((agent) => agent.agentId)).to.have.members([...ledger.agents.keys()]);
          expect(Math.min(queue.calls.length, queue.agents.length), 'nobody waits for somebody who waits').to.equal(0);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('does nothing new when an arrival, a hang-up or a withdrawal is told twice in a row', () => {
    const told = fc.oneof(joinsFirst, leaves, withdraws).map(asked);
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), told, (before, twice) => {
        const heard: (readonly QueueEvent[])[] = [];
        decideAll([...before, twice, twice], (events) => heard.push(events));
        expect(heard.at(-1)).to.deep.equal([]);
      }),
    );
  });

  it('gives 10 000 calls to 1 000 agents in less than a second of computing', () => {
    const agents = Array.from({ length: 1_000 }, (_, index) => ({
      agentId: agentId(acme, `a${index}`),
      device: deviceId(acme, `a${index}`),
      since: instant(index),
    }));
    let queue = queueDecider.initialState;
    let assigned = 0;
    const ask = (said: Said<QueueCommand>): void => {
      const decision = queueDecider.decide(asked(said), queue);
      if (decision.outcome !== 'accepted') return;
      for (const event of decision.events) {
        queue = queueDecider.evolve(queue, event);
        if (event.type === 'CallAssigned') assigned += 1;
      }
    };
    for (const agent of agents) ask({ type: 'OfferAgent', data: agent });
    // Not by the clock on the wall: the machine may be busy with something else.
    const began = process.cpuUsage();
    for (let index = 0; index < 10_000; index += 1) {
      const name = `c${index}`;
      ask({
        type: 'JoinQueue',
        data: { callId: callId(acme, name), contactId: contactId(acme, name), since: instant(index) },
      });
      const freed = agents[index % 1_000];
      if (freed) ask({ type: 'OfferAgent', data: { ...freed, since: instant(10_000 + index) } });
    }
    expect(assigned).to.equal(10_000);
    const { user, system } = process.cpuUsage(began);
    expect(user + system, 'microseconds').to.be.below(1_000_000);
  });
});
