import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { categoryOf, type StreamCategory } from '#domain/kernel/ids.js';
import type { TrunklineCommand } from '#domain/commands.js';
import { aggregates } from './aggregates.js';
import type { Log } from './log.js';
import { rememberedStreams } from './remembered-streams.js';
import { StreamHandler } from './stream-handler.js';
import type { StreamStates } from './stream-states.js';

const maxConflicts = 8;

/** Takes each command to the aggregate that its target names. The one way anything is written to the log. */
export const createCommandBus = ({
  store,
  ids,
  log,
  known = new Map(),
}: Readonly<{
  store: EventStore;
  ids: UniqueIds;
  log: Log;
  /** Earlier states of streams, so that not all of a long one has to be read; each is let go of once it has been used. */
  known?: StreamStates;
}>): CommandBus => {
  const onFault = (command: TrunklineCommand, error: unknown): void => {
    log.error({ command: command.type, target: command.target, error }, 'a rule broke');
  };

  const streams = rememberedStreams((stream) => {
    const remembered = known.get(stream);
    known.delete(stream);
    const aggregate = aggregates[categoryOf(stream) as StreamCategory];
    const onRest = streams.rests;
    return new StreamHandler(stream, aggregate, { store, ids, maxConflicts, onFault, onRest }, remembered);
  });

  return {
    dispatch: (command, { actor, causationId, correlationId }) =>
      new Promise((settle) => {
        const cause = causationId ?? ids.next();
        streams.handlerOf(command.target).take({
          command,
          actor,
          causationId: cause,
          correlationId: correlationId ?? cause,
          settle,
        });
      }),
  };
};
