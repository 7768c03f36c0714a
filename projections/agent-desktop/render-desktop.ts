import type { AgentId } from '#domain/kernel/ids.js';
import { tenantOf } from '#domain/kernel/ids.js';
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
  const on = channelCode !== undefined;
  const connected = call?.state === 'connected';
  const transferring = call?.transfer?.state === 'ringing';
  return {
    'log-on': !on,
    'log-off': on,
    ready: on && state !== 'ready',
    'not-ready': on,
    answer: call?.state === 'alerting',
    hold: connected && !transferring,
    retrieve: call?.state === 'held',
    clear: call !== undefined && (connected || call.state === 'held'),
    'key-digits': connected,
    transfer: connected && !transferring,
    conference: connected && !transferring,
    'take-notes': call !== undefined,
    'record-disposition': state === 'working-after-call',
    'send-message': inChannel,
  };
};

const beliefOf = ({ belief, arrival: { correlation } }: DeskCall): DesktopContact['belief'] => {
  const lease = correlation?.candidates[0];
  const tied = correlation?.verdict === 'certain' || correlation?.verdict === 'probable';
  return {
    verdict: belief?.verdict ?? correlation?.verdict ?? 'none',
    rule: belief?.rule ?? correlation?.rule ?? 'no-rule',
    sentence: belief?.sentence ?? '',
    ...(tied && lease?.gatewayId !== undefined ? { gateway: lease.gatewayId } : {}),
    ...(tied && lease?.port !== undefined ? { port: lease.port } : {}),
    ...(tied && lease?.leaseId !== undefined ? { leaseId: lease.leaseId } : {}),
  };
};

const iconOf = (contact: Contact, merchants: MerchantDirectory): DesktopContact['icon'] =>
  contact.origin === undefined
    ? undefined
    : {
        label:
          (contact.linkId && merchants.merchant(contact.merchantId)?.links.get(contact.linkId)) ??
          'Icon with its own number',
        origin: contact.origin,
      };

const fromContact = (contact: Contact, sources: DesktopSources): Partial<DesktopContact> => {
  const [pageNow, ...pagesBefore] = contact.pages;
  const icon = iconOf(contact, sources.merchants);
  return {
    pagesBefore,
    forms: contact.forms,
    cookies: contact.cookies,
    data: contact.data,
    pushes: contact.pushes,
    messages: contact.messages,
    notes: contact.notes,
    customerWindow: contact.window,
    ...(pageNow === undefined ? {} : { pageNow }),
    ...(contact.customer === undefined ? {} : { customer: contact.customer }),
    ...(icon === undefined ? {} : { icon }),
    ...(contact.destination === undefined ? {} : { destination: contact.destination }),
    ...(contact.lastDtmf === undefined ? {} : { lastDtmf: contact.lastDtmf }),
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
    ...(call.popId === undefined ? {} : { popId: call.popId }),
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
    ...(call.arrival.callerName === undefined ? {} : { callerName: call.arrival.callerName }),
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
