import type { AccessControl } from '#domain/contracts/access-control.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CopyOfPersonalData, Erasures } from '#domain/contracts/erasures.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import type { Subject } from '#domain/privacy/subject.js';
import type { CommandBusOfApplication } from '../handle-command.js';
import type { LiveViews } from '../live-views.js';
import type { Log } from '../log.js';
import { carryOutErasures, type ErasureWork } from './carry-out-erasures.js';
import { createErasures } from './erasures.js';

type Parts = Readonly<{
  store: Readonly<{ events: EventStore }>;
  keys: Pick<SubjectKeys, 'stateOf'> & Readonly<{ erase: (subjects: readonly Subject[]) => Promise<void> }>;
  commands: CommandBusOfApplication;
  views: LiveViews;
  access: AccessControl;
  copies: readonly CopyOfPersonalData[];
  clock: Clock;
  ids: UniqueIds;
  log: Log;
}>;

/** Requests to erase people, and the work that comes of them. */
export const startErasures = (
  parts: Parts,
): Pick<ErasureWork, 'heard' | 'goLive' | 'resume' | 'close'> & Readonly<{ erasures: Erasures }> => {
  const { store, keys, commands, views, access, copies, clock, ids, log } = parts;
  const { events } = store;
  const { erase: destroyKeys } = keys;
  const work = carryOutErasures({ events, destroyKeys, commands, views, access, copies, clock, ids, log });
  const erasures = createErasures({ events, keys, commands, views: views.queries, work, clock, ids });
  return { ...work, erasures };
};
