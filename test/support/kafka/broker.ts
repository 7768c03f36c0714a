import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import { kafkaClassPath } from './class-path.js';

/** A real broker in a process of its own, with a folder of its own, and able to die. */
export type KafkaBroker = Readonly<{
  /** `host:port`, the same after a restart. */
  address: string;
  start: () => Promise<void>;
  /** `kill -9`. */
  kill: () => Promise<void>;
  /** Freezes it: it keeps its connections and says nothing more. */
  freeze: () => void;
  thaw: () => void;
  /** Ends it and removes what it kept. */
  remove: () => Promise<void>;
}>;

export type BrokerOptions = Readonly<{
  /** Lines of server.properties, over those that every broker here has. */
  properties?: Readonly<Record<string, string>>;
}>;

const patienceMs = 60_000;
const java = ['-Xmx256m', '-Xms128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
const clusterId = 'AAAAAAAAAAAAAAAAAAAAAQ';

const propertiesOf = (port: number, controllerPort: number, folder: string): Record<string, string> => ({
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
  listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
  'log.dirs': join(folder, 'log'),
  'auto.create.topics.enable': 'false',
  'offsets.topic.num.partitions': '1',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'log.cleaner.enable': 'false',
  // One that was killed may register again as soon as its controller has stopped believing in it.
  'broker.session.timeout.ms': '1500',
  'broker.heartbeat.interval.ms': '300',
});

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

const listening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

/** A broker that is not running yet. */
export const prepareBroker = async ({ properties = {} }: BrokerOptions = {}): Promise<KafkaBroker> => {
  const classPath = await kafkaClassPath();
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-kafka-'));
  const [port, controllerPort] = [await freePort(), await freePort()];
  const settings = { ...propertiesOf(port, controllerPort, folder), ...properties };
  const configuration = join(folder, 'server.properties');
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  await writeFile(configuration, lines.join('\n'));
  const said = join(folder, 'said.txt');

  const run = (...command: readonly string[]): ChildProcess =>
    spawn('java', [...java, quiet, '-cp', classPath, ...command], { stdio: ['ignore', 'ignore', 'pipe'] });
  const format = run('kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', configuration);
  await ended(format);
  if (format.exitCode !== 0) {
    throw new Error(`the broker's folder could not be formatted: exit code ${format.exitCode}`);
  }

  let broker: ChildProcess | undefined;
  const end = async (): Promise<void> => {
    const ending = broker;
    broker = undefined;
    if (!ending) return;
    ending.kill('SIGKILL');
    await ended(ending);
  };
  // A suite that is itself killed must not leave a broker behind.
  process.once('exit', () => broker?.kill('SIGKILL'));

  const start = async (): Promise<void> => {
    const started = run('kafka.Kafka', configuration);
    started.stderr?.on('data', (chunk: Buffer) => void writeFile(said, chunk, { flag: 'a' }).catch(() => undefined));
    broker = started;
    const deadline = performance.now() + patienceMs;
    while (!(await listening(port))) {
      if (started.exitCode !== null || performance.now() > deadline) {
        throw new Error(`the broker did not start; it said: ${await readFile(said, 'utf8').catch(() => 'nothing')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  return {
    address: `127.0.0.1:${port}`,
    start,
    kill: end,
    freeze: () => void broker?.kill('SIGSTOP'),
    thaw: () => void broker?.kill('SIGCONT'),
    remove: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A broker that is running. */
export const startBroker = async (options?: BrokerOptions): Promise<KafkaBroker> => {
  const broker = await prepareBroker(options);
  await broker.start();
  return broker;
};
