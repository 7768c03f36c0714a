import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Answer, Proposal, ProposedEvent, ServerEvent } from './server-log.js';

type Uuid = NonNullable<ReturnType<BatchAppendReq['getCorrelationId']>>;

const identifier = (stream: string) => {
  const message = new sharedPb.StreamIdentifier();
  message.setStreamName(Buffer.from(stream));
  return message;
};
const nameIn = (message: { getStreamName_asU8: () => Uint8Array } | undefined): string =>
  Buffer.from(message?.getStreamName_asU8() ?? []).toString();

const uuid = (text: string) => {
  const message = new sharedPb.UUID();
  message.setString(text);
  return message;
};

/** What a client asks to be appended, as far as it has come. */
export const proposalIn = (messages: readonly BatchAppendReq[]): Proposal => {
  const options = messages[0]?.getOptions();
  if (!options) throw new Error('an append begins with its options');
  const expected = options.hasAny() ? 'any' : options.hasNoStream() ? 'no-stream' : Number(options.getStreamPosition());
  const events = messages.flatMap((message) =>
    message.getProposedMessagesList().map((proposed): ProposedEvent => ({
      id: proposed.getId()?.getString() ?? '',
      type: proposed.getMetadataMap().get('type') ?? '',
      contentType: proposed.getMetadataMap().get('content-type') ?? '',
      data: proposed.getData_asU8(),
      metadata: proposed.getCustomMetadata_asU8(),
    })),
  );
  return { stream: nameIn(options.getStreamIdentifier()), expected, events };
};

/** Protobuf's length-delimited field (protobuf.dev/programming-guides/encoding): for `Any`, which is not handed out. */
const field = (number: number, bytes: Uint8Array): Buffer => {
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    length.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 0x80) break;
  }
  return Buffer.concat([Buffer.of((number << 3) | 2, ...length), bytes]);
};

const errorStatus = (type: string, details: Uint8Array, message: string) => {
  const any = Buffer.concat([field(1, Buffer.from(`type.googleapis.com/${type}`)), field(2, details)]);
  return statusPb.Status.deserializeBinary(Buffer.concat([field(2, Buffer.from(message)), field(3, any)]));
};

/** An answer that says by the name of a message, and in words, what is wrong. */
export const errorAnswer = (type: string, message: string): BatchAppendResp => {
  const response = new streamsPb.BatchAppendResp();
  response.setError(errorStatus(type, Buffer.of(), message));
  return response;
};

/** As a server answers that is still starting. */
export const notReady = (correlationId: Uuid | undefined): BatchAppendResp => {
  const response = errorAnswer('google.protobuf.Empty', 'Server Is Not Ready');
  if (correlationId) response.setCorrelationId(correlationId);
  return response;
};

const wrongExpectedVersion = (actual: number | 'no-stream'): Uint8Array => {
  const { WrongExpectedVersion } = sharedPb;
  if (actual === 'no-stream') return WrongExpectedVersion.deserializeBinary(field(2, Buffer.of())).serializeBinary();
  const message = new WrongExpectedVersion();
  message.setCurrentStreamRevision(String(actual));
  return message.serializeBinary();
};

const success = ({ revision, position }: Extract<Answer, { answer: 'success' }>) => {
  const message = new streamsPb.BatchAppendResp.Success();
  message.setCurrentRevision(String(revision));
  if (position === undefined) return message;
  const place = new sharedPb.AllStreamPosition();
  place.setCommitPosition(String(position));
  place.setPreparePosition(String(position));
  message.setPosition(place);
  return message;
};

export const answerTo = (correlationId: Uuid | undefined, stream: string, answer: Answer): BatchAppendResp => {
  const response = new streamsPb.BatchAppendResp();
  if (correlationId) response.setCorrelationId(correlationId);
  response.setStreamIdentifier(identifier(stream));
  switch (answer.answer) {
    case 'success':
      response.setSuccess(success(answer));
      break;
    case 'wrong-expected-version': {
      const details = wrongExpectedVersion(answer.actual);
      response.setError(errorStatus('event_store.client.WrongExpectedVersion', details, 'Wrong expected version'));
      break;
    }
    case 'too-large': {
      const details = new sharedPb.MaximumAppendSizeExceeded();
      details.setMaxappendsize(answer.most);
      const type = 'event_store.client.MaximumAppendSizeExceeded';
      response.setError(errorStatus(type, details.serializeBinary(), 'Maximum append size exceeded'));
      break;
    }
  }
  return response;
};

