import { categoryOf, type StreamCategory, type StreamId } from '#domain/kernel/ids.js';
import type { Subject } from '#domain/privacy/subject.js';
import type { StreamHandler } from './stream-handler.js';
import { streamLives } from './stream-lives.js';

/** Streams of calls that are over: enough for what is said a little late. */
const overRemembered = 1_000;
/** Streams of calls in progress: more than there can be, so that only those of lost calls are ever met. */
const liveRemembered = 100_000;

type Handlers = Map<StreamId, StreamHandler>;

const forgetOldest = (handlers: Handlers, kept: number): void => {
  for (const [stream, handler] of handlers) {
    if (handlers.size <= kept) return;
    if (!handler.busy) handlers.delete(stream);
  }
};

/**
 * The streams whose states are remembered: all that go on, those of calls in progress, and the last ones of calls that are
 * over. So what is remembered grows with what is going on, and not with what has been.
 */
export const rememberedStreams = (begin: (stream: StreamId) => StreamHandler) => {
  const goingOn: Handlers = new Map();
  const live: Handlers = new Map();
  const over: Handlers = new Map();

  return {
    /** The stream's handler; what was forgotten begins anew. */
    handlerOf: (stream: StreamId): StreamHandler => {
      const kept = goingOn.get(stream);
      if (kept) return kept;
      const handler = live.get(stream) ?? over.get(stream) ?? begin(stream);
      over.delete(stream);
      live.delete(stream);
      if (streamLives[categoryOf(stream) as StreamCategory].goes === 'on') goingOn.set(stream, handler);
      else live.set(stream, handler);
      forgetOldest(live, liveRemembered);
      return handler;
    },

    /** A handler has nothing more to do for now. */
    rests: (stream: StreamId, { state }: StreamHandler): void => {
      const life = streamLives[categoryOf(stream) as StreamCategory];
      const handler = live.get(stream);
      if (life.goes === 'on' || !handler || !life.isOver(state)) return;
      live.delete(stream);
      over.set(stream, handler);
      forgetOldest(over, overRemembered);
    },

    /** None of them knows anything personal of the subject any more; those of calls that are over are read again. */
    erase: (subject: Subject): void => {
      for (const handler of goingOn.values()) handler.erase(subject);
      for (const handler of live.values()) if (handler.busy) handler.erase(subject);
      over.clear();
    },

    /** How many there are. */
    size: (): number => goingOn.size + live.size + over.size,
  };
};
