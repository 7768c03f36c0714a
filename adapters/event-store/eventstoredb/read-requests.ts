import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerFilter } from './our-streams.js';
import { nothing, streamIdentifier } from './wire.js';

type Options = InstanceType<typeof ReadReq.Options>;
const { Options } = streamsPb.ReadReq;

/** Events that the server looks through, and such windows between two words of how far it has come. */
const searchWindow = 32;
const windowsPerCheckpoint = 32;

/** A place in the log: an event's position, or one of its ends. */
type Place = number | 'start' | 'end';
type Direction = 'forwards' | 'backwards';

const request = (fill: (options: Options) => void): ReadReq => {
  const options = new Options();
  const ids = new Options.UUIDOption();
  ids.setString(nothing());
  options.setUuidOption(ids);
  options.setResolveLinks(false);
  options.setNoFilter(nothing());
  fill(options);
  const message = new streamsPb.ReadReq();
  message.setOptions(options);
  return message;
};

const turn = (options: Options, direction: Direction): void => {
  const { ReadDirection } = Options;
  options.setReadDirection(direction === 'forwards' ? ReadDirection.FORWARDS : ReadDirection.BACKWARDS);
};

const inLog = (options: Options, place: Place): void => {
  const all = new Options.AllOptions();
  if (place === 'start') all.setStart(nothing());
  else if (place === 'end') all.setEnd(nothing());
  else {
    const position = new Options.Position();
    position.setCommitPosition(String(place));
    position.setPreparePosition(String(place));
    all.setPosition(position);
  }
  options.setAll(all);
};

const only = (options: Options, filter: ServerFilter): void => {
  const expression = new Options.FilterOptions.Expression();
  const message = new Options.FilterOptions();
  if ('typePattern' in filter) {
    expression.setRegex(filter.typePattern);
    message.setEventType(expression);
  } else {
    expression.setPrefixList([...filter.streamPrefixes]);
    message.setStreamIdentifier(expression);
  }
  message.setMax(searchWindow);
  message.setCheckpointintervalmultiplier(windowsPerCheckpoint);
  options.setFilter(message);
};

/** Events of one stream: forwards from a revision, or backwards from the last. */
export const streamRequest = (name: string, from: number | 'end', count: number): ReadReq =>
  request((options) => {
    const stream = new Options.StreamOptions();
    stream.setStreamIdentifier(streamIdentifier(name));
    if (from === 'end') stream.setEnd(nothing());
    else stream.setRevision(String(from));
    options.setStream(stream);
    options.setCount(String(count));
    turn(options, from === 'end' ? 'backwards' : 'forwards');
  });

/** Events of the log. Reading begins with the event at the place, not after it. Without a filter: the server's too. */
export const logRequest = (from: Place, direction: Direction, count: number, filter?: ServerFilter): ReadReq =>
  request((options) => {
    inLog(options, from);
    options.setCount(String(count));
    turn(options, direction);
    if (filter) only(options, filter);
  });

/** Events of the log as they come, beginning after the place. */
export const subscriptionRequest = (after: number | 'start', filter: ServerFilter): ReadReq =>
  request((options) => {
    inLog(options, after);
    options.setSubscription(new Options.SubscriptionOptions());
    turn(options, 'forwards');
    only(options, filter);
  });
