import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { categoryOf, type StreamCategory } from '#domain/kernel/ids.js';
import type { TrunklineCommand } from '#domain/commands.js';
import type { Subject } from '#domain/privacy/subject.js';
import { aggregates } from './aggregates.js';
import type { Log } from './log.js';
import { rememberedStreams } from './remembered-streams.js';
import { StreamHandler } from './stream-handler.js';
import { eraseFromStates, type StreamStates } from './stream-states.js';

const maxConflicts = 8;

export type CommandBusOfApplication = CommandBus &
  Readonly<{
    /** No remembered state knows anything personal of the subject any more. */
    erase: (subject: Subject) => void;
  }>;

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
}>): CommandBusOfApplication => {
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
    erase: (subject) => {
      streams.erase(subject);
      eraseFromStates(known, subject);
    },

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
