import { EventStoreFailure } from '#domain/contracts/event-store.js';

/** Whether a store may still be used. */
export type Openness = Readonly<{
  /** Why it may not; `undefined` while it may. */
  refusal: () => EventStoreFailure | undefined;
  /** @throws {EventStoreFailure} `closed` once it has ended */
  require: () => void;
  end: () => void;
}>;

export const openness = (): Openness => {
  let open = true;
  const refusal = (): EventStoreFailure | undefined =>
    open ? undefined : new EventStoreFailure('closed', 'the event store is closed');
  return {
    refusal,
    require: () => {
      const why = refusal();
      if (why) throw why;
    },
    end: () => {
      open = false;
    },
  };
};
