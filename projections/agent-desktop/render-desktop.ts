import type { CorrelationDecision } from '#domain/correlation/correlation.events.js';
import { defined } from '#domain/kernel/defined.js';
import { tenantOf, type AgentId } from '#domain/kernel/ids.js';
import type { AgentDirectory, GatewayDirectory, MerchantDirectory } from '#domain/policies/views.js';
import type { AgentDesktop, DesktopAction, DesktopContact, DeskProfile } from '#domain/views/agent-desktop.js';
import type { Contact, ContactsView } from '../contacts/contacts.view.js';
import type { AgentDesktopView, Desk, DeskCall } from './agent-desktop.view.js';

/** The folds that a screen is put together from. */
export type DesktopSources = Readonly<{
  desks: AgentDesktopView;
  contacts: ContactsView;
  merchants: MerchantDirectory;
  gateways: GatewayDirectory;
  agents: AgentDirectory;
}>;

/** Which buttons may be pressed; nothing else decides that. */
const actionsOf = (
  { state, call, channelCode }: Desk,
  inChannel: boolean,
): Readonly<Record<DesktopAction, boolean>> => {
  const loggedOn = channelCode !== undefined;
  const connected = call?.state === 'connected';
  const held = call?.state === 'held';
  const free = connected && call.transfer?.state !== 'ringing';
  return {
    'log-on': !loggedOn,
    'log-off': loggedOn,
    ready: loggedOn && state !== 'ready',
    'not-ready': loggedOn,
    answer: call?.state === 'alerting',
    hold: free,
    retrieve: held,
    clear: connected || held,
    'key-digits': connected,
    transfer: free,
    conference: free,
    'take-notes': call !== undefined,
    'record-disposition': state === 'working-after-call',
    'send-message': inChannel,
  };
};

const undecided: CorrelationDecision = { verdict: 'none', rule: 'no-rule', candidates: [], evidence: [] };

const beliefOf = ({ belief, arrival: { correlation = undecided } }: DeskCall): DesktopContact['belief'] => {
  const { verdict, rule, sentence } = belief ?? { ...correlation, sentence: '' };
  const named = verdict === 'certain' || verdict === 'probable';
  const { gatewayId: gateway, port, leaseId } = (named ? correlation.candidates[0] : undefined) ?? {};
  return { verdict, rule, sentence, ...defined({ gateway, port, leaseId }) };
};

const iconOf = ({ origin, linkId, merchantId }: Contact, merchants: MerchantDirectory): DesktopContact['icon'] => {
  if (origin === undefined) return undefined;
  const label = linkId && merchants.merchant(merchantId)?.links.get(linkId);
  return { label: label ?? 'Icon with its own number', origin };
};

const fromContact = (contact: Contact, sources: DesktopSources): Partial<DesktopContact> => {
  const [pageNow, ...pagesBefore] = contact.pages;
  const { forms, cookies, data, pushes, messages, notes, customer, destination, lastDtmf } = contact;
  return {
    pagesBefore,
    forms,
    cookies,
    data,
    pushes,
    messages,
    notes,
    customerWindow: contact.window,
    ...defined({ pageNow, customer, destination, lastDtmf, icon: iconOf(contact, sources.merchants) }),
  };
};

const transferOf = ({ transfer }: DeskCall, agents: AgentDirectory): Pick<DesktopContact, 'transfer'> =>
  transfer === undefined
    ? {}
    : { transfer: { ...transfer, toName: agents.agent(transfer.to)?.displayName ?? transfer.to } };

const contactOf = (desk: Desk, call: DeskCall, sources: DesktopSources): DesktopContact => {
  const contact = sources.contacts.contacts.get(call.contactId);
  return {
    contactId: call.contactId,
    callId: call.callId,
    ...defined({ popId: call.popId, callerName: call.arrival.callerName }),
    pop: call.pop,
    merchantName: sources.merchants.merchant(tenantOf(desk.agentId))?.name ?? '',
    call: {
      state: call.state,
      since: call.since,
      hop: call.hop,
      parties: 1 + (sources.desks.parties.get(call.callId)?.size ?? 0),
    },
    ani: call.arrival.ani,
    dnis: call.arrival.dnis,
    belief: beliefOf(call),
    pagesBefore: [],
    forms: {},
    cookies: {},
    data: [],
    pushes: [],
    messages: [],
    notes: '',
    customerWindow: 'closed',
    ...(contact === undefined ? {} : fromContact(contact, sources)),
    inChannel: contact?.channelWith === desk.agentId,
    ...transferOf(call, sources.agents),
  };
};

/** An agent's whole screen, or nothing when there is no such agent. */
export const renderDesktop = (sources: DesktopSources, agentId: AgentId): AgentDesktop | undefined => {
  const desk = sources.desks.desks.get(agentId);
  if (!desk) return undefined;
  const { call, ...state } = desk;
  const contact = call === undefined ? undefined : contactOf(desk, call, sources);
  return {
    ...state,
    ...(contact === undefined ? {} : { contact }),
    actions: actionsOf(desk, contact?.inChannel ?? false),
  };
};

/** What of the screen seldom changes. */
export const renderProfile = (sources: DesktopSources, agentId: AgentId): DeskProfile | undefined => {
  const agent = sources.agents.agent(agentId);
  const merchant = sources.merchants.merchant(tenantOf(agentId));
  if (!agent || !merchant) return undefined;
  return {
    agentId,
    displayName: agent.displayName,
    merchantName: merchant.name,
    centreId: agent.centreId,
    centreName: merchant.centres.get(agent.centreId)?.name ?? agent.centreId,
    roles: agent.roles,
    device: agent.device,
    dtmf: merchant.dtmf.map(({ code, label, action: { kind } }) => ({ code, label, kind })),
  };
};
