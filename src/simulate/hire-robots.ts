import { randomBytes } from 'node:crypto';
import { agentId, merchantId, uniqueOf, type AgentId, type CallCentreId } from '#domain/kernel/ids.js';
import { ServerRefused, type Configuration, type MerchantServer } from './merchant-server.js';

/** A robot that may sign in. Two robots can hand calls to each other when they are at one centre. */
export type HiredRobot = Readonly<{ agentId: AgentId; loginName: string; password: string; centreId: CallCentreId }>;

/** Passwords are hashed slowly, so a few are asked for at once and not all. */
const atOnce = 4;

const nameOf = (index: number): string => `robot-${String(index + 1).padStart(3, '0')}`;

/** As a customer's window shows an agent: by first name. */
export const isRobot = (agentName: string): boolean => /^Robot-\d{3,}$/.test(agentName);
const displayName = (loginName: string): string => `R${loginName.slice(1)} of Trunkline`;

/**
 * Where robots sit: one at each centre that calls are routed to, the others where the routes send calls first.
 * @throws {ServerRefused} when no link leads to a call centre
 */
export const seatsFor = (agents: number, { routingPolicy }: Configuration): readonly CallCentreId[] => {
  const everywhere = [...new Set(routingPolicy.routes.flatMap(({ centres }) => centres))];
  const preferred = routingPolicy.routes.flatMap(({ centres }) => centres.slice(0, 1));
  if (preferred.length === 0) throw new ServerRefused('no-route', 'No link of this merchant leads to a call centre');
  const first = [...new Set(preferred)];
  const others = everywhere.filter((centre) => !first.includes(centre));
  const seats = [...first, ...others].slice(0, agents);
  for (let index = 0; seats.length < agents; index += 1) {
    seats.push(...preferred.slice(index % preferred.length).slice(0, 1));
  }
  return seats;
};

/** Does it for all, a few at a time. */
export const forEachAtOnce = async <Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<void>,
): Promise<void> => {
  const left = [...items];
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};

/**
 * Agents `robot-001` and so on, registered where they are not yet, each with a password of this run.
 * @throws {ServerRefused}
 */
export const hireRobots = async (
  server: MerchantServer,
  merchant: string,
  agents: number,
): Promise<readonly HiredRobot[]> => {
  const seats = seatsFor(agents, await server.configuration());
  const known = new Map((await server.agents()).map((agent) => [agent.loginName, agent.centreId]));
  const robots = seats.map((seat, index): HiredRobot => {
    const loginName = nameOf(index);
    const centreId = known.get(loginName) ?? seat;
    const password = randomBytes(18).toString('base64url');
    return { agentId: agentId(merchantId(merchant), loginName), loginName, password, centreId };
  });
  await forEachAtOnce(robots, async ({ loginName, password, centreId }) => {
    if (known.has(loginName)) {
      await server.setPassword(loginName, password);
      return;
    }
    await server.registerAgent({
      loginName,
      displayName: displayName(loginName),
      centre: uniqueOf(centreId),
      device: loginName,
      roles: ['agent'],
      password,
    });
  });
  return robots;
};
