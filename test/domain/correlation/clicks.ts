import { usualTiming, type Click, type Clue, type CorrelationInput } from '#domain/correlation/clues.js';
import type { Evidence } from '#domain/correlation/correlation.events.js';
import { callId, contactId, gatewayId, iconSessionId, leaseId, merchantId, platform } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { IndexedLease } from '#domain/policies/views.js';

export const acme = merchantId('acme');
export const [aruba, curacao] = [gatewayId(platform, 'aruba'), gatewayId(platform, 'curacao')];
export const dialled = '+2975820000';
export const trunk = 'tg-aruba';

/** The moment that the calls of these stories come in. */
export const now = 1_000_000;

export const leaseFor = (name: string, change: Partial<IndexedLease> = {}): IndexedLease => ({
  leaseId: leaseId(acme, `${name}.0`),
  port: name.charCodeAt(0) - 96,
  ani: `+29750000${name.charCodeAt(0)}`,
  callId: callId(acme, name),
  contactId: contactId(acme, name),
  sessionId: iconSessionId(acme, name),
  merchantId: acme,
  gatewayId: aruba,
  trunkGroup: trunk,
  sequence: 1,
  leasedAt: instant(now - 2_000),
  dialled,
  ...change,
});

/** A click whose call left through a port two seconds ago. */
export const clickOf = (name: string, lease: Partial<IndexedLease> = {}, change: Partial<Click> = {}): Click => ({
  callId: callId(acme, name),
  contactId: contactId(acme, name),
  sessionId: iconSessionId(acme, name),
  open: true,
  lease: leaseFor(name, lease),
  leasedAgain: false,
  dialled,
  ...change,
});

export const observedAs = (kind: Evidence['kind'], value: string): Evidence => ({ kind, value, at: instant(now) });
const calledAndTrunk = [observedAs('dnis', dialled), observedAs('trunk', trunk)];

/** A call that came in where and as it was dialled, with these clues. */
export const inputOf = (clues: readonly Clue[], change: Partial<CorrelationInput> = {}): CorrelationInput => ({
  arrivedAt: instant(now),
  takenAt: instant(now + 50),
  evidence: calledAndTrunk,
  clues,
  centreTrunks: [],
  timing: usualTiming,
  ...change,
});