export const eventMessage = (event: ServerEvent): ReadResp => {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(event.id));
  recorded.setStreamIdentifier(identifier(event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(String(event.position));
  recorded.setPreparePosition(String(event.position));
  recorded.getMetadataMap().set('type', event.type).set('content-type', event.contentType);
  recorded.getMetadataMap().set('created', String(event.created));
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const read = new streamsPb.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(String(event.position));
  const response = new streamsPb.ReadResp();
  response.setEvent(read);
  return response;
};

export const confirmation = (): ReadResp => {
  const response = new streamsPb.ReadResp();
  response.setConfirmation(new streamsPb.ReadResp.SubscriptionConfirmation());
  return response;
};

export const checkpoint = (position: number): ReadResp => {
  const message = new streamsPb.ReadResp.Checkpoint();
  message.setCommitPosition(String(position));
  message.setPreparePosition(String(position));
  const response = new streamsPb.ReadResp();
  response.setCheckpoint(message);
  return response;
};

export const streamNotFound = (stream: string): ReadResp => {
  const message = new streamsPb.ReadResp.StreamNotFound();
  message.setStreamIdentifier(identifier(stream));
  const response = new streamsPb.ReadResp();
  response.setStreamNotFound(message);
  return response;
};

/** What a client asks to read. `from`: inclusive for a reading, exclusive for a subscription. */
export type Reading = Readonly<{
  stream: string | undefined;
  from: number | 'start' | 'end';
  backwards: boolean;
  /** `undefined`: a subscription. */
  count: number | undefined;
  matches: (event: ServerEvent) => boolean;
}>;

type Options = NonNullable<ReturnType<ReadReq['getOptions']>>;

const matcherIn = (options: Options): Reading['matches'] => {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = filter.getEventType() ?? filter.getStreamIdentifier();
  const subject = filter.hasEventType() ? (event: ServerEvent) => event.type : (event: ServerEvent) => event.stream;
  const [pattern, prefixes] = [expression?.getRegex() ?? '', expression?.getPrefixList() ?? []];
  if (pattern !== '') return (event) => new RegExp(pattern).test(subject(event));
  return (event) => prefixes.some((prefix) => subject(event).startsWith(prefix));
};

type Edges = Readonly<{ hasStart: () => boolean; hasEnd: () => boolean }>;

const placeIn = (options: Options): Reading['from'] => {
  const [all, stream] = [options.getAll(), options.getStream()];
  const edges: Edges | undefined = all ?? stream;
  if (edges?.hasStart()) return 'start';
  if (edges?.hasEnd()) return 'end';
  return Number(all?.getPosition()?.getCommitPosition() ?? stream?.getRevision());
};

export const readingIn = (request: ReadReq): Reading => {
  const options = request.getOptions();
  if (!options) throw new Error('a reading has options');
  return {
    stream: options.hasStream() ? nameIn(options.getStream()?.getStreamIdentifier()) : undefined,
    from: placeIn(options),
    backwards: options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS,
    count: options.hasSubscription() ? undefined : Number(options.getCount()),
    matches: matcherIn(options),
  };
};

/** A cluster of one: this node, which leads. */
export const clusterOf = (port: number) => {
  const [member, endPoint] = [new gossipPb.MemberInfo(), new gossipPb.EndPoint()];
  endPoint.setAddress('127.0.0.1');
  endPoint.setPort(port);
  member.setInstanceId(uuid('00000000-0000-0000-0000-000000000000'));
  member.setState(gossipPb.MemberInfo.VNodeState.LEADER);
  member.setIsAlive(true);
  member.setHttpEndPoint(endPoint);
  const info = new gossipPb.ClusterInfo();
  info.setMembersList([member]);
  return info;
};
