import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { GatewayCommand } from '#domain/gateway/gateway.commands.js';
import { gatewayDecider } from '#domain/gateway/gateway.decider.js';
import type { Gateway, GatewayEvent } from '#domain/gateway/gateway.events.js';
import { callId, contactId, gatewayId, iconSessionId, leaseId, merchantId, platform } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';

const given = scenarioFor(gatewayDecider);
const acme = merchantId('acme');
const target = gatewayId(platform, 'aruba');
const aruba: Gateway = {
  name: 'Aruba',
  location: { latitude: 12.5, longitude: -70 },
  pilotNumber: '+2975000000',
  trunkGroup: 'tg-aruba',
  ports: [
    { port: 1, ani: '+2975000001' },
    { port: 2, ani: '+2975000002' },
  ],
  quarantine: 30_000,
};

const ask = <Type extends GatewayCommand['type']>(
  type: Type,
  at: number,
  data: Extract<GatewayCommand, { type: Type }>['data'],
): GatewayCommand => ({ type, target, at: instant(at), data }) as GatewayCommand;

const call = (name: string) => ({
  callId: callId(acme, name),
  contactId: contactId(acme, name),
  sessionId: iconSessionId(acme, name),
  merchantId: acme,
});
const toLease = (name: string) => ({ ...call(name), leaseId: leaseId(acme, name) });
const toRelease = (name: string) => ({ leaseId: leaseId(acme, name), cause: 'call-over' });

const defined: GatewayEvent = { type: 'GatewayDefined', data: aruba };
const leaseData = (name: string, port: number) => ({
  ...toLease(name),
  port,
  ani: `+297500000${port}` as const,
});
const leased = (name: string, port: number, at: number, sequence = 1): GatewayEvent => ({
  type: 'PortLeased',
  data: { ...leaseData(name, port), sequence, at: instant(at) },
});
const released = (name: string, port: number, until: number): readonly GatewayEvent[] => [
  { type: 'PortReleased', data: { ...leaseData(name, port), cause: 'call-over' } },
  {
    type: 'PortQuarantined',
    data: {
      port,
      until: instant(until),
      leaseId: leaseId(acme, name),
      merchantId: acme,
      contactId: contactId(acme, name),
    },
  },
];
const exhausted = (name: string): GatewayEvent => {
  const { sessionId: _clicked, ...turnedAway } = call(name);
  return { type: 'PoolExhausted', data: turnedAway };
};
const blocked = (port: number): GatewayEvent => ({ type: 'PortBlocked', data: { port, reason: 'noise on the line' } });

describe('a call that needs a port of a gateway', () => {
  it('gets the first port of a gateway that has just been set up', () => {
    given(defined)
      .when(ask('LeasePort', 1_000, toLease('ann')))
      .thenHappened(leased('ann', 1, 1_000));
  });

  it('gets the port that nobody is on', () => {
    given(defined, leased('ann', 1, 1_000))
      .when(ask('LeasePort', 1_001, toLease('bob')))
      .thenHappened(leased('bob', 2, 1_001));
  });

  it('gets the port that has rested longest, whatever its number', () => {
    given(
      defined,
      ...[leased('ann', 1, 1_000), leased('bob', 2, 1_000)],
      ...[...released('bob', 2, 32_000), ...released('ann', 1, 33_000)],
    )
      .when(ask('LeasePort', 90_000, toLease('cid')))
      .thenHappened(leased('cid', 2, 90_000, 2));
  });

  it('keeps its one port however often the port is asked for', () => {
    given(defined, leased('ann', 1, 1_000))
      .when(ask('LeasePort', 1_002, toLease('ann')))
      .thenNothing();
    given(defined, leased('ann', 1, 1_000))
      .when(ask('LeasePort', 1_002, { ...toLease('ann'), leaseId: leaseId(acme, 'another') }))
      .thenNothing();
  });

  it('gets no port after its end, when the request for it is repeated late', () => {
    given(defined, leased('ann', 1, 1_000), ...released('ann', 1, 32_000))
      .when(ask('LeasePort', 90_000, toLease('ann')))
      .thenNothing();
  });

  it('gets a port again under another lease when it has given the first one back', () => {
    const again = leaseId(acme, 'ann-again');
    given(defined, leased('ann', 1, 1_000), ...released('ann', 1, 32_000))
      .when(ask('LeasePort', 90_000, { ...toLease('ann'), leaseId: again }))
      .thenHappened({
        type: 'PortLeased',
        data: { ...leaseData('ann', 2), leaseId: again, sequence: 1, at: instant(90_000) },
      });
  });

  it('finds no port while all are taken, rest or are blocked, and that is a fact', () => {
    given(defined, leased('ann', 1, 1_000), blocked(2))
      .when(ask('LeasePort', 1_001, toLease('bob')))
      .thenHappened(exhausted('bob'));
    given(defined, leased('ann', 1, 1_000), ...released('ann', 1, 32_000), leased('bob', 2, 2_500))
      .when(ask('LeasePort', 31_999, toLease('cid')))
      .thenHappened(exhausted('cid'));
  });

  it('is turned away once: by the time it asks again it has gone on to another gateway', () => {
    given(defined, blocked(1), blocked(2), exhausted('ann'), { type: 'PortUnblocked', data: { port: 1 } })
      .when(ask('LeasePort', 1_001, toLease('ann')))
      .thenNothing();
  });

  it('is refused by a gateway that nobody has defined', () => {
    given()
      .when(ask('LeasePort', 1, toLease('ann')))
      .thenRejected('unknown-gateway');
    given()
      .when(ask('ReleasePort', 1, toRelease('ann')))
      .thenRejected('unknown-gateway');
    given()
      .when(ask('BlockPort', 1, { port: 1, reason: 'noise' }))
      .thenRejected('unknown-gateway');
  });
});

