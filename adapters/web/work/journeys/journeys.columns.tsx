import { uniqueOf } from '#domain/kernel/ids.js';
import type { JourneySummary } from '#domain/views/journey.js';
import { StateChip } from '../../design/badge.js';
import { count, dayOf, elapsed, fullMoment, timeOfDay } from '../../design/format.js';
import { oneLine } from '../../design/stranger-text.js';
import type { Column } from '../../design/table.js';
import { Link } from '../navigation.js';
import { journeyStates } from './journeys.words.js';

/** What a line says of a journey. The whole line is the link. */
export const journeyColumns: readonly Column<JourneySummary>[] = [
  {
    head: 'Started',
    cell: ({ startedAt, contactId }) => (
      <Link to={{ page: 'journey', contactId }} className="journeys-link" title={fullMoment(startedAt)}>
        {timeOfDay(startedAt)}
        <span className="journeys-day">{dayOf(startedAt)}</span>
      </Link>
    ),
  },
  {
    head: 'About',
    cell: ({ iconLabel, origin }) => (
      <span className="journeys-about">
        <bdi>{iconLabel === undefined ? 'No icon known' : oneLine(iconLabel, 80)}</bdi>
        {origin !== undefined && (
          <span className="journeys-origin">{oneLine(origin.replace(/^https?:\/\//, ''), 80)}</span>
        )}
      </span>
    ),
  },
  {
    head: 'Customer',
    cell: ({ customerRef }) =>
      customerRef === undefined ? <span className="quiet">Unidentified</span> : <bdi>{oneLine(customerRef, 60)}</bdi>,
  },
  {
    head: 'Agents',
    cell: ({ agents }) =>
      agents.length === 0 ? <span className="quiet">None</span> : <bdi>{oneLine(agents.join(', '), 120)}</bdi>,
  },
  {
    head: 'State',
    cell: ({ state }) => <StateChip tone={journeyStates[state].tone}>{journeyStates[state].words}</StateChip>,
  },
  { head: 'Lasted', align: 'end', cell: ({ startedAt, lastAt }) => elapsed(lastAt - startedAt) },
  { head: 'Events', align: 'end', wideOnly: true, cell: ({ events }) => count(events) },
  {
    head: 'Contact',
    wideOnly: true,
    cell: ({ contactId }) => (
      <span className="mono quiet" title={contactId}>
        {uniqueOf(contactId)}
      </span>
    ),
  },
];
