import type { LogEvent } from '#domain/events.js';
import type { AgentId, PopId } from '#domain/kernel/ids.js';
import type { PopMessage } from '#domain/views/live-messages.js';

/** What an event of a pop's stream says to the agent concerned; nothing for other events. */
export const popMessageOf = (event: LogEvent): Readonly<{ agentId: AgentId; message: PopMessage }> | undefined => {
  const { position } = event;
  const at = event.meta.occurredAt;
  switch (event.type) {
    case 'ScreenPopOffered': {
      const { agentId, contactId, callId, why } = event.data;
      const popId = event.stream as PopId;
      return { agentId, message: { what: 'offered', position, popId, contactId, callId, at, why } };
    }
    case 'ScreenPopOpened': {
      const { agentId, contactId } = event.data;
      return { agentId, message: { what: 'opened', position, popId: event.stream as PopId, contactId, at } };
    }
    case 'ScreenPopRetracted': {
      const { agentId, contactId, why } = event.data;
      return { agentId, message: { what: 'retracted', position, popId: event.stream as PopId, contactId, at, why } };
    }
    default:
      return undefined;
  }
};