describe('a port that is given back', () => {
  it('rests for the guard interval of its gateway', () => {
    given(defined, leased('ann', 1, 1_000))
      .when(ask('ReleasePort', 2_000, toRelease('ann')))
      .thenHappened(...released('ann', 1, 32_000));
  });

  it('is given back once, and never by a call that has no lease', () => {
    given(defined, leased('ann', 1, 1_000), ...released('ann', 1, 32_000))
      .when(ask('ReleasePort', 2_001, toRelease('ann')))
      .thenNothing();
    given(defined, leased('ann', 1, 1_000))
      .when(ask('ReleasePort', 2_001, toRelease('bob')))
      .thenNothing();
  });

  it('is free at the end of its rest, and counts its leases on', () => {
    given(defined, blocked(2), leased('ann', 1, 1_000), ...released('ann', 1, 32_000))
      .when(ask('LeasePort', 32_000, toLease('bob')))
      .thenHappened(leased('bob', 1, 32_000, 2));
  });

  it('rests in full when the clock goes back during the call and is put right later', () => {
    given(defined, leased('ann', 1, 100_000))
      .when(ask('ReleasePort', 40_000, toRelease('ann')))
      .thenHappened(...released('ann', 1, 130_000));
  });

  it('rests in full when the clock went back after another port was given back', () => {
    given(defined, leased('ann', 1, 1_000), leased('bob', 2, 1_000), ...released('ann', 1, 130_000))
      .when(ask('ReleasePort', 40_000, toRelease('bob')))
      .thenHappened(...released('bob', 2, 130_000));
  });

  it('still rests when the clock has gone back', () => {
    given(defined, blocked(2), leased('ann', 1, 100_000), ...released('ann', 1, 131_000))
      .when(ask('LeasePort', 50_000, toLease('bob')))
      .thenHappened(exhausted('bob'));
  });
});

describe('a gateway', () => {
  it('remembers no more after a thousand calls than after a hundred', () => {
    const remembered = (calls: number): number => {
      const lived = Array.from({ length: calls }, (_, index) => {
        const [name, port] = [String(10_000 + index), (index % 2) + 1];
        return [leased(name, port, 1_000, index), ...released(name, port, 32_000), exhausted(name)];
      });
      const state = [defined, ...lived.flat()].reduce(gatewayDecider.evolve, gatewayDecider.initialState);
      return JSON.stringify(state).length;
    };
    expect(remembered(1_000) - remembered(100)).to.be.below(20);
  });
});

