import type { Asked } from '#domain/kernel/policy.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { LogEvent } from '#domain/events.js';

/** A command that a policy asks for, with the name by which its events say so. */
export type Consequence = Readonly<{ command: Asked; actor: string }>;

/** Which of an event's consequences are still to be asked for. Events come in the order of the log. */
export type Recovery = (event: LogEvent, consequences: readonly Consequence[]) => readonly Consequence[];

/** What a former process has written of consequences, in the part of the log that it had not finished with. */
type Former = Readonly<{ written: ReadonlySet<string>; dealtWithUpTo: ReadonlyMap<string, number>; end: number }>;

const key = (causationId: string, actor: string): string => `${causationId} ${actor}`;

const readFormer = async (store: EventStore, position: number): Promise<Former> => {
  const positionOf = new Map<string, number>();
  const written = new Set<string>();
  const dealtWithUpTo = new Map<string, number>();
  let end = position;
  for await (const event of store.readAll({ after: position })) {
    end = event.position;
    positionOf.set(event.id, event.position);
    const { causationId, actor } = event.meta;
    const cause = positionOf.get(causationId);
    if (cause === undefined || !actor.startsWith('policy:')) continue;
    written.add(key(causationId, actor));
    dealtWithUpTo.set(event.stream, Math.max(cause, dealtWithUpTo.get(event.stream) ?? 0));
  }
  return { written, dealtWithUpTo, end };
};

const stillToDo = (
  { written, dealtWithUpTo }: Former,
  event: LogEvent,
  consequences: readonly Consequence[],
): readonly Consequence[] => {
  const isWritten = ({ actor }: Consequence): boolean => written.has(key(event.id, actor));
  return consequences.filter((consequence, index) => {
    const { target } = consequence.command;
    if ((dealtWithUpTo.get(target) ?? 0) > event.position || isWritten(consequence)) return false;
    return !consequences.slice(index + 1).some((later) => later.command.target === target && isWritten(later));
  });
};

/**
 * What a former process has already dealt with of the consequences of events after this position. Consequences reach each
 * stream in the order of their causes, so a stream that shows one of them has dealt with all before it, those included that
 * came to nothing then and might come to something now. It is forgotten once the log has gone on beyond it.
 */
export const recoverFrom = async (store: EventStore, position: number): Promise<Recovery> => {
  let former: Former | undefined = await readFormer(store, position);
  return (event, consequences) => {
    if (former && event.position > former.end) former = undefined;
    return former ? stillToDo(former, event, consequences) : consequences;
  };
};
