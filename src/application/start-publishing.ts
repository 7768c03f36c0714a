import type { EventPublisher, PublishingHealth } from '#domain/contracts/event-publisher.js';
import type { Lifecycle } from '../lifecycle.js';
import { publishLog, type LogPublication, type PublishLog } from './publish-log.js';

export type StartPublishing = Omit<PublishLog, 'name' | 'store' | 'checkpoints' | 'publisher'> &
  Readonly<{
    store: Readonly<{ events: PublishLog['store']; checkpoints: PublishLog['checkpoints'] }>;
    publishers: readonly (readonly [name: string, publisher: EventPublisher])[];
    lifecycle: Lifecycle;
  }>;

/** Tells other systems, each at its own pace. It waits for none of them: they may come later. */
export const startPublishing = async ({
  store,
  publishers,
  lifecycle,
  ...tools
}: StartPublishing): Promise<() => readonly PublishingHealth[]> => {
  const { events, checkpoints } = store;
  const publications: LogPublication[] = [];
  for (const [name, publisher] of publishers) {
    const publication = await publishLog({ ...tools, name, store: events, checkpoints, publisher });
    publications.push(lifecycle.started(`publishing to ${name}`, publication, (it) => it.close()));
  }
  return () => publications.map(({ health }) => health());
};
