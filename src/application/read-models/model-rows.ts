import type { Build, BuildChange, ReadModelRow, ReadModelStore } from '#domain/contracts/read-models.js';
import type { LogEvent } from '#domain/events.js';
import { foldRows, setAsideFor, touchedBy, type Rows } from './fold-rows.js';

/** Rows of one model that are remembered, because what changes now changes again soon. */
const rowsRemembered = 10_000;

/** The rows of one build as one projector, its only writer, knows them. */
export type ModelRows = Readonly<{
  build: Build;
  /** What the events make of the rows. Nothing is written yet. */
  fold: (events: readonly LogEvent[]) => Promise<BuildChange>;
  /** Sets the events aside, whatever they are to this model. */
  refuse: (events: readonly LogEvent[], why: unknown) => BuildChange;
  /** What was folded has been written. */
  written: (upTo: Readonly<{ position: number; eventId: string }>) => void;
  /** What was folded has not been written. */
  forget: () => void;
}>;

export const modelRows = (store: ReadModelStore, begin: Build): ModelRows => {
  const { model } = begin;
  const rows: Rows = new Map();
  let build = begin;

  const know = async (keys: ReadonlySet<string>): Promise<void> => {
    const unknown = [...keys].filter((key) => !rows.has(key));
    const found = unknown.length > 0 ? await store.load(build, unknown) : new Map<string, ReadModelRow>();
    for (const key of keys) {
      // Put at the end again: the first ones are those that were of no use for longest.
      const row = rows.get(key) ?? found.get(key);
      rows.delete(key);
      rows.set(key, row);
    }
  };

  const forgetOldest = (): void => {
    for (const key of rows.keys()) {
      if (rows.size <= rowsRemembered) return;
      rows.delete(key);
    }
  };

  return {
    get build() {
      return build;
    },
    fold: async (events) => {
      const { touched, setAside } = touchedBy(model, events);
      await know(new Set(touched.map(({ key }) => key)));
      const changed = foldRows(model, rows, touched, setAside);
      const [there, deleted]: [ReadModelRow[], string[]] = [[], []];
      for (const key of changed) {
        const row = rows.get(key);
        if (row) there.push(row);
        else deleted.push(key);
      }
      return { build, rows: there, deleted, setAside };
    },
    refuse: (events, why) => ({
      build,
      rows: [],
      deleted: [],
      setAside: events.map((event) => setAsideFor(event, why)),
    }),
    written: (upTo) => {
      build = { ...build, ...upTo };
      forgetOldest();
    },
    forget: () => {
      rows.clear();
    },
  };
};
