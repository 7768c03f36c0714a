import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { AgentCommand } from '#domain/agent/agent.commands.js';
import { agentDecider } from '#domain/agent/agent.decider.js';
import type { AgentEvent } from '#domain/agent/agent.events.js';
import { isInCall, type Agent } from '#domain/agent/agent.state.js';
import { aCall, goNotReady, goReady, logOff, logOn, registered, reportLost, reportReturned } from './anna.js';

const [x, y] = [aCall('x'), aCall('y')];
type Call = typeof x;

/**
 * Anna as anybody would describe her: what she does, and what she wants to be when she does nothing. The decider keeps
 * states and pending states; this has neither.
 */
type Model = Readonly<{
  /** `off`, `ready`, or the reason for not being ready. */
  wants: string;
  does: 'nothing' | 'rings' | 'talks' | 'wraps-up';
  call?: string;
  over: readonly string[];
  lost: boolean;
}>;

const start: Model = { wants: 'off', does: 'nothing', over: [], lost: false };

const statusOf = ({ wants, does }: Model): string => {
  if (does !== 'nothing') return { rings: 'reserved', talks: 'busy', 'wraps-up': 'working-after-call' }[does];
  return wants === 'off' ? 'logged-off' : wants === 'ready' ? 'ready' : `not-ready ${wants}`;
};

const idle = ({ call: _over, ...model }: Model): Model => ({ ...model, does: 'nothing' });
const over = (model: Model): Model => ({
  ...model,
  over: model.call ? [...new Set([...model.over, model.call])].sort() : model.over,
});
/** Whoever rings or talks goes on with that; whoever wraps up is done with it. */
const wanting = (model: Model, wants: string): Model => {
  const next = { ...model, wants };
  return model.does === 'wraps-up' ? idle(next) : next;
};
const off = (model: Model): boolean => model.wants === 'off' && model.does === 'nothing';
const on =
  (rule: (model: Model) => Model) =>
  (model: Model): Model =>
    off(model) ? model : rule(model);

type Step = Readonly<{ name: string; command: AgentCommand; expected: (model: Model) => Model }>;

const stepsOf = (call: Call): readonly Step[] => {
  const name = call.callId;
  const at = (does: Model['does'], rule: (model: Model) => Model) =>
    on((model) => (model.does === does && model.call === name ? rule(model) : model));
  return [
    {
      name: `reserve ${name}`,
      command: call.reserve,
      expected: on((model) => (statusOf(model) === 'ready' ? { ...model, does: 'rings', call: name } : model)),
    },
    { name: `release ${name}`, command: call.release, expected: at('rings', idle) },
    {
      name: `no answer ${name}`,
      command: call.noAnswer,
      expected: at('rings', (model) => idle({ ...model, wants: model.wants === 'ready' ? 'no-answer' : model.wants })),
    },
    {
      name: `connected ${name}`,
      command: call.connected,
      expected: on((model) => {
        const ringing = model.does === 'rings' && model.call === name;
        if (!ringing && (model.over.includes(name) || model.call === name)) return model;
        const left = model.does === 'talks' ? over(model) : model;
        return { ...left, does: 'talks', call: name };
      }),
    },
    {
      name: `disconnected ${name}`,
      command: call.disconnected,
      expected: at('talks', (model) => over({ ...model, does: 'wraps-up' })),
    },
    { name: `dispose ${name}`, command: call.dispose(), expected: at('wraps-up', idle) },
  ];
};

const steps: readonly Step[] = [
  {
    name: 'log on',
    command: logOn,
    expected: (model) => (off(model) ? { ...model, wants: 'logged-on', lost: false } : model),
  },
  { name: 'log off', command: logOff, expected: on((model) => wanting(model, 'off')) },
  { name: 'ready', command: goReady, expected: on((model) => ({ ...wanting(model, 'ready'), lost: false })) },
  { name: 'break', command: goNotReady('break'), expected: on((model) => wanting(model, 'break')) },
  {
    name: 'lost',
    command: reportLost,
    expected: on((model) => ({
      ...model,
      lost: true,
      wants: !model.lost && model.wants === 'ready' ? 'connection-lost' : model.wants,
    })),
  },
  {
    name: 'returned',
    command: reportReturned,
    expected: on((model) => ({
      ...model,
      lost: false,
      wants: model.lost && model.does !== 'nothing' && model.wants === 'connection-lost' ? 'ready' : model.wants,
    })),
  },
  ...stepsOf(x),
  ...stepsOf(y),
];

const statusSaid = (agent: Agent): string =>
  agent.status === 'not-ready' ? `not-ready ${agent.reason}` : agent.status;

/** The states that an event says the agent is in. */
const entered: Partial<Record<AgentEvent['type'], string>> = {
  AgentReady: 'ready',
  AgentNotReady: 'not-ready',
  AgentReserved: 'reserved',
  AgentBusy: 'busy',
  AgentWorkingAfterCall: 'working-after-call',
  AgentLoggedOff: 'logged-off',
};

const wantedLater = (agent: Agent): string => {
  const pending = isInCall(agent) ? agent.pending : undefined;
  if (!pending) return 'ready';
  return pending.state === 'not-ready' ? pending.reason : pending.state === 'logged-off' ? 'off' : 'ready';
};

const take = (agent: Agent, { name, command }: Step): Agent => {
  const decision = agentDecider.decide(command, agent);
  if (decision.outcome === 'rejected') return agent;
  const next = decision.events.reduce(agentDecider.evolve, agent);
  const told = decision.events.flatMap(({ type }) => entered[type] ?? []).at(-1);
  if (told === undefined) expect(statusSaid(next), `${name}: no change without an event`).to.equal(statusSaid(agent));
  else expect(next.status, `${name}: the last word is what she is`).to.equal(told);
  return next;
};

const compare = (path: string, agent: Agent, model: Model): void => {
  const said = [statusSaid(agent), 'lost' in agent && agent.lost, 'callId' in agent ? agent.callId : undefined];
  const known = off(model) ? false : model.lost;
  if (JSON.stringify(said) !== JSON.stringify([statusOf(model), known, model.call])) {
    expect.fail(`${path}: ${JSON.stringify(said)}, but ${JSON.stringify(model)}`);
  }
  if (model.does !== 'nothing') expect(wantedLater(agent), path).to.equal(model.wants);
};

describe('Anna, whatever happens to her', () => {
  const begun = agentDecider.evolve(agentDecider.initialState, registered);

  type Place = readonly [path: string, agent: Agent, model: Model];

  const onward = ([path, agent, model]: Place): readonly Place[] =>
    steps.map((step) => {
      const place = [`${path}, ${step.name}`, take(agent, step), step.expected(model)] as const;
      compare(...place);
      return place;
    });

  it('is what her model is, after every sequence of up to eight things that may happen', () => {
    let places: readonly Place[] = [['', begun, start]];
    const seen = new Set<string>();
    /** Whoever is in the same state in the same model has the same future: one of them is followed. */
    const isNew = ([, agent, model]: Place): boolean => {
      const key = JSON.stringify([agent, model]);
      return !seen.has(key) && seen.add(key).has(key);
    };
    for (let length = 1; length <= 8; length += 1) places = places.flatMap(onward).filter(isNew);
    expect(seen.size).to.be.greaterThan(500);
  });

  it('is what her model is, after long sequences', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { minLength: 20, maxLength: 100 }), (sequence) => {
        let [agent, model] = [begun, start];
        for (const step of sequence) {
          agent = take(agent, step);
          model = step.expected(model);
          compare(step.name, agent, model);
          if ('lost' in agent && agent.lost) expect(agent.status).to.not.equal('ready');
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