describe('an operator of a gateway', () => {
  it('defines it, and saying the same again changes nothing', () => {
    given()
      .when(ask('DefineGateway', 1, aruba))
      .thenHappened(defined);
    given(defined)
      .when(ask('DefineGateway', 2, { ...aruba, ports: aruba.ports.map((port) => ({ ...port })) }))
      .thenNothing();
  });

  it('adds a port and shortens the rest while calls go on', () => {
    const wider: Gateway = { ...aruba, quarantine: 10_000, ports: [...aruba.ports, { port: 3, ani: '+2975000003' }] };
    given(defined, leased('ann', 1, 1_000))
      .when(ask('DefineGateway', 2, wider))
      .thenHappened({
        type: 'GatewayDefined',
        data: wider,
      });
    const widened: readonly GatewayEvent[] = [
      defined,
      leased('ann', 1, 1_000),
      { type: 'GatewayDefined', data: wider },
    ];
    given(...widened)
      .when(ask('ReleasePort', 2_000, toRelease('ann')))
      .thenHappened(...released('ann', 1, 12_000));
    given(...widened, leased('bob', 2, 1_500))
      .when(ask('LeasePort', 2_000, toLease('cid')))
      .thenHappened(leased('cid', 3, 2_000));
  });

  it('neither takes away nor renumbers a port that is leased or rests', () => {
    const without: Gateway = { ...aruba, ports: aruba.ports.slice(1) };
    const renumbered: Gateway = { ...aruba, ports: [{ port: 1, ani: '+2975000009' }, ...aruba.ports.slice(1)] };
    const resting = [defined, leased('ann', 1, 1_000), ...released('ann', 1, 32_000)];
    for (const disturbing of [without, renumbered]) {
      given(defined, leased('ann', 1, 1_000))
        .when(ask('DefineGateway', 2_000, disturbing))
        .thenRejected('port-in-use');
      given(...resting)
        .when(ask('DefineGateway', 31_999, disturbing))
        .thenRejected('port-in-use');
      given(...resting)
        .when(ask('DefineGateway', 32_000, disturbing))
        .thenHappened({ type: 'GatewayDefined', data: disturbing });
    }
  });

  it('finds the count of leases going on when a port comes back', () => {
    const without: Gateway = { ...aruba, ports: aruba.ports.slice(1) };
    const gone: readonly GatewayEvent[] = [
      defined,
      leased('ann', 1, 1_000),
      ...released('ann', 1, 32_000),
      { type: 'GatewayDefined', data: without },
    ];
    given(...gone, leased('bob', 2, 40_000))
      .when(ask('LeasePort', 40_001, toLease('cid')))
      .thenHappened(exhausted('cid'));
    given(...gone)
      .when(ask('BlockPort', 40_001, { port: 1, reason: 'noise' }))
      .thenRejected('unknown-port');
    given(...gone, leased('bob', 2, 40_000), defined)
      .when(ask('LeasePort', 40_001, toLease('cid')))
      .thenHappened(leased('cid', 1, 40_001, 2));
  });

  it('is told what is wrong with a definition', () => {
    const flawed = (change: Partial<Gateway>) => given().when(ask('DefineGateway', 1, { ...aruba, ...change }));
    flawed({ name: ' ' }).thenRejected('bad-gateway');
    flawed({ trunkGroup: '' }).thenRejected('bad-gateway');
    flawed({ location: { latitude: 91, longitude: 0 } }).thenRejected('bad-gateway');
    flawed({ location: { latitude: 0, longitude: Number.NaN } }).thenRejected('bad-gateway');
    flawed({ pilotNumber: '+abc' }).thenRejected('bad-gateway');
    flawed({ quarantine: -1 }).thenRejected('bad-gateway');
    flawed({ ports: [] }).thenRejected('bad-gateway');
    flawed({ ports: [{ port: -1, ani: '+2975000001' }] }).thenRejected('bad-gateway');
    flawed({ ports: [{ port: 1, ani: '+12' }] }).thenRejected('bad-gateway');
    flawed({ ports: [...aruba.ports, { port: 1, ani: '+2975000003' }] }).thenRejected('duplicate-port');
    flawed({ ports: [...aruba.ports, { port: 3, ani: '+2975000001' }] }).thenRejected('duplicate-ani');
    flawed({ pilotNumber: '+2975000001' }).thenRejected('duplicate-ani');
  });

  it('blocks and unblocks a port once, also under a call that goes on', () => {
    const toBlock = ask('BlockPort', 2_000, { port: 1, reason: 'noise on the line' });
    const toUnblock = ask('UnblockPort', 3_000, { port: 1 });
    given(defined, leased('ann', 1, 1_000))
      .when(toBlock)
      .thenHappened(blocked(1));
    given(defined, blocked(1)).when(toBlock).thenNothing();
    given(defined, blocked(1))
      .when(toUnblock)
      .thenHappened({ type: 'PortUnblocked', data: { port: 1 } });
    given(defined).when(toUnblock).thenNothing();
    given(defined)
      .when(ask('BlockPort', 1, { port: 7, reason: 'noise' }))
      .thenRejected('unknown-port');
  });
});
