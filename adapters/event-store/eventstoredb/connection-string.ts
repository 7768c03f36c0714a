/** Where an EventStoreDB is, and how it is spoken to. Times are in milliseconds, but `gossipTimeout` in seconds. */
export type EsdbConnection = Readonly<{
  /** `esdb+discover`: the hosts are asked which node leads. */
  discover: boolean;
  hosts: readonly Readonly<{ address: string; port: number }>[];
  credentials?: Readonly<{ username: string; password: string }>;
  tls: boolean;
  tlsCAFile?: string;
  userCertFile?: string;
  userKeyFile?: string;
  keepAliveInterval?: number;
  keepAliveTimeout?: number;
  discoveryInterval?: number;
  gossipTimeout?: number;
  maxDiscoverAttempts?: number;
  connectionName?: string;
  /** What our streams' names begin with, so that several logs can share one server; empty for none. */
  namespace: string;
}>;

/** The connection string cannot be used. The message never repeats it: it may hold a password. */
export class ConnectionStringError extends Error {
  readonly type = 'connection-string-error';
  readonly code = 'ERR_CONNECTION_STRING';
}

const shape = /^esdb(\+discover)?:\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/;
const example = 'esdb://localhost:2113?tls=false';
const defaultPort = 2113;
const leastKeepAlive = 10_000;

const refuse = (why: string): never => {
  throw new ConnectionStringError(`the EventStoreDB connection string cannot be used: ${why}`);
};

type Readers = Readonly<Record<string, (name: string, value: string) => unknown>>;

const anyText = (_name: string, value: string): string => value;
const truth = (name: string, value: string): boolean =>
  value === 'true' || value === 'false' ? value === 'true' : refuse(`${name} is true or false`);
const wholeFrom =
  (least: number) =>
  (name: string, value: string): number =>
    /^\d{1,9}$/.test(value) && Number(value) >= least
      ? Number(value)
      : refuse(`${name} is a whole number, ${least} or more`);
const namespace = (name: string, value: string): string =>
  /^[a-z0-9]{1,32}$/.test(value) ? `${value}.` : refuse(`${name} is up to 32 lower-case letters and digits`);

/** What may stand after the question mark; the names are the client's own, `namespace` is ours. */
const readers = {
  tls: truth,
  tlsCAFile: anyText,
  userCertFile: anyText,
  userKeyFile: anyText,
  keepAliveInterval: wholeFrom(leastKeepAlive),
  keepAliveTimeout: wholeFrom(1),
  discoveryInterval: wholeFrom(1),
  gossipTimeout: wholeFrom(1),
  maxDiscoverAttempts: wholeFrom(1),
  connectionName: anyText,
  namespace,
} satisfies Readers;

const nameOf = new Map(Object.keys(readers).map((name) => [name.toLowerCase(), name as keyof typeof readers]));

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('it has a % that does not begin two hexadecimal digits');
  }
};

const optionsIn = (query: string): Record<string, unknown> => {
  const options: Record<string, unknown> = {};
  for (const pair of query.split('&').filter(Boolean)) {
    const [given, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const name = nameOf.get(given.toLowerCase());
    if (name === undefined) return refuse(`after the ? it takes ${Object.keys(readers).join(', ')}, and nothing else`);
    options[name] = readers[name](name, decoded(value));
  }
  return options;
};

const hostIn = (text: string): EsdbConnection['hosts'][number] => {
  const [, address = '', port] = /^([^:\s]+)(?::(\d{1,5}))?$/.exec(text) ?? refuse('a host is name:port');
  return { address, port: port === undefined ? defaultPort : Number(port) };
};

const credentialsIn = (text: string): NonNullable<EsdbConnection['credentials']> => {
  const colon = text.indexOf(':');
  if (colon < 1) return refuse('credentials are user:password, with special characters as %40 and the like');
  return { username: decoded(text.slice(0, colon)), password: decoded(text.slice(colon + 1)) };
};

/**
 * Reads `esdb://` and `esdb+discover://` strings as EventStoreDB's own clients do, but refuses what would be ignored.
 * @throws {ConnectionStringError}
 */
export const readConnectionString = (text: string): EsdbConnection => {
  const [, discover, credentials, hosts = '', query = ''] =
    shape.exec(text.trim()) ??
    refuse(`it looks like ${example}; special characters in the password go as %40 and the like`);
  const said = credentials === undefined ? undefined : credentialsIn(credentials);
  const connection: EsdbConnection = {
    discover: discover !== undefined || hosts.includes(','),
    hosts: hosts.split(',').map(hostIn),
    ...(said && { credentials: said }),
    tls: true,
    namespace: '',
    ...optionsIn(query),
  };
  if (connection.credentials && !connection.tls) {
    return refuse('a password is not sent without TLS: leave out tls=false, or the credentials');
  }
  if ((connection.userCertFile === undefined) !== (connection.userKeyFile === undefined)) {
    return refuse('userCertFile and userKeyFile go together');
  }
  return connection;
};

/** The address for messages to people: without credentials. */
export const displayName = ({ discover, hosts }: EsdbConnection): string =>
  `esdb${discover ? '+discover' : ''}://${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}`;
