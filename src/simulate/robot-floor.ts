import type { Clock } from '#domain/contracts/clock.js';
import type { AgentId } from '#domain/kernel/ids.js';
import { AgentRobot } from './agent-robot.js';
import type { FloorOfRobot } from './agent-robot.types.js';
import { openDeskLine } from './desk-line.js';
import { forEachAtOnce, type HiredRobot } from './hire-robots.js';
import type { CustomerRefs, LoadPlan } from './load-plan.js';
import type { MerchantServer } from './merchant-server.js';
import type { Note } from './observation.js';

/** All robots who are agents. */
export type RobotFloor = Readonly<{
  /** Resolves when all have gone home. */
  close: () => Promise<void>;
}>;

export type FloorNeeds = Readonly<{
  server: string;
  api: Pick<MerchantServer, 'signIn'>;
  robots: readonly HiredRobot[];
  plan: LoadPlan;
  refs: CustomerRefs;
  clock: Clock;
  note: Note;
}>;

/** Who was chosen for a call is not chosen for another, until the screens have caught up with it. */
const chosenFor = 2_000;
const longestGoodbye = 5_000;

const handovers = (clock: Clock) => {
  const to = new Map<number, AgentId>();
  const chosenAt = new Map<AgentId, number>();
  const listeners = new Map<number, (() => void)[]>();

  return {
    roleIn: (call: number, agentId: AgentId): 'first-agent' | 'second-agent' =>
      to.get(call) === agentId ? 'second-agent' : 'first-agent',
    isChosen: (agentId: AgentId): boolean => (chosenAt.get(agentId) ?? -Infinity) + chosenFor > clock.now(),
    choose: (call: number, agentId: AgentId): void => {
      to.set(call, agentId);
      chosenAt.set(agentId, clock.now());
    },
    onJoined: (call: number, listener: () => void): void => {
      listeners.set(call, [...(listeners.get(call) ?? []), listener]);
    },
    joined: (call: number): void => {
      for (const listener of listeners.get(call) ?? []) listener();
      listeners.delete(call);
      to.delete(call);
    },
  };
};

/**
 * Signs the robots in, opens their desks and makes them ready.
 * @throws {ServerRefused} when one may not sign in
 */
export const openFloor = async (needs: FloorNeeds): Promise<RobotFloor> => {
  const { server, api, robots, plan, refs, clock, note } = needs;
  const agents: AgentRobot[] = [];
  const { isChosen, choose, ...handing } = handovers(clock);

  const floor: FloorOfRobot = {
    ...handing,
    clock,
    note,
    callOf: ({ customer }) => {
      const call = refs.callOf(customer?.ref);
      return call === undefined ? undefined : plan.call(call);
    },
    // Whoever has been ready for longest is about to get the next call of the queue.
    chooseColleague: (call, { agentId, centreId }) => {
      const [chosen] = agents
        .filter(({ hired, isReady }) => isReady && hired.centreId === centreId && hired.agentId !== agentId)
        .filter(({ hired }) => !isChosen(hired.agentId))
        .sort((one, other) => other.readySince - one.readySince);
      if (chosen) choose(call, chosen.hired.agentId);
      return chosen?.hired.agentId;
    },
  };

  await forEachAtOnce(robots, async (hired) => {
    const robot = new AgentRobot(hired, floor);
    const token = await api.signIn(hired.loginName, hired.password);
    const line = await openDeskLine(server, token, { desktop: robot.see, pop: robot.seePop });
    await robot.begin(line);
    agents.push(robot);
  });

  const untilNobodyTalks = (until: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!agents.some(({ isOnCall }) => isOnCall) || clock.now() >= until) resolve();
        else clock.schedule(100, look);
      };
      look();
    });

  return {
    close: async () => {
      await untilNobodyTalks(clock.now() + longestGoodbye);
      await Promise.all(agents.map((agent) => agent.leave()));
    },
  };
};
