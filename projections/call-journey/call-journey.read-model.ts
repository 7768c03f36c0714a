import type { ReadModel } from '#domain/contracts/read-models.js';
import type { EventType, LogEvent, LogEventOf } from '#domain/events.js';
import { tenantOf, type CallId, type ContactId } from '#domain/kernel/ids.js';
import type { JourneyRow } from '#domain/views/journey.js';
import { column, type ReadModelDefinition } from '../read-model.js';
import { withStep } from './steps.js';

/** Events of one journey that can be read again; of those that follow, the row only says how many they are. */
export const journeyLimit = 20_000;

const { text, integer, boolean, list, optional } = column;

const definition: ReadModelDefinition<JourneyRow> = {
  name: 'call-journey',
  version: 1,
  shape: {
    key: 'contactId',
    columns: {
      contactId: text,
      merchantId: text,
      steps: text,
      firstPosition: integer,
      lastPosition: integer,
      events: integer,
      startedAt: integer,
      lastAt: integer,
      open: list,
      failed: boolean,
      calls: list,
      agents: list,
      linkId: optional.text,
      origin: optional.text,
      identified: optional.integer,
    },
    indexes: [['merchantId', 'firstPosition']],
  },
};

const beginning = (contactId: ContactId, { position, meta }: LogEvent): JourneyRow => ({
  contactId,
  merchantId: tenantOf(contactId),
  steps: '',
  firstPosition: position,
  lastPosition: 0,
  events: 0,
  startedAt: meta.occurredAt,
  lastAt: meta.occurredAt,
  open: [],
  failed: false,
  calls: [],
  agents: [],
});

type Change = Partial<JourneyRow>;
type Summarisers = { readonly [Type in EventType]?: (row: JourneyRow, event: LogEventOf<Type>) => Change };

const begins = ({ calls, open }: JourneyRow, { stream }: LogEvent): Change => {
  const callId = stream as CallId;
  return calls.includes(callId) ? {} : { calls: [...calls, callId], open: [...open, callId] };
};

const ends = ({ open }: JourneyRow, { stream }: LogEvent): Change => ({ open: open.filter((call) => call !== stream) });

const summarisers: Summarisers = {
  IconClicked: (_row, { data: { origin, linkId } }) => ({ origin, ...(linkId !== undefined && { linkId }) }),
  CustomerIdentified: (_row, { position }) => ({ identified: position }),
  CallRequested: begins,
  CallQueued: begins,
  CallDelivered: ({ agents }, { data: { agentId } }) =>
    agents.includes(agentId) ? {} : { agents: [...agents, agentId] },
  CallCleared: ends,
  CallFailed: (row, event) => ({ ...ends(row, event), failed: true }),
};

/** Every contact's journey: which events of the log are its own, in order, and what a list says of it. */
export const callJourney: ReadModel<JourneyRow> = {
  ...definition,
  keysOf: ({ meta: { contactId } }) => (contactId === undefined ? [] : [contactId]),
  evolve: (known, event, key) => {
    const row = known ?? beginning(key as ContactId, event);
    const { position, meta } = event;
    const summarise = summarisers[event.type] as ((row: JourneyRow, event: LogEvent) => Change) | undefined;
    return {
      ...row,
      steps: row.events < journeyLimit ? withStep(row.steps, position - row.lastPosition) : row.steps,
      lastPosition: position,
      events: row.events + 1,
      lastAt: meta.occurredAt > row.lastAt ? meta.occurredAt : row.lastAt,
      ...summarise?.(row, event),
    };
  },
};
