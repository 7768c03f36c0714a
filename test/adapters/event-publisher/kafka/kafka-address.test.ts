import { expect } from 'chai';
import { describe, it } from 'mocha';
import { kafkaConnection } from '#adapters/event-publisher/kafka/kafka-address.js';
import { loadSettings } from '#config/load.js';

describe('the address of an operator’s Kafka', () => {
  it('names brokers and the prefix of the topics', () => {
    expect(kafkaConnection('kafka://one:9092,two:9093/shop.trunkline', {})).to.deep.equal({
      connection: { brokers: ['one:9092', 'two:9093'] },
      topicPrefix: 'shop.trunkline',
    });
  });

  it('means TLS as kafkas, and also when certificates are given', () => {
    expect(kafkaConnection('kafkas://one:9092/p', {}).connection.tls).to.deep.equal({});
    expect(kafkaConnection('kafka://one:9092/p', { tls: { ca: 'PEM' } }).connection.tls).to.deep.equal({ ca: 'PEM' });
  });

  it('is refused by the settings when it holds a password, names no topics, or is something else', () => {
    for (const address of ['kafka://user:secret@one:9092/p', 'kafka://one:9092', 'kafka://one/p', 'http://one:80/p']) {
      expect(() => loadSettings({ publishTo: address }, {}), address).to.throw(/kafka:\/\/host:port\/prefix/);
    }
    expect(() => kafkaConnection('kafka://one:9092', {})).to.throw(RangeError);
  });
});
