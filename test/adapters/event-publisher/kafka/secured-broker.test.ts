import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { systemClock } from '#adapters/clock/system.clock.js';
import { kafkaConnection } from '#adapters/event-publisher/kafka/kafka-address.js';
import { kafkaEventPublisher } from '#adapters/event-publisher/kafka/kafka.event-publisher.js';
import { memoryStore } from '#adapters/event-store/memory/memory-store.js';
import { loadKafkaAccess } from '#config/load.js';
import type { EventPublisher } from '#domain/contracts/event-publisher.js';
import { startBroker, type KafkaBroker } from '#test/support/kafka/broker.js';
import { missingForKafka } from '#test/support/kafka/class-path.js';
import { callsGoOn } from '#test/support/kafka/contacts.js';
import { till } from '#test/support/kafka/till.js';
import { skipWithout } from '#test/support/outside-service.js';
import { collect } from '#test/support/store-harness.js';

const password = 'a-password-that-nobody-may-read';
const jaas =
  'org.apache.kafka.common.security.plain.PlainLoginModule required username="trunkline" ' +
  `password="${password}" user_trunkline="${password}";`;

describe('a Kafka that asks for a log-in over TLS', function () {
  this.timeout(60_000);
  let folder: string;
  let broker: KafkaBroker;
  let publisher: EventPublisher | undefined;
  const said: string[] = [];

  before(async function () {
    skipWithout(this, missingForKafka());
    folder = await mkdtemp(join(tmpdir(), 'trunkline-kafka-secured-'));
    const [key, cert, both] = ['key.pem', 'cert.pem', 'both.pem'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const ask = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
    const files = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
    await promisify(execFile)('openssl', [...ask, ...files]);
    await writeFile(both, (await readFile(key, 'utf8')) + (await readFile(cert, 'utf8')));
    broker = await startBroker({
      properties: {
        'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:SASL_SSL',
        'inter.broker.listener.name': 'PLAINTEXT',
        'sasl.enabled.mechanisms': 'PLAIN',
        'sasl.mechanism.inter.broker.protocol': 'PLAIN',
        'listener.name.plaintext.plain.sasl.jaas.config': jaas,
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.location': both,
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': cert,
      },
    });
  });
  after(async () => {
    await publisher?.close();
    await broker.remove();
    await rm(folder, { recursive: true });
  });

  const publishAs = async (access: object): Promise<Promise<void>> => {
    await publisher?.close();
    const file = join(folder, 'access.json');
    await writeFile(file, JSON.stringify(access));
    const at = kafkaConnection(`kafkas://${broker.address}/safe`, loadKafkaAccess(file));
    const store = memoryStore({ clock: systemClock });
    await callsGoOn(store.events, 10);
    const hear = (fields: object, message: string): void => void said.push(message, JSON.stringify(fields));
    const log = { debug: hear, info: hear, warn: hear, error: hear };
    publisher = kafkaEventPublisher({ ...at, installation: '/test' }, { clock: systemClock, log });
    const published = publisher.publish(await collect(store.events.readAll({ after: 0 })));
    published.catch(() => undefined);
    return published;
  };
  const login = (secret: string) => ({ mechanism: 'plain', username: 'trunkline', password: secret });

  it('is published to by those who know the password and the certificate', async () => {
    const published = await publishAs({ login: login(password), tls: { ca: join(folder, 'cert.pem') } }).then(
      () => true,
    );
    expect(published).to.equal(true);
    expect(publisher?.trouble()).to.equal(undefined);
  });

  it('is not published to with a wrong password, and neither the trouble nor the log holds one', async () => {
    void publishAs({ login: login('a-wrong-password'), tls: { ca: join(folder, 'cert.pem') } }).catch(() => undefined);
    await till('it is told', () => publisher?.trouble() !== undefined);
    expect(publisher?.trouble()).to.match(/authenticat/i);
    expect([publisher?.trouble(), ...said].join()).to.not.match(/a-wrong-password|nobody-may-read/);
  });

  it('is not spoken to when nobody vouches for its certificate', async () => {
    void publishAs({ login: login(password) }).catch(() => undefined);
    await till('it is told', () => /certificate/i.test(publisher?.trouble() ?? ''));
  });
});
