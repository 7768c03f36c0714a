import { defined } from '#domain/kernel/defined.js';
import { tenantOf, type AgentId, type ContactId } from '#domain/kernel/ids.js';
import type { CapturePolicy } from '#domain/merchant/merchant.events.js';
import type { Merchant } from '#domain/merchant/merchant.state.js';
import type { AgentDirectory, MerchantDirectory } from '#domain/policies/views.js';
import type { CallWindow } from '#domain/views/call-window.js';
import type { Contact, ContactsView } from '../contacts/contacts.view.js';
import type { CallWindowView } from './call-window.projection.js';

export type WindowSources = Readonly<{
  windows: CallWindowView;
  contacts: ContactsView;
  merchants: MerchantDirectory;
  agents: AgentDirectory;
  /** What carries the calls; not given: lines that carry voice. */
  line?: CallWindow['line'];
}>;

/** Customers learn an agent's first name, nothing more. */
const firstName = (agents: AgentDirectory, agentId: AgentId | undefined): string | undefined => {
  const agent = agentId === undefined ? undefined : agents.agent(agentId);
  return agent && (agent.displayName.split(/\s/)[0] ?? agent.displayName);
};

const pushOf = (contact: Contact, agentName: string | undefined): CallWindow['push'] => {
  const open = contact.pushes.find((push) => push.state === 'sent');
  return open && { pushId: open.pushId, url: open.url, label: open.label, by: agentName ?? 'The call centre' };
};

const nothingAllowed: CapturePolicy = { cookies: [], formFields: [] };

const fromMerchant = (merchant: Merchant | undefined, { linkId }: Contact) => ({
  merchantName: merchant?.name ?? '',
  iconLabel: (linkId && merchant?.links.get(linkId)) ?? '',
  capture: merchant?.capture ?? nothingAllowed,
  origins: merchant?.origins ?? [],
});

/** What the call window of a contact shows, or nothing when there is none. */
export const renderWindow = (sources: WindowSources, contactId: ContactId): CallWindow | undefined => {
  const { agents, line } = sources;
  const row = sources.windows.windows.get(contactId);
  const contact = sources.contacts.contacts.get(contactId);
  if (!row || !contact) return undefined;
  const { sessionId, state, since, cause } = row;
  const agentName = firstName(agents, row.agentId);
  const channelWith = firstName(agents, contact.channelWith);
  return {
    sessionId,
    contactId,
    ...fromMerchant(sources.merchants.merchant(tenantOf(contactId)), contact),
    state,
    since,
    volumePercent: contact.volumePercent,
    echoCancellation: contact.echoCancellation,
    messages: contact.messages,
    ...defined({
      cause,
      agentName,
      line,
      push: pushOf(contact, agentName),
      channel: channelWith === undefined ? undefined : { agentName: channelWith },
    }),
  };
};
