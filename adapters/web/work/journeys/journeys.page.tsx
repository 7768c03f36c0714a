import { useMemo, useState, type ReactNode } from 'react';
import type { MerchantId } from '#domain/kernel/ids.js';
import type { JourneySummary } from '#domain/views/journey.js';
import { Button } from '../../design/button.js';
import { EmptyState } from '../../design/empty-state.js';
import { Field } from '../../design/field.js';
import { count } from '../../design/format.js';
import { Skeleton } from '../../design/skeleton.js';
import { Table } from '../../design/table.js';
import { go } from '../navigation.js';
import { useTitle } from '../title.js';
import { journeyColumns } from './journeys.columns.js';
import { useJourneys, type Journeys } from './journeys.hooks.js';
import { matches, type Sought } from './journeys.words.js';
import { Refused } from './refused.js';
import { StateFilter } from './state-filter.js';
import './journeys.css';

const open = (contactId: string): void => {
  go({ page: 'journey', contactId });
};

const NothingFound = ({ text }: Readonly<{ text: string }>) => (
  <EmptyState
    icon="search"
    title="None of these journeys matches"
    action={
      text === '' ? undefined : (
        <Button
          icon="journey"
          onClick={() => {
            open(text);
          }}
        >
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

const Foot = ({ list, shown }: Readonly<{ list: Journeys; shown: number }>) => (
  <footer className="journeys-foot">
    <span className="quiet" role="status">
      {count(shown)} of {count(list.loaded?.journeys.length ?? 0)} loaded
    </span>
    {list.loaded?.more === true && (
      <Button busy={list.busy} onClick={list.more}>
        Load more
      </Button>
    )}
  </footer>
);

type ListGiven = Readonly<{ list: Journeys; shown: readonly JourneySummary[]; text: string }>;

const List = ({ list, shown, text }: ListGiven): ReactNode => {
  const { loaded, problem, refresh } = list;
  if (problem) return <Refused problem={problem} again={refresh} />;
  if (!loaded) return <Skeleton label="Fetching journeys" lines={[100, 100, 100, 100, 100, 100]} />;
  if (loaded.journeys.length === 0) return <Nothing />;
  return (
    <>
      {shown.length === 0 ? (
        <NothingFound text={text} />
      ) : (
        <Table
          caption="Journeys, newest first"
          columns={journeyColumns}
          rows={shown}
          keyOf={({ contactId }) => contactId}
        />
      )}
      <Foot list={list} shown={shown.length} />
    </>
  );
};

/** Every customer's story, newest first. */
export const JourneysPage = ({ merchantId }: Readonly<{ merchantId: MerchantId }>) => {
  useTitle('Journeys');
  const list = useJourneys(merchantId);
  const [sought, setSought] = useState<Sought>({ text: '', state: 'all' });
  const shown = useMemo(() => list.loaded?.journeys.filter(matches(sought)) ?? [], [list.loaded, sought]);
  const text = sought.text.trim();
  const openFound = (): void => {
    const [first, second] = shown;
    if (first && !second) open(first.contactId);
    else if (!first && text !== '') open(text);
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
            openFound();
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
        <Button icon="refresh" busy={list.busy} onClick={list.refresh}>
          Refresh
        </Button>
      </header>
      <div className="journeys-list" tabIndex={-1}>
        <List list={list} shown={shown} text={text} />
      </div>
    </div>
  );
};
