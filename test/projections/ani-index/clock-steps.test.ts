import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { EventOf, EventType, LogEvent } from '#domain/events.js';
import {
  callId,
  contactId,
  gatewayId,
  iconSessionId,
  leaseId,
  merchantId,
  platform,
  wallClock,
} from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { aniIndex } from '#projections/ani-index/ani-index.projection.js';
import { aniIndexQueries } from '#projections/ani-index/ani-index.queries.js';
import { fold } from '#projections/projection.js';

const acme = merchantId('acme');
const aruba = gatewayId(platform, 'aruba');
const rest = 100;

/** Three calls on as many ports, on a clock that is told what it reads. */
const history = () => {
  const view = aniIndex.empty();
  const record = <Type extends EventType>(
    stream: string,
    type: Type,
    at: number,
    data: EventOf<Type>['data'],
  ): void => {
    const meta = { merchantId: acme, occurredAt: instant(at) };
    fold(aniIndex, view, { stream, type, data, recordedAt: instant(at), meta } as unknown as LogEvent);
  };
  const leaseOf = (name: string, port: number) => ({
    leaseId: leaseId(acme, name),
    port,
    ani: `+2975820${port}` as const,
    callId: callId(acme, name),
    contactId: contactId(acme, name),
    sessionId: iconSessionId(acme, name),
    merchantId: acme,
  });
  const ports = { live: 1, resting: 2, rested: 3, later: 4 } as const;
  type Name = keyof typeof ports;
  const lease = (name: Name, at: number): void => {
    record(aruba, 'PortLeased', at, { ...leaseOf(name, ports[name]), sequence: 1, at: instant(at) });
  };
  const release = (name: Name, at: number): void => {
    const { leaseId: id, port, contactId: contact } = leaseOf(name, ports[name]);
    record(aruba, 'PortReleased', at, { ...leaseOf(name, port), cause: 'over' });
    const until = instant(at + rest);
    record(aruba, 'PortQuarantined', at, { port, until, leaseId: id, merchantId: acme, contactId: contact });
  };
  const step = (before: number, by: number): void => {
    record(wallClock, 'ClockStepped', before, { by, before: instant(before), after: instant(before + by) });
  };
  const inDoubt = (): readonly Name[] =>
    (Object.keys(ports) as Name[]).filter(
      (name) => aniIndexQueries(view).leaseOf(callId(acme, name))?.timeInDoubt === true,
    );
  lease('live', 1_000);
  for (const name of ['resting', 'rested'] as const) lease(name, 1_000);
  release('rested', 1_100);
  release('resting', 1_200);
  return { lease, release, step, inDoubt };
};

describe('the leases of a log in which the clock', () => {
  it('only ever went on are in no doubt', () => {
    const { lease, release, inDoubt } = history();
    lease('later', 2_000);
    release('later', 2_000);
    expect(inDoubt()).to.deep.equal([]);
  });

  it('was put back are all in doubt, live, resting or only remembered, and stay so', () => {
    const { release, step, inDoubt } = history();
    step(1_250, -200);
    expect(inDoubt()).to.deep.equal(['live', 'resting', 'rested']);
    release('live', 1_400);
    expect(inDoubt()).to.deep.equal(['live', 'resting', 'rested']);
  });

  it('was put back are in doubt when they begin before it is right again, and no longer then', () => {
    for (const [at, doubted] of [
      [1_450, true],
      [1_451, false],
    ] as const) {
      const { lease, step, inDoubt } = history();
      step(1_250, -200);
      lease('later', at);
      expect(inDoubt().includes('later')).to.equal(doubted);
    }
  });

  it('was put forward are in doubt when it cut short their rest', () => {
    const { step, inDoubt } = history();
    step(1_250, 5_000);
    expect(inDoubt()).to.deep.equal(['resting']);
  });

  it('was put forward by an hour are remembered for as long as ever', () => {
    const { lease, release, step, inDoubt } = history();
    step(1_250, 3_600_000);
    lease('later', 3_601_300);
    release('later', 3_601_400);
    expect(inDoubt()).to.deep.equal(['resting']);
  });

  it('was put forward are in doubt when they are told of only then to have ended before', () => {
    const { release, step, inDoubt } = history();
    step(1_250, 5_000);
    release('live', 1_240);
    expect(inDoubt()).to.deep.equal(['live', 'resting']);
  });
});
