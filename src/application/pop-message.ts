import type { LogEvent, LogEventOf } from '#domain/events.js';
import { categoryOf, type AgentId, type PopId } from '#domain/kernel/ids.js';
import type { PopMessage } from '#domain/views/live-messages.js';

type PopEventType = 'ScreenPopOffered' | 'ScreenPopOpened' | 'ScreenPopRetracted';
type AddressedPop = Readonly<{ agentId: AgentId; message: PopMessage }>;

const isPopEvent = (event: LogEvent): event is LogEventOf<PopEventType> => categoryOf(event.stream) === 'pop';

const wordsOf = (event: LogEventOf<PopEventType>) => {
  switch (event.type) {
    case 'ScreenPopOffered':
      return { what: 'offered', callId: event.data.callId, why: event.data.why } as const;
    case 'ScreenPopOpened':
      return { what: 'opened' } as const;
    case 'ScreenPopRetracted':
      return { what: 'retracted', why: event.data.why } as const;
  }
};

/** What an event of a pop's stream says to the agent concerned; nothing for other events. */
export const popMessageOf = (event: LogEvent): AddressedPop | undefined => {
  if (!isPopEvent(event)) return undefined;
  const { position, meta, data } = event;
  const { agentId, contactId } = data;
  return {
    agentId,
    message: { position, popId: event.stream as PopId, contactId, at: meta.occurredAt, ...wordsOf(event) },
  };
};
