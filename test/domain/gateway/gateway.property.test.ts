import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { GatewayCommand } from '#domain/gateway/gateway.commands.js';
import { gatewayDecider } from '#domain/gateway/gateway.decider.js';
import type { GatewayEvent } from '#domain/gateway/gateway.events.js';
import { callId, contactId, gatewayId, iconSessionId, leaseId, merchantId, platform } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';

const acme = merchantId('acme');
const target = gatewayId(platform, 'aruba');
const quarantine = 50;
const ports = [1, 2, 3].map((port) => ({ port, ani: `+297500000${port}` as const }));

/** What happens next: real time goes on, and the clock that we read may then be put back. */
type Step = Readonly<{ ask: 'lease' | 'release' | 'block' | 'unblock'; nth: number; elapsed: number; putBack: number }>;

const step: fc.Arbitrary<Step> = fc.record({
  ask: fc.constantFrom('lease', 'lease', 'lease', 'release', 'release', 'release', 'block', 'unblock'),
  nth: fc.nat(9),
  elapsed: fc.nat(40),
  putBack: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(300) }),
});

const commandOf = ({ ask, nth }: Step, reading: number): GatewayCommand => {
  const at = instant(reading);
  const name = String(nth);
  const id = leaseId(acme, name);
  const port = (nth % 3) + 1;
  switch (ask) {
    case 'lease': {
      const call = { callId: callId(acme, name), contactId: contactId(acme, name) };
      const data = { ...call, leaseId: id, sessionId: iconSessionId(acme, name), merchantId: acme };
      return { type: 'LeasePort', target, at, data };
    }
    case 'release':
      return { type: 'ReleasePort', target, at, data: { leaseId: id, cause: 'over' } };
    case 'block':
      return { type: 'BlockPort', target, at, data: { port, reason: 'noise' } };
    case 'unblock':
      return { type: 'UnblockPort', target, at, data: { port } };
  }
};

/** Runs the steps; what happened, with the real time of each event. */
const history = (steps: readonly Step[]): readonly Readonly<{ realTime: number; event: GatewayEvent }>[] => {
  let state = gatewayDecider.initialState;
  let realTime = 0;
  let behind = 0;
  const happened: { realTime: number; event: GatewayEvent }[] = [];
  const run = (command: GatewayCommand): void => {
    const decision = gatewayDecider.decide(command, state);
    if (decision.outcome === 'rejected') throw new Error(decision.reason);
    for (const event of decision.events) {
      state = gatewayDecider.evolve(state, event);
      happened.push({ realTime, event });
    }
  };
  const location = { latitude: 12.5, longitude: -70 };
  const gateway = { name: 'Aruba', location, pilotNumber: '+2975000000', trunkGroup: 'tg', ports, quarantine } as const;
  run({ type: 'DefineGateway', target, at: instant(1_000), data: gateway });
  for (const each of steps) {
    realTime += each.elapsed;
    run(commandOf(each, 1_000 + realTime - behind));
    behind += each.putBack;
  }
  return happened;
};

/** The port as we know it from what happened. */
type Known = Readonly<{ call?: string; releasedAt: number; sequence: number }>;

describe('the ports of a gateway, whatever is asked and however often the clock is put back', () => {
  it('have one call each, rest in full between two calls, and count their calls without a gap', () => {
    let leases = 0;
    const oneAtATime = (steps: readonly Step[]): void => {
      const onPort = new Map<number, Known>();
      for (const { realTime, event } of history(steps)) {
        if (event.type !== 'PortLeased' && event.type !== 'PortReleased') continue;
        const { port, callId: call } = event.data;
        const before = onPort.get(port) ?? { releasedAt: -Infinity, sequence: 0 };
        if (event.type === 'PortLeased') {
          leases += 1;
          const calls = [...onPort.values()].map((known) => known.call);
          expect(before.call, 'a port has one call').to.equal(undefined);
          expect(calls, 'a call has one port').to.not.include(call);
          expect(realTime - before.releasedAt, 'a port rests in full').to.be.at.least(quarantine);
          expect(event.data.sequence).to.equal(before.sequence + 1);
          onPort.set(port, { ...before, call, sequence: event.data.sequence });
        } else {
          expect(call).to.equal(before.call);
          onPort.set(port, { releasedAt: realTime, sequence: before.sequence });
        }
      }
    };
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), oneAtATime), { numRuns: 2_000 });
    expect(leases, 'the property has something to say').to.be.above(2_000);
  });
});
