import type { LogEvent } from '#domain/events.js';
import { categoryOf, type StreamCategory, type StreamId } from '#domain/kernel/ids.js';
import type { EventId } from '#domain/kernel/message.js';
import type { Subject } from '#domain/privacy/subject.js';
import { aggregates } from './aggregates.js';
import { eraseFromState } from './erase-from-state.js';
import { goesOn } from './stream-lives.js';

/** What a stream's events up to a revision have made of it; `eventId` is the event there, by which the stream is known again. */
export type StreamState = Readonly<{ state: unknown; revision: number; eventId: EventId }>;

/** States of the streams that go on for as long as the installation. */
export type StreamStates = Map<StreamId, StreamState>;

/** They know nothing personal of the subject any more. */
export const eraseFromStates = (states: StreamStates, subject: Subject): void => {
  for (const [stream, known] of states) {
    states.set(stream, { ...known, state: eraseFromState(stream, known.state, subject) });
  }
};

/**
 * Folds one event into the state of its stream, if that is one that goes on. What has not been seen from its first event on
 * is left out: whoever needs it reads the stream.
 */
export const foldStream = (states: StreamStates, event: LogEvent): void => {
  if (event.type === 'SubjectKeyDestroyed') eraseFromStates(states, event.data.subject);
  const category = categoryOf(event.stream);
  if (!goesOn(category)) return;
  const known = states.get(event.stream);
  const { decider } = aggregates[category as StreamCategory];
  if (event.revision !== (known?.revision ?? -1) + 1) return;
  try {
    const state = decider.evolve(known ? known.state : decider.initialState, event);
    states.set(event.stream, { state, revision: event.revision, eventId: event.id });
  } catch {
    // A rule that breaks on this event says so where the stream is used; nothing is made up for it here.
    states.delete(event.stream);
  }
};
