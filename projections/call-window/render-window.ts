import type { ContactId } from '#domain/kernel/ids.js';
import { tenantOf } from '#domain/kernel/ids.js';
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
const firstName = (displayName: string): string => displayName.split(/\s/)[0] ?? displayName;

const pushOf = (contact: Contact, agentName: string | undefined): Pick<CallWindow, 'push'> => {
  const open = contact.pushes.find((push) => push.state === 'sent');
  if (!open) return {};
  const { pushId, url, label } = open;
  return { push: { pushId, url, label, by: agentName ?? 'The call centre' } };
};

/** What the call window of a contact shows, or nothing when there is none. */
export const renderWindow = (
  { windows, contacts, merchants, agents, line }: WindowSources,
  contactId: ContactId,
): CallWindow | undefined => {
  const row = windows.windows.get(contactId);
  const contact = contacts.contacts.get(contactId);
  if (!row || !contact) return undefined;
  const merchant = merchants.merchant(tenantOf(contactId));
  const nameOf = (agentId: typeof row.agentId): string | undefined => {
    const agent = agentId === undefined ? undefined : agents.agent(agentId);
    return agent && firstName(agent.displayName);
  };
  const agentName = nameOf(row.agentId);
  const channelWith = nameOf(contact.channelWith);
  return {
    sessionId: row.sessionId,
    contactId,
    merchantName: merchant?.name ?? '',
    iconLabel: (contact.linkId && merchant?.links.get(contact.linkId)) ?? '',
    state: row.state,
    since: row.since,
    ...(row.cause === undefined ? {} : { cause: row.cause }),
    ...(agentName === undefined ? {} : { agentName }),
    capture: merchant?.capture ?? { cookies: [], formFields: [] },
    origins: merchant?.origins ?? [],
    ...(line === undefined ? {} : { line }),
    ...pushOf(contact, agentName),
    volumePercent: contact.volumePercent,
    echoCancellation: contact.echoCancellation,
    ...(channelWith === undefined ? {} : { channel: { agentName: channelWith } }),
    messages: contact.messages,
  };
};
