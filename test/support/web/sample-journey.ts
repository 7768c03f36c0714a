import type { EventType, LogEvent } from '#domain/events.js';
import { contactId, type StreamId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { Journey } from '#domain/views/journey.js';
import { acme } from './sample-contacts.js';
import { arrival } from './sample-story.arrival.js';
import { talk } from './sample-story.talk.js';

/** A whole call as the log would hold it, `minutesAgo` long past. */
export const sampleJourney = (unique = '01K7XQ3M5RVA', minutesAgo = 8): Journey => {
  const contact = contactId(acme, unique);
  let at = Date.now() - minutesAgo * 60_000;
  const latest = new Map<EventType, string>();
  const revisions = new Map<StreamId, number>();
  const events = [...arrival(contact), ...talk(contact)].map(
    ({ type, stream, data, after, because, actor, late = 6 }, index) => {
      at += after + Math.max(0, late - 6);
      const id = `${unique}${String(index).padStart(14, '0')}`;
      const revision = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      const causationId = (because && latest.get(because)) ?? `request-${index}`;
      latest.set(type, id);
      return {
        id,
        type,
        data,
        stream,
        revision,
        position: 40_118 + index * 3,
        schemaVersion: 1,
        recordedAt: instant(at),
        meta: {
          merchantId: acme,
          contactId: contact,
          occurredAt: instant(at - late),
          causationId,
          correlationId: latest.get('IconClicked') ?? id,
          actor,
        },
      } as unknown as LogEvent;
    },
  );
  return { contactId: contact, merchantId: acme, events };
};
