import { useCallback, useEffect, useMemo, useState } from 'react';
import { uniqueOf, type MerchantId } from '#domain/kernel/ids.js';
import type { Journey } from '#domain/views/journey.js';
import { Button } from '../../design/button.js';
import { count, dayOf, exactTime, span } from '../../design/format.js';
import { notify } from '../../design/notices.js';
import { oneLine } from '../../design/stranger-text.js';
import { Skeleton } from '../../design/skeleton.js';
import { EmptyState } from '../../design/empty-state.js';
import { go, Link } from '../navigation.js';
import { pathOf, type Route } from '../route.js';
import { useTitle } from '../title.js';
import type { Asked } from '../wire/http.js';
import { readJourney } from '../wire/journeys.js';
import { Inspector } from './inspector.js';
import { shapeOf, subjectOf, type Placed, type Shape } from './journey.shape.js';
import { Refused } from './refused.js';
import { Timeline } from './timeline.js';
import './journey.css';

type JourneyRoute = Extract<Route, { page: 'journey' }>;

const copyLink = async (route: JourneyRoute): Promise<void> => {
  const copied = await navigator.clipboard.writeText(`${window.location.origin}${pathOf(route)}`).then(
    () => true,
    () => false,
  );
  if (copied) notify({ tone: 'talking', title: 'Link copied' });
  else notify({ tone: 'held', title: 'The browser did not let us copy', detail: 'Copy it from the address bar.' });
};

const lasted = ({ placed }: Shape): string => {
  const [first, last] = [placed[0]?.event, placed.at(-1)?.event];
  return first && last ? span(last.recordedAt - first.recordedAt) : '';
};

const Head = ({ journey, shape, route, refresh }: HeadGiven) => {
  const first = shape.placed[0]?.event;
  const { customer, page } = subjectOf(journey.events);
  return (
    <header className="journey-head">
      <Link to={{ page: 'journeys' }} className="journey-back" title="All journeys">
        ← Journeys
      </Link>
      <h1 className="journey-title">
        <bdi>{customer === undefined ? 'Unidentified customer' : oneLine(customer, 80)}</bdi>
        {page !== undefined && (
          <span className="journey-page">
            <bdi>{oneLine(page, 80)}</bdi>
          </span>
        )}
      </h1>
      {first && (
        <p className="journey-about">
          {dayOf(first.recordedAt)}, {exactTime(first.recordedAt)} · {count(shape.placed.length)} events ·{' '}
          {lasted(shape)} · <span className="mono">{uniqueOf(journey.contactId)}</span>
        </p>
      )}
      <div className="journey-tools">
        <Button icon="refresh" onClick={refresh}>
          Refresh
        </Button>
        <Button icon="link" onClick={() => void copyLink(route)}>
          Copy link
        </Button>
      </div>
    </header>
  );
};

type HeadGiven = Readonly<{ journey: Journey; shape: Shape; route: JourneyRoute; refresh: () => void }>;

const Story = ({
  journey,
  route,
  refresh,
}: Readonly<{ journey: Journey; route: JourneyRoute; refresh: () => void }>) => {
  const shape = useMemo(() => shapeOf(journey.events), [journey]);
  const chosen = shape.placed.find(({ event }) => event.position === route.position) ?? shape.placed[0];
  const choose = useCallback(
    ({ event }: Placed): void => {
      go({ ...route, position: event.position }, 'replace');
    },
    [route],
  );
  return (
    <div className="journey">
      <Head journey={journey} shape={shape} route={route} refresh={refresh} />
      {chosen ? (
        <>
          <Timeline shape={shape} chosen={chosen} onChoose={choose} />
          <Inspector shape={shape} chosen={chosen} onChoose={choose} />
        </>
      ) : (
        <EmptyState icon="journey" title="Nothing has happened in this journey yet" />
      )}
    </div>
  );
};

/** One customer's story: every event in the order of the log, where it happened, and what led to it. */
export const JourneyPage = ({ merchantId, route }: Readonly<{ merchantId: MerchantId; route: JourneyRoute }>) => {
  useTitle('Journey');
  const { contactId } = route;
  const [asked, setAsked] = useState<Asked<Journey>>();
  const [times, setTimes] = useState(1);
  useEffect(() => {
    let wanted = true;
    void readJourney(merchantId, contactId).then((answer) => {
      if (wanted) setAsked(answer);
    });
    return () => {
      wanted = false;
    };
  }, [merchantId, contactId, times]);
  const again = (): void => {
    setTimes(times + 1);
  };
  if (!asked) {
    return (
      <div className="journey-wait">
        <Skeleton label="Fetching the journey" lines={[60, 90, 75, 85, 70, 95, 80]} />
      </div>
    );
  }
  if (!asked.ok) return <Refused problem={asked.problem} again={again} />;
  return <Story journey={asked.value} route={route} refresh={again} />;
};
