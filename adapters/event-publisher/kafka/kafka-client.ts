import kafkajs, { type Kafka, type SASLOptions } from 'kafkajs';

/** How to reach a cluster. It holds secrets, so it is never logged. */
export type KafkaConnection = Readonly<{
  /** `host:port` of some brokers; the others are found through them. */
  brokers: readonly string[];
  /** TLS, verified against these authorities or the system's; with certificate and key where the brokers ask for them. */
  tls?: Readonly<{ ca?: string; cert?: string; key?: string }>;
  login?: Readonly<{ mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }>;
}>;

const connectWithinMs = 5_000;
const answerWithinMs = 20_000;

/**
 * A client that retries as little as kafkajs lets it and tells: whoever uses it insists, and can say meanwhile what is wrong.
 */
export const kafkaClient = ({ brokers, tls, login }: KafkaConnection): Kafka =>
  new kafkajs.Kafka({
    clientId: 'trunkline',
    brokers: [...brokers],
    ...(tls && { ssl: { ...tls } }),
    ...(login && { sasl: login as SASLOptions }),
    connectionTimeout: connectWithinMs,
    authenticationTimeout: connectWithinMs,
    requestTimeout: answerWithinMs,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 1, initialRetryTime: 100 },
  });

/** What is at the bottom of a failure: kafkajs wraps its errors in what became of retrying. */
export const rootOf = (failure: unknown): Error & Readonly<{ type?: string }> => {
  if (!(failure instanceof Error)) return new Error(String(failure));
  return failure.cause instanceof Error ? rootOf(failure.cause) : failure;
};

const goodbyeMs = 2_000;
const calmDelayMs = 10;

/** Parts with a client, politely or not: one that hangs does not keep anybody. */
export const partWith = async (client: Readonly<{ disconnect: () => Promise<void> }>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, goodbyeMs);
  });
  await Promise.race([client.disconnect().catch(() => undefined), patience]);
  clearTimeout(timer);
};

/**
 * kafkajs looks for throttled requests once a millisecond for each connection, by asking for timers in the past. In a
 * thread of its own such timers can be told to take their time: it costs a tenth, and what is urgent is not sent that way.
 */
export const calmTimers = (): void => {
  const original = globalThis.setTimeout;
  const calm: ProxyHandler<typeof setTimeout> = {
    apply: (target, self, [run, delay, ...rest]: readonly unknown[]): unknown =>
      Reflect.apply(target, self, [run, typeof delay === 'number' && delay < 0 ? calmDelayMs : delay, ...rest]),
  };
  globalThis.setTimeout = new Proxy(original, calm);
};
