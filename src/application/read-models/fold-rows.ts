import type { ReadModel, ReadModelRow, SetAside } from '#domain/contracts/read-models.js';
import type { LogEvent } from '#domain/events.js';

/** Rows by their names; `undefined`: it is known that there is none. */
export type Rows = Map<string, ReadModelRow | undefined>;

export type Touched = readonly Readonly<{ event: LogEvent; key: string }>[];

const reasonOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 1_000);

export const setAsideFor = ({ position, type }: LogEvent, thrown: unknown): SetAside => ({
  position,
  type,
  reason: reasonOf(thrown),
});

/** Which rows the events touch, in their order. An event for which the model cannot say is set aside. */
export const touchedBy = (
  model: ReadModel,
  events: readonly LogEvent[],
): Readonly<{ touched: Touched; setAside: SetAside[] }> => {
  const touched: { event: LogEvent; key: string }[] = [];
  const setAside: SetAside[] = [];
  for (const event of events) {
    try {
      for (const key of model.keysOf(event)) touched.push({ event, key });
    } catch (thrown) {
      setAside.push(setAsideFor(event, thrown));
    }
  }
  return { touched, setAside };
};

/** Folds the events into the rows in place; the answer is which rows have changed. One that fails is set aside. */
export const foldRows = (model: ReadModel, rows: Rows, touched: Touched, setAside: SetAside[]): ReadonlySet<string> => {
  const changed = new Set<string>();
  for (const { event, key } of touched) {
    const before = rows.get(key);
    try {
      const row = model.evolve(before, event, key);
      if (row === before) continue;
      rows.set(key, row);
      changed.add(key);
    } catch (thrown) {
      setAside.push(setAsideFor(event, thrown));
    }
  }
  return changed;
};
