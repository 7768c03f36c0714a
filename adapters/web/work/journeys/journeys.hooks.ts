import { useEffect, useState } from 'react';
import type { MerchantId } from '#domain/kernel/ids.js';
import type { JourneySummary } from '#domain/views/journey.js';
import type { Problem } from '#domain/views/live-messages.js';
import { journeysOnAPage, readJourneys } from '../wire/journeys.js';

type Loaded = Readonly<{ journeys: readonly JourneySummary[]; more: boolean }>;

export type Journeys = Readonly<{
  /** `undefined` until the first page is there. */
  loaded: Loaded | undefined;
  problem: Problem | undefined;
  busy: boolean;
  /** From the newest on. */
  refresh: () => void;
  more: () => void;
}>;

/** The list, page by page. A page that fails leaves what is there. */
export const useJourneys = (merchantId: MerchantId): Journeys => {
  // A new object for every wish, so that wishing the same again asks again.
  const [wanted, setWanted] = useState<Readonly<{ after: readonly JourneySummary[] }>>({ after: [] });
  const [settled, setSettled] = useState<object>();
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    let current = true;
    void readJourneys(merchantId, wanted.after.at(-1)?.contactId).then((asked) => {
      if (!current) return;
      setSettled(wanted);
      setProblem(asked.ok ? undefined : asked.problem);
      if (!asked.ok) return;
      const { journeys } = asked.value;
      setLoaded({ journeys: [...wanted.after, ...journeys], more: journeys.length === journeysOnAPage });
    });
    return () => {
      current = false;
    };
  }, [merchantId, wanted]);

  return {
    loaded,
    problem,
    busy: settled !== wanted,
    refresh: () => {
      setWanted({ after: [] });
    },
    more: () => {
      setWanted({ after: loaded?.journeys ?? [] });
    },
  };
};
