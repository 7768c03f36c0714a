import type { Asked } from '#domain/kernel/policy.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { LogEvent } from '#domain/events.js';

/** A command that a policy asks for, with the name by which its events say so. */
export type Consequence = Readonly<{ command: Asked; actor: string }>;

/** Which of an event's consequences are still to be asked for. */
export type Recovery = (event: LogEvent, consequences: readonly Consequence[]) => readonly Consequence[];

const key = (causationId: string, actor: string): string => `${causationId} ${actor}`;

/**
 * What a former process has already dealt with of the consequences of events after this position. Consequences reach each
 * stream in the order of their causes, so a stream that shows one of them has dealt with all before it, those included that
 * came to nothing then and might come to something now.
 */
export const recoverFrom = async (store: EventStore, position: number): Promise<Recovery> => {
  const positionOf = new Map<string, number>();
  const written = new Set<string>();
  const dealtWithUpTo = new Map<string, number>();
  for await (const event of store.readAll({ after: position })) {
    positionOf.set(event.id, event.position);
    const { causationId, actor } = event.meta;
    const cause = positionOf.get(causationId);
    if (cause === undefined || !actor.startsWith('policy:')) continue;
    written.add(key(causationId, actor));
    dealtWithUpTo.set(event.stream, Math.max(cause, dealtWithUpTo.get(event.stream) ?? 0));
  }

  return (event, consequences) => {
    const isWritten = ({ actor }: Consequence): boolean => written.has(key(event.id, actor));
    return consequences.filter((consequence, index) => {
      const { target } = consequence.command;
      if ((dealtWithUpTo.get(target) ?? 0) > event.position || isWritten(consequence)) return false;
      return !consequences.slice(index + 1).some((later) => later.command.target === target && isWritten(later));
    });
  };
};
