import type { AccessControl } from '#domain/contracts/access-control.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CopyOfPersonalData } from '#domain/contracts/erasures.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import type { LogEvent } from '#domain/events.js';
import { isScopedId, type ErasureId } from '#domain/kernel/ids.js';
import type { Subject } from '#domain/privacy/subject.js';
import type { CommandBusOfApplication } from '../handle-command.js';
import type { LiveViews } from '../live-views.js';
import type { Log } from '../log.js';

export type CarryOutErasures = Readonly<{
  events: Pick<EventStore, 'readAll' | 'lastPosition'>;
  /** Destroys keys, and forgets what was remembered of their subjects. */
  destroyKeys: (subjects: readonly Subject[]) => Promise<void>;
  commands: CommandBusOfApplication;
  views: Pick<LiveViews, 'reached'>;
  access: Pick<AccessControl, 'setPassword'>;
  copies: readonly CopyOfPersonalData[];
  clock: Clock;
  ids: UniqueIds;
  log: Log;
}>;

export type ErasureWork = Readonly<{
  heard: (event: LogEvent) => void;
  /** Before this, what is heard is the past. */
  goLive: () => void;
  /** Goes on with those that a former process has left unfinished. */
  resume: () => Promise<void>;
  /** Resolves when this erasure, which may not have been recorded yet, is complete; or after a while. */
  completed: (erasureId: ErasureId) => Promise<void>;
  close: () => void;
}>;

type Requested = Readonly<{ erasureId: ErasureId; subjects: readonly Subject[]; causationId: string }>;

const retryAfterMs = 1_000;
/** How long whoever asked waits for the end. */
const patienceMs = 20_000;
const actor = 'erasure';

/**
 * Carries out erasures, each in steps that may be taken again after a crash: keys, receipts, what is remembered, copies;
 * and only then is it complete. It does not count among what follows from an event: a copy is renewed when everything
 * else that does has been done.
 */
export const carryOutErasures = (tools: CarryOutErasures): ErasureWork => {
  const { events, commands, views, access, copies, clock, ids, log } = tools;
  const waiting = new Map<ErasureId, () => void>();
  const underWay = new Set<ErasureId>();
  let live = false;
  let closed = false;

  const report = async (
    { erasureId, causationId }: Requested,
    command:
      | Readonly<{ type: 'ReportKeyDestroyed'; data: Readonly<{ subject: Subject }> }>
      | Readonly<{ type: 'ReportErasureCompleted'; data: Readonly<Record<never, never>> }>,
  ): Promise<void> => {
    const cause = { actor, causationId, correlationId: causationId };
    const outcome = await commands.dispatch({ ...command, target: erasureId, at: clock.now() }, cause);
    if (outcome.outcome !== 'accepted') throw new Error(`${command.type}: ${JSON.stringify(outcome)}`);
  };

  /** A hash of a password that nobody knows: whoever is erased signs in no more. */
  const lockOut = async (subject: Subject): Promise<void> => {
    if (isScopedId('agent', subject)) await access.setPassword(subject, ids.secret());
  };

  const carryOut = async (asked: Requested): Promise<void> => {
    await tools.destroyKeys(asked.subjects);
    for (const subject of asked.subjects) {
      commands.erase(subject);
      await lockOut(subject);
      await report(asked, { type: 'ReportKeyDestroyed', data: { subject } });
    }
    const receipts = await events.lastPosition();
    await views.reached(receipts);
    await Promise.all(copies.map((copy) => copy.renewed(receipts)));
    await report(asked, { type: 'ReportErasureCompleted', data: {} });
  };

  const insist = async (asked: Requested): Promise<void> => {
    while (!closed) {
      try {
        await carryOut(asked);
        return;
      } catch (error) {
        log.warn({ erasure: asked.erasureId, error }, 'an erasure could not be completed; it will be tried again');
        await new Promise<void>((resolve) => clock.schedule(retryAfterMs, resolve));
      }
    }
  };

  const begin = (asked: Requested): void => {
    if (underWay.has(asked.erasureId)) return;
    underWay.add(asked.erasureId);
    void insist(asked).then(() => {
      underWay.delete(asked.erasureId);
      waiting.get(asked.erasureId)?.();
    });
  };

  const requestIn = (event: LogEvent): Requested | undefined =>
    event.type === 'ErasureRequested'
      ? { erasureId: event.stream as ErasureId, subjects: event.data.subjects, causationId: event.id }
      : undefined;

  return {
    heard: (event) => {
      const asked = live ? requestIn(event) : undefined;
      if (asked) begin(asked);
    },

    goLive: () => {
      live = true;
    },

    resume: async () => {
      const unfinished = new Map<string, Requested>();
      const filter = { types: ['ErasureRequested', 'ErasureCompleted'] };
      for await (const event of events.readAll({ after: 0, filter })) {
        const asked = requestIn(event as unknown as LogEvent);
        if (asked) unfinished.set(event.stream, asked);
        else unfinished.delete(event.stream);
      }
      for (const asked of unfinished.values()) begin(asked);
    },

    completed: (erasureId) =>
      new Promise((resolve) => {
        const settle = (): void => {
          waiting.delete(erasureId);
          cancel();
          resolve();
        };
        const cancel = clock.schedule(patienceMs, settle);
        waiting.set(erasureId, settle);
      }),

    close: () => {
      closed = true;
    },
  };
};
