import { expect } from 'chai';
import { describe, it } from 'mocha';
import { agentId, callCentreId, linkId, merchantId, type CallCentreId } from '#domain/kernel/ids.js';
import { hireRobots, isRobot, seatsFor } from '#src/simulate/hire-robots.js';
import {
  ServerRefused,
  type Configuration,
  type MerchantServer,
  type NewAgent,
} from '#src/simulate/merchant-server.js';

const acme = merchantId('acme');
const [main, north, south] = ['main', 'north', 'south'].map((name) => callCentreId(acme, name)) as [
  CallCentreId,
  CallCentreId,
  CallCentreId,
];
const route = (link: string, ...centres: readonly CallCentreId[]) => ({
  linkId: linkId(acme, link),
  centres,
  choose: 'first-open' as const,
});
const configuration: Configuration = {
  origins: ['https://shop.example'],
  links: [],
  callCentres: [],
  routingPolicy: { routes: [route('shoes', main, north), route('returns', main), route('billing', south)] },
  dtmfTable: { entries: [] },
};

describe('robots who look for a seat', () => {
  it('sit where the routes send calls first, with one at each centre that may get some', () => {
    const seats = seatsFor(6, configuration);
    expect(new Set(seats.slice(0, 3))).to.deep.equal(new Set([main, south, north]));
    expect(seats.slice(3)).to.deep.equal([main, main, south]);
  });

  it('sit at the first centres when they are few', () => {
    expect(seatsFor(1, configuration)).to.deep.equal([main]);
  });

  it('find none where no link leads anywhere', () => {
    expect(() => seatsFor(1, { ...configuration, routingPolicy: { routes: [] } })).to.throw(ServerRefused, /No link/);
  });
});

describe('robots who are hired', () => {
  const office = (known: readonly string[]) => {
    const registered: NewAgent[] = [];
    const passwords = new Map<string, string>();
    const server = {
      configuration: async () => configuration,
      agents: async () => known.map((name) => ({ agentId: agentId(acme, name), loginName: name, centreId: north })),
      registerAgent: async (agent: NewAgent) => void registered.push(agent),
      setPassword: async (name: string, password: string) => void passwords.set(name, password),
    } as unknown as MerchantServer;
    return { server, registered, passwords };
  };

  it('are registered as agents with a phone and a password of their own', async () => {
    const { server, registered } = office([]);
    const robots = await hireRobots(server, 'acme', 12);
    expect(registered).to.have.length(12);
    expect(registered[0]).to.deep.include({
      loginName: 'robot-001',
      device: 'robot-001',
      centre: 'main',
      roles: ['agent'],
    });
    expect(new Set(registered.map(({ password }) => password)).size).to.equal(12);
    expect(robots.map(({ loginName }) => loginName)).to.include('robot-012');
    expect(registered.every(({ displayName }) => isRobot(displayName.split(' ')[0] ?? ''))).to.equal(true);
  });

  it('are taken on again where they sit, with a new password, when they are known', async () => {
    const { server, registered, passwords } = office(['robot-001', 'anna']);
    const [first, second] = await hireRobots(server, 'acme', 2);
    expect(registered.map(({ loginName }) => loginName)).to.deep.equal(['robot-002']);
    expect(first).to.deep.include({ centreId: north, agentId: agentId(acme, 'robot-001') });
    expect(first?.password).to.equal(passwords.get('robot-001'));
    expect(second?.password).to.equal(registered[0]?.password);
  });

  it('are told from people by name', () => {
    expect(['Robot-001', 'Robot-1000'].every(isRobot)).to.equal(true);
    expect(['Anna', 'Robot', 'Robot-1', 'Robot-001x'].some(isRobot)).to.equal(false);
  });
});
