import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { categoryOf, type StreamCategory, type StreamId } from '#domain/kernel/ids.js';
import type { TrunklineCommand } from '#domain/commands.js';
import { aggregates } from './aggregates.js';
import type { Log } from './log.js';
import { StreamHandler } from './stream-handler.js';

/** Streams whose state is remembered; the one unused for longest goes first. */
const streamsRemembered = 20_000;
const maxConflicts = 8;

/** Takes each command to the aggregate that its target names. The one way anything is written to the log. */
export const createCommandBus = ({
  store,
  ids,
  log,
}: Readonly<{ store: EventStore; ids: UniqueIds; log: Log }>): CommandBus => {
  const onFault = (command: TrunklineCommand, error: unknown): void => {
    log.error({ command: command.type, target: command.target, error }, 'a rule broke');
  };

  const handlers = new Map<StreamId, StreamHandler>();

  const forgetOldest = (): void => {
    for (const [stream, handler] of handlers) {
      if (handlers.size <= streamsRemembered) return;
      if (!handler.busy) handlers.delete(stream);
    }
  };

  const handlerOf = (stream: StreamId): StreamHandler => {
    const known = handlers.get(stream);
    const handler =
      known ??
      new StreamHandler(stream, aggregates[categoryOf(stream) as StreamCategory], {
        store,
        ids,
        maxConflicts,
        onFault,
      });
    handlers.delete(stream);
    handlers.set(stream, handler);
    if (known === undefined && handlers.size > streamsRemembered + 1_000) forgetOldest();
    return handler;
  };

  return {
    dispatch: (command, { actor, causationId, correlationId }) =>
      new Promise((settle) => {
        const cause = causationId ?? ids.next();
        handlerOf(command.target).take({
          command,
          actor,
          causationId: cause,
          correlationId: correlationId ?? cause,
          settle,
        });
      }),
  };
};
