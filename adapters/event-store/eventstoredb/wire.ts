import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';

/** The generated classes take identifiers of their own for what is a string or nothing at all. */
export const streamIdentifier = (name: string) => {
  const identifier = new sharedPb.StreamIdentifier();
  identifier.setStreamName(Buffer.from(name, 'utf8'));
  return identifier;
};

export const uuidMessage = (uuid: string) => {
  const message = new sharedPb.UUID();
  message.setString(uuid);
  return message;
};

export const nothing = () => new sharedPb.Empty();

/**
 * A 64-bit number of the server, which the wire carries as text.
 * @throws {EventStoreFailure} `corrupt` when a JavaScript number cannot hold it
 */
export const safeNumber = (what: string, text: string): number => {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  const hint = 'servers before 22.6 tell no positions with the events of a stream; 22.10 or later is needed';
  throw new EventStoreFailure(
    'corrupt',
    `EventStoreDB says that the ${what} is ${text}, which cannot be kept: ${hint}`,
  );
};
