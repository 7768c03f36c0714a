import type { Checkpoints } from '#domain/contracts/checkpoints.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus, CommandOutcome } from '#domain/contracts/command-bus.js';
import type { EventStore, Subscription } from '#domain/contracts/event-store.js';
import type { EventType, LogEvent } from '#domain/events.js';
import { isEventType } from '#domain/events.js';
import type { Asked, Policy } from '#domain/kernel/policy.js';
import type { TrunklineCommand } from '#domain/commands.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { RunEffects } from '../effects/effect.js';
import type { LiveViews } from './live-views.js';
import { Outstanding } from './outstanding.js';
import { recoverFrom, type Consequence } from './recovery.js';
import type { Log } from './log.js';

export type FollowLog = Readonly<{
  store: EventStore;
  checkpoints: Checkpoints;
  clock: Clock;
  commands: CommandBus;
  views: LiveViews;
  policies: readonly Policy[];
  effects: RunEffects;
  log: Log;
  /** After each event has been folded, then after each batch. */
  onEvent: (event: LogEvent) => void;
  onBatch: () => void;
  /** What follows from events up to here has been done, and that is durable. */
  onSettled?: (position: number) => void;
  onStopped: (error: Error) => void;
}>;

export type LogFollower = Readonly<{
  caughtUp: Promise<void>;
  /** Everything up to this position has had its consequences. */
  settled: () => number;
  close: () => Promise<void>;
}>;

const consumer = 'process';

/** Up to where a former process has dealt with what follows from events. */
export const settledBy = (checkpoints: Checkpoints): Promise<number> => checkpoints.load(consumer);
const saveEveryMs = 250;
const retryAfterMs = 200;
/** More consequences than this under way: the next batch waits. */
const highWater = 20_000;

const byType = (policies: readonly Policy[]): ReadonlyMap<EventType, readonly Policy[]> => {
  const map = new Map<EventType, Policy[]>();
  for (const policy of policies) for (const type of policy.on) map.set(type, [...(map.get(type) ?? []), policy]);
  return map;
};

/** Reads the log in order: folds each event into the views, then asks the policies and runs the effects it calls for. */
export const followLog = async (tools: FollowLog): Promise<LogFollower> => {
  const { store, checkpoints, clock, commands, views, log } = tools;
  const policiesOf = byType(tools.policies);
  const outstanding = new Outstanding();
  const processedBefore = await settledBy(checkpoints);
  const stillToDo = await recoverFrom(store, processedBefore);
  let saved = processedBefore;
  tools.onSettled?.(processedBefore);
  let closed = false;

  /** A full disk or a lost store is outlived: what an event calls for is asked for until it is answered. */
  const insist = async (asked: Asked, event: LogEvent, actor: string): Promise<CommandOutcome> => {
    const command = { ...asked, at: event.recordedAt } as TrunklineCommand;
    for (;;) {
      const { id: causationId, meta } = event;
      const outcome = await commands.dispatch(command, { actor, causationId, correlationId: meta.correlationId });
      if (outcome.outcome !== 'failed' || closed) return outcome;
      log.warn({ command: command.type, failure: outcome.failure }, 'command will be tried again');
      await new Promise<void>((resolve) => clock.schedule(retryAfterMs, resolve));
    }
  };

  /** One event that cannot be dealt with must not stop the thousands behind it. */
  const guarded = (event: LogEvent, what: string, act: () => void): void => {
    try {
      act();
    } catch (error) {
      log.error({ position: event.position, type: event.type, what, error }, 'event set aside');
    }
  };

  const consequencesOf = (event: LogEvent): readonly Consequence[] => {
    const consequences: Consequence[] = [];
    for (const policy of policiesOf.get(event.type) ?? []) {
      guarded(event, policy.name, () => {
        for (const [index, command] of policy.decide(event, views.queries).entries()) {
          consequences.push({ command, actor: `policy:${policy.name}${index === 0 ? '' : `/${index}`}` });
        }
      });
    }
    return consequences;
  };

  const askPolicies = (event: LogEvent): void => {
    for (const { command, actor } of stillToDo(event, consequencesOf(event))) {
      outstanding.track(event.position, insist(command, event, actor));
    }
  };

  const handle = (event: LogEvent): void => {
    views.fold(event);
    tools.onEvent(event);
    if (event.position <= processedBefore) return;
    askPolicies(event);
    guarded(event, 'effects', () => {
      for (const work of tools.effects(event, views.queries)) outstanding.track(event.position, work);
    });
  };

  const handleBatch = async (events: readonly RecordedEvent[]): Promise<void> => {
    for (const event of events) {
      if (isEventType(event.type)) handle(event as unknown as LogEvent);
      outstanding.reached(event.position);
    }
    tools.onBatch();
    while (outstanding.size > highWater) await new Promise<void>((resolve) => clock.schedule(1, resolve));
  };

  const save = async (): Promise<void> => {
    const settled = Math.max(outstanding.settledUpTo(), saved);
    if (settled > saved) {
      await checkpoints.save(consumer, settled);
      saved = settled;
      tools.onSettled?.(settled);
    }
  };

  const saveForEver = (): void => {
    if (closed) return;
    void save()
      .catch((error: unknown) => {
        log.warn({ error }, 'checkpoint not saved; will be tried again');
      })
      .finally(() => clock.schedule(saveEveryMs, saveForEver));
  };
  clock.schedule(saveEveryMs, saveForEver);

  const subscription: Subscription = store.subscribe({
    after: views.position(),
    handle: handleBatch,
    onStopped: tools.onStopped,
  });
  return {
    caughtUp: subscription.caughtUp,
    settled: () => outstanding.settledUpTo(),
    close: async () => {
      closed = true;
      await subscription.close();
      await save();
    },
  };
};
