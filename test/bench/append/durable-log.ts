import type { StreamId } from '#domain/kernel/ids.js';
import type { NewEvent } from '#domain/kernel/message.js';

/** What is compared: one that takes the next event of a stream and answers when it is on the disk. */
export type DurableLog = Readonly<{
  append: (stream: StreamId, revision: number, event: NewEvent) => Promise<void>;
  close: () => Promise<void>;
}>;

/**
 * Group commit, the same for those that have none of their own: what comes in one turn of the event loop is written
 * with one sync, then everybody is answered.
 * @param write is given the whole group, and returns when it is durable
 */
export const inGroups = <Item>(write: (group: readonly Item[]) => void): ((item: Item) => Promise<void>) => {
  let group: Item[] = [];
  let waiting: (() => void)[] = [];

  const flush = (): void => {
    const [written, answered] = [group, waiting];
    [group, waiting] = [[], []];
    write(written);
    for (const answer of answered) answer();
  };

  return (item) =>
    new Promise((resolve) => {
      if (group.length === 0) setImmediate(flush);
      group.push(item);
      waiting.push(resolve);
    });
};
