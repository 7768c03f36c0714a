import type { KafkaConnection } from './kafka-client.js';

type Access = Pick<KafkaConnection, 'login' | 'tls'>;

/**
 * Takes `kafka://host:9092,host:9092/prefix` apart; `kafkas://` is TLS, and so is any address when certificates are given.
 * @throws {RangeError} when it has another form
 */
export const kafkaConnection = (
  address: string,
  { login, tls }: Access,
): Readonly<{ connection: KafkaConnection; topicPrefix: string }> => {
  const [, scheme, brokers = '', topicPrefix = ''] = /^(kafkas?):\/\/([^/@]+)\/([^/]+)$/.exec(address) ?? [];
  if (scheme === undefined) throw new RangeError('expected kafka://host:port/prefix');
  const secured = tls ?? (scheme === 'kafkas' ? {} : undefined);
  return {
    connection: { brokers: brokers.split(','), ...(secured && { tls: secured }), ...(login && { login }) },
    topicPrefix,
  };
};
