import type { CallCommand } from '#domain/call/call.commands.js';
import { callDecider } from '#domain/call/call.decider.js';
import type { CallEvent } from '#domain/call/call.events.js';
import type { Candidate, CorrelationDecision, Verdict } from '#domain/correlation/correlation.events.js';
import {
  agentId,
  callCentreId,
  callId,
  contactId,
  deviceId,
  gatewayId,
  iconSessionId,
  leaseId,
  merchantId,
  platform,
  type CallId,
} from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { Route } from '#domain/routing/routing.types.js';
import { scenarioFor } from '#test/support/scenario.js';

type CommandData<Type extends CallCommand['type']> = Extract<CallCommand, { type: Type }>['data'];
type EventData<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>['data'];

export const given = scenarioFor(callDecider);
export const acme = merchantId('acme');
/** The call through the gateway, and the same call as the switch of the call centre numbers it. */
export const outgoing = callId(acme, 'click-1');
export const arriving = callId(acme, 'oranjestad.4711');
export const clicked = contactId(acme, 'click-1');
export const unnamed = contactId(acme, 'unnamed');
export const session = iconSessionId(acme, 'click-1');
export const centre = callCentreId(acme, 'oranjestad');
export const [aruba, curacao] = [gatewayId(platform, 'aruba'), gatewayId(platform, 'curacao')];
export const [anna, boris, clara] = [agentId(acme, 'anna'), agentId(acme, 'boris'), agentId(acme, 'clara')];
export const [annasPhone, borisPhone, clarasPhone] = ['2001', '2002', '2003'].map((extension) =>
  deviceId(acme, extension),
) as [ReturnType<typeof deviceId>, ReturnType<typeof deviceId>, ReturnType<typeof deviceId>];

const askOf =
  (target: CallId) =>
  <Type extends CallCommand['type']>(type: Type, data: CommandData<Type>, at = 10_000): CallCommand =>
    ({ type, target, at: instant(at), data }) as unknown as CallCommand;

/** Asks, or reports to, the customer's side. */
export const ask = askOf(outgoing);
/** Asks, or reports to, the call centre's side. */
export const tell = askOf(arriving);
export const happened = <Type extends CallEvent['type']>(type: Type, data: EventData<Type>): CallEvent =>
  ({ type, data }) as unknown as CallEvent;

export const route: Extract<Route, { outcome: 'routed' }> = {
  outcome: 'routed',
  number: '+2975820000',
  centreId: centre,
  rule: 'nearest',
  policyVersion: 3,
  trace: [{ considered: 'Oranjestad', centreId: centre, outcome: 'taken', because: 'it is nearest' }],
};
export const toRequest = { contactId: clicked, sessionId: session, by: 'icon', decisionId: 'd-1', route } as const;
export const requested = [
  happened('CallRequested', { contactId: clicked, sessionId: session, by: 'icon' }),
  happened('DestinationSelected', {
    number: route.number,
    centreId: centre,
    rule: 'nearest',
    policyVersion: 3,
    trace: route.trace,
  }),
  happened('DialAllowed', { decisionId: 'd-1', policy: 'routing-policy-3' }),
];
export const port = { gatewayId: aruba, port: 3, ani: '+2975000003', leaseId: leaseId(acme, 'click-1.0') } as const;
export const talking = [
  ...requested,
  happened('GatewaySelected', { gatewayId: aruba, tried: [] }),
  happened('CallOriginated', port),
  happened('CallEstablished', {}),
];

export const candidate = (name: string): Candidate => ({
  callId: callId(acme, name),
  contactId: contactId(acme, name),
  sessionId: iconSessionId(acme, name),
  why: `its port was leased to ${name}`,
});
export const correlated = (verdict: Verdict, ...names: readonly string[]): CorrelationDecision => ({
  verdict,
  rule: verdict === 'none' ? 'no-rule' : 'live-lease-of-ani',
  candidates: names.map(candidate),
  evidence: [{ kind: 'ani', value: '+2975000003', at: instant(9_000) }],
});
export const certain = correlated('certain', 'click-1');
export const arrival = {
  centreId: centre,
  ani: { raw: '+2975000003', e164: '+2975000003' },
  dnis: { raw: '+2975820000', e164: '+2975820000' },
  trunkGroup: 'tg-aruba',
} as const;
export const queued = [
  happened('CallQueued', { contactId: clicked, ...arrival }),
  happened('CorrelationDecided', { ...certain, contactId: clicked }),
];
const byAnna = { agentId: anna, device: annasPhone } as const;
const byBoris = { agentId: boris, device: borisPhone } as const;
export const party = { anna: byAnna, boris: byBoris, clara: { agentId: clara, device: clarasPhone } } as const;
export const reserved = [...queued, happened('RouteSelected', byAnna)];
export const ringing = [...reserved, happened('CallDelivered', { ...byAnna, hop: 1, at: instant(11_000) })];
export const connected = [...ringing, happened('CallEstablished', byAnna)];
export const held = [...connected, happened('CallHeld', { ...byAnna, at: instant(20_000) })];

export const toBoris = { transferId: 't-1', kind: 'transfer', from: anna, to: boris } as const;
export const transferring = [...connected, happened('TransferRequested', toBoris)];
export const ringingAtBoris = [
  ...transferring,
  happened('RouteSelected', byBoris),
  happened('CallDelivered', { ...byBoris, hop: 2, at: instant(31_000) }),
];
