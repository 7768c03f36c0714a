import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { EventType, LogEvent, LogEventOf } from '#domain/events.js';
import type { PolicyViews } from '#domain/policies/views.js';
import type { Log } from '../application/log.js';

/** When this has happened, that is done in the outside world. What comes of it returns as a report. */
export type Effect<Type extends EventType = EventType> = Readonly<{
  name: string;
  on: readonly Type[];
  /**
   * `inDoubt`: it was begun before and a crash has hidden its end. Everything asked of the telephone network is keyed by
   * call and may be asked again, so most effects need not care.
   */
  run: (event: LogEventOf<Type>, views: PolicyViews, inDoubt: boolean) => Promise<void>;
}>;

export const effect = <Type extends EventType>(given: Effect<Type>): Effect<Type> => given;

/** Starts whatever an event calls for; each answer settles when it is done or has failed for good. */
export type RunEffects = (event: LogEvent, views: PolicyViews) => readonly Promise<void>[];

type Tools = Readonly<{ effects: readonly Effect[]; ledger: EffectLedger; log: Log }>;

/** Runs effects by the ledger: none twice, none forgotten, whatever happens in between. */
export const createEffectRunner = ({ effects, ledger, log }: Tools): RunEffects => {
  const byType = new Map<EventType, Effect[]>();
  for (const each of effects) for (const type of each.on) byType.set(type, [...(byType.get(type) ?? []), each]);

  const runOne = async (each: Effect, event: LogEvent, views: PolicyViews): Promise<void> => {
    const key = `${each.name}:${event.id}`;
    const state = await ledger.begin(key);
    if (state === 'done') return;
    try {
      await each.run(event, views, state === 'in-doubt');
    } catch (error) {
      log.error({ effect: each.name, event: event.id, error }, 'effect failed');
    }
    await ledger.complete(key);
  };

  return (event, views) => (byType.get(event.type) ?? []).map((each) => runOne(each, event, views));
};
