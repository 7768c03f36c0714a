import { Metadata, status } from '@grpc/grpc-js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readReply } from '#adapters/event-store/eventstoredb/append-reply.js';
import { failureOf, isNoPlace, isPassing } from '#adapters/event-store/eventstoredb/eventstoredb-failure.js';
import { safeNumber } from '#adapters/event-store/eventstoredb/wire.js';
import { EventStoreFailure } from '#domain/contracts/event-store.js';
import { answerTo, errorAnswer } from '#test/support/eventstoredb/messages.js';

const replyTo = (type: string, message = 'as the server says it') =>
  readReply(errorAnswer(type, message), 'call-acme.1');
const serviceError = (code: status, details = 'as the server says it', exception?: string): Error => {
  const metadata = new Metadata();
  if (exception !== undefined) metadata.set('exception', exception);
  return Object.assign(new Error(`${code} ${details}`), { code, details, metadata });
};

describe('what EventStoreDB says of an append', () => {
  it('is taken for written when it says the revision, whether or not it says where', () => {
    const success = { answer: 'success', revision: 4 } as const;
    expect(readReply(answerTo(undefined, 's', { ...success, position: 815 }), 's')).to.deep.equal({
      reply: 'written',
      revision: 4,
      position: 815,
    });
    expect(readReply(answerTo(undefined, 's', success), 's')).to.deep.equal({
      reply: 'written',
      revision: 4,
      position: undefined,
    });
  });

  it('is a conflict with the revision that there is, or with none', () => {
    for (const actual of [0, 7, 'no-stream'] as const) {
      const response = answerTo(undefined, 's', { answer: 'wrong-expected-version', actual });
      expect(readReply(response, 's')).to.deep.equal({ reply: 'conflict', actual });
    }
  });

  const forGood: [type: string, says: string][] = [
    ['event_store.client.StreamDeleted', 'the stream call-acme.1 was deleted on the server'],
    ['event_store.client.AccessDenied', 'the server denies writing to call-acme.1'],
    ['event_store.client.BadRequest', 'the server refuses the append to call-acme.1: as the server says it'],
  ];
  for (const [type, says] of forGood) {
    it(`is not tried again when it is ${type}`, () => {
      const reply = replyTo(type);
      expect(reply.reply === 'refused' && reply.failure.message).to.equal(says);
      expect(reply.reply === 'refused' && reply.failure.failure).to.equal('io');
    });
  }

  it('is tried again as it is while the server is not ready, and with doubt when its own time ran out', () => {
    expect(replyTo('google.protobuf.Empty', 'Server Is Busy')).to.deep.equal({
      reply: 'not-now',
      why: 'Server Is Busy',
    });
    expect(replyTo('event_store.client.Timeout', '')).to.deep.equal({
      reply: 'unknown',
      why: 'it did not finish in time',
    });
    expect(replyTo('event_store.client.OfALaterVersion')).to.include({ reply: 'unknown' });
  });
});

describe('what goes wrong on the way to EventStoreDB', () => {
  it('passes when the server is away, slow, or no longer the one that leads', () => {
    for (const code of [status.UNAVAILABLE, status.CANCELLED, status.DEADLINE_EXCEEDED, status.INTERNAL]) {
      expect(isPassing(serviceError(code)), String(code)).to.equal(true);
    }
    expect(isPassing(serviceError(status.NOT_FOUND, 'Leader info available', 'not-leader'))).to.equal(true);
    expect(isPassing(serviceError(status.PERMISSION_DENIED, 'Leader info available', 'not-leader'))).to.equal(true);
  });

  it('does not pass when the server does not let us in, or does not know what is asked, and says what to do', () => {
    const hints: [code: status, says: string][] = [
      [status.UNAUTHENTICATED, 'it does not accept the credentials'],
      [status.PERMISSION_DENIED, 'check the user and the rights on $all'],
      [status.UNIMPLEMENTED, 'EventStoreDB 22.10 or later is needed'],
      [status.INVALID_ARGUMENT, 'it does not accept the request'],
    ];
    for (const [code, says] of hints) {
      const error = serviceError(code);
      expect(isPassing(error), says).to.equal(false);
      const { failure, message } = failureOf('esdb://host:2113', error);
      expect(failure).to.equal('io');
      expect(message).to.include('EventStoreDB at esdb://host:2113: ').and.to.include(says);
    }
  });

  it('does not pass when the log cannot be understood', () => {
    const failure = new EventStoreFailure('corrupt', 'none of ours');
    expect(isPassing(failure)).to.equal(false);
    expect(failureOf('esdb://host:2113', failure)).to.equal(failure);
  });

  it('is told apart from a position where no event begins', () => {
    expect(isNoPlace(serviceError(status.INVALID_ARGUMENT))).to.equal(true);
    expect(isNoPlace(serviceError(status.UNAVAILABLE))).to.equal(false);
    expect(isNoPlace(new Error('no code'))).to.equal(false);
  });

  it('is not a number that would be rounded: the server is too old to say positions', () => {
    expect(safeNumber('position', '9007199254740991')).to.equal(Number.MAX_SAFE_INTEGER);
    for (const text of ['18446744073709551615', '9007199254740992', 'x']) {
      expect(() => safeNumber('position', text)).to.throw(EventStoreFailure, '22.10 or later is needed');
    }
  });
});
