import { useCallback, useEffect, useMemo, useState } from 'react';
import type { MerchantId } from '#domain/kernel/ids.js';
import type { JourneySummary } from '#domain/views/journey.js';
import type { Problem } from '#domain/views/live-messages.js';
import { StateChip } from '../../design/badge.js';
import { Button } from '../../design/button.js';
import { EmptyState } from '../../design/empty-state.js';
import { Field } from '../../design/field.js';
import { count, dayOf, elapsed, fullMoment, timeOfDay } from '../../design/format.js';
import { Skeleton } from '../../design/skeleton.js';
import { oneLine } from '../../design/stranger-text.js';
import { Table, type Column } from '../../design/table.js';
import { go, Link } from '../navigation.js';
import { useTitle } from '../title.js';
import { journeysOnAPage, readJourneys } from '../wire/journeys.js';
import { uniqueOf } from '#domain/kernel/ids.js';
import { Refused } from './refused.js';
import { StateFilter } from './state-filter.js';
import { journeyStates, matches, type Sought } from './journeys.words.js';
import './journeys.css';

const columns: readonly Column<JourneySummary>[] = [
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
        {origin !== undefined && <span className="journeys-origin">{oneLine(origin, 80)}</span>}
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

type Loaded = Readonly<{ journeys: readonly JourneySummary[]; more: boolean }>;

const useJourneys = (merchantId: MerchantId) => {
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(true);
  const load = useCallback(
    async (after: readonly JourneySummary[]): Promise<void> => {
      const asked = await readJourneys(merchantId, after.at(-1)?.contactId);
      setBusy(false);
      if (!asked.ok) {
        setProblem(asked.problem);
        return;
      }
      const { journeys } = asked.value;
      setProblem(undefined);
      setLoaded({ journeys: [...after, ...journeys], more: journeys.length === journeysOnAPage });
    },
    [merchantId],
  );
  useEffect(() => {
    void load([]);
  }, [load]);
  return {
    loaded,
    problem,
    busy,
    load: (after: readonly JourneySummary[]): void => {
      setBusy(true);
      void load(after);
    },
  };
};

const NothingFound = ({ sought, open }: Readonly<{ sought: Sought; open: () => void }>) => (
  <EmptyState
    icon="search"
    title="None of these journeys matches"
    action={
      sought.text.trim() === '' ? undefined : (
        <Button icon="journey" onClick={open}>
          Open the contact with this id
        </Button>
      )
    }
  >
    Only what is loaded is searched. Load more, or ask for a contact by its whole id.
  </EmptyState>
);

const Nothing = () => (
  <EmptyState icon="journey" title="No journeys yet">
    The first click on an icon begins one. It is here the moment it happens.
  </EmptyState>
);

/** Every customer's story, newest first. */
export const JourneysPage = ({ merchantId }: Readonly<{ merchantId: MerchantId }>) => {
  useTitle('Journeys');
  const { loaded, problem, busy, load } = useJourneys(merchantId);
  const [sought, setSought] = useState<Sought>({ text: '', state: 'all' });
  const shown = useMemo(() => loaded?.journeys.filter(matches(sought)) ?? [], [loaded, sought]);
  const open = (): void => {
    go({ page: 'journey', contactId: sought.text.trim() });
  };
  return (
    <div className="journeys">
      <header className="journeys-head">
        <h1>Journeys</h1>
        <form
          className="journeys-search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            const only = shown.length === 1 ? shown[0] : undefined;
            if (only) go({ page: 'journey', contactId: only.contactId });
            else if (shown.length === 0 && sought.text.trim() !== '') open();
          }}
        >
          <Field
            label="Search journeys"
            hideLabel
            type="search"
            placeholder="Contact id, customer, icon or agent"
            value={sought.text}
            onChange={(event) => {
              setSought({ ...sought, text: event.currentTarget.value });
            }}
          />
        </form>
        <StateFilter
          chosen={sought.state}
          onChoose={(state) => {
            setSought({ ...sought, state });
          }}
        />
        <Button
          icon="refresh"
          busy={busy}
          onClick={() => {
            load([]);
          }}
        >
          Refresh
        </Button>
      </header>
      <div className="journeys-list" tabIndex={-1}>
        {problem && (
          <Refused
            problem={problem}
            again={() => {
              load([]);
            }}
          />
        )}
        {!loaded && !problem && <Skeleton label="Fetching journeys" lines={[100, 100, 100, 100, 100, 100]} />}
        {loaded?.journeys.length === 0 && <Nothing />}
        {loaded && loaded.journeys.length > 0 && shown.length === 0 && <NothingFound sought={sought} open={open} />}
        {shown.length > 0 && (
          <Table caption="Journeys, newest first" columns={columns} rows={shown} keyOf={({ contactId }) => contactId} />
        )}
        {loaded && loaded.journeys.length > 0 && (
          <footer className="journeys-foot">
            <span className="quiet">
              {count(shown.length)} of {count(loaded.journeys.length)} loaded
            </span>
            {loaded.more && (
              <Button
                busy={busy}
                onClick={() => {
                  load(loaded.journeys);
                }}
              >
                Load more
              </Button>
            )}
          </footer>
        )}
      </div>
    </div>
  );
};
