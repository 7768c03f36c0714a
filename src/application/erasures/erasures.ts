import type { Clock } from '#domain/contracts/clock.js';
import type { ErasureOutcome, Erasures } from '#domain/contracts/erasures.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { SubjectKeys } from '#domain/contracts/keys.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { erasureId } from '#domain/kernel/ids.js';
import type { PolicyViews } from '#domain/policies/views.js';
import type { ErasureWork } from './carry-out-erasures.js';
import { readErasure } from './erasure-view.js';
import { isInUse, subjectsOf } from './subjects-of.js';

type Tools = Readonly<{
  events: Pick<EventStore, 'readAll' | 'readStream'>;
  keys: Pick<SubjectKeys, 'stateOf'>;
  commands: CommandBus;
  views: PolicyViews;
  work: Pick<ErasureWork, 'completed'>;
  clock: Clock;
  ids: UniqueIds;
}>;

/** Takes requests to erase people. */
export const createErasures = (tools: Tools): Erasures => {
  const { events, commands, views, work, clock, ids } = tools;

  return {
    request: async (merchantId, target, actor): Promise<ErasureOutcome> => {
      const subjects = await subjectsOf(tools, merchantId, target);
      if (subjects.length === 0) return { outcome: 'rejected', reason: 'unknown-subject' };
      if (subjects.some((subject) => isInUse(subject, views))) return { outcome: 'rejected', reason: 'subject-in-use' };
      const id = erasureId(merchantId, ids.next());
      const completed = work.completed(id);
      const outcome = await commands.dispatch(
        { type: 'RequestErasure', target: id, at: clock.now(), data: { subjects } },
        { actor },
      );
      if (outcome.outcome !== 'accepted') return outcome;
      await completed;
      const erasure = await readErasure(events, id);
      return erasure
        ? { outcome: 'accepted', erasure }
        : { outcome: 'failed', failure: 'the erasure was not recorded' };
    },

    erasure: (id) => readErasure(events, id),
  };
};
