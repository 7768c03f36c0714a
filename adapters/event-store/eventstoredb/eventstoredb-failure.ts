import { EventStoreFailure } from '#domain/contracts/event-store.js';

/** Codes of gRPC (grpc.io/docs/guides/status-codes) that say: not this way, however often it is tried. */
const forGood = new Map([
  [3, 'it does not accept the request'],
  [7, 'it denies access: check the user and the rights on $all and on our streams'],
  [12, 'it does not know this request: EventStoreDB 22.10 or later is needed'],
  [16, 'it does not accept the credentials'],
]);
/** Cancelled: another call has found the connection broken, and given it up. */
const broken = new Set([1, 14]);
const notLeader = 'not-leader';

type ServiceError = Error & {
  code?: unknown;
  details?: unknown;
  metadata?: { getMap?: () => Record<string, unknown> };
};

const codeOf = (thrown: unknown): number | undefined => {
  const code = (thrown as ServiceError | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
};

/** What the error says, without what might name a user. */
export const reasonIn = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown);
  const { details } = thrown as ServiceError;
  if (broken.has(codeOf(thrown) ?? 0)) return 'it cannot be reached';
  return typeof details === 'string' && details !== '' ? details : thrown.message;
};

/** The server's exceptions travel in the trailers, under names of its own. */
const exceptionIn = (thrown: unknown): string => {
  const exception = (thrown as ServiceError | undefined)?.metadata?.getMap?.()['exception'];
  return typeof exception === 'string' || Buffer.isBuffer(exception) ? exception.toString() : '';
};

/** Invalid argument, or what becomes of it in servers that look for a record where there is none. */
const noSuchPlace = new Set([2, 3, 11]);

/** True when the server was asked to begin at a position where no event begins. */
export const isNoPlace = (thrown: unknown): boolean => noSuchPlace.has(codeOf(thrown) ?? 0);

/** True when another node leads now; the client has been told which, and goes there next. */
export const leadsElsewhere = (thrown: unknown): boolean => exceptionIn(thrown) === notLeader;

/** True when waiting helps: the server is away, busy, or not the one that leads. */
export const isPassing = (thrown: unknown): boolean => {
  if (thrown instanceof EventStoreFailure) return false;
  if (leadsElsewhere(thrown)) return true;
  const code = codeOf(thrown);
  return code === undefined || !forGood.has(code);
};

/** Any error of the client or the server in the words of the contract. `server`: its address, without credentials. */
export const failureOf = (server: string, thrown: unknown): EventStoreFailure => {
  if (thrown instanceof EventStoreFailure) return thrown;
  const hint = forGood.get(codeOf(thrown) ?? -1);
  const why = hint === undefined ? reasonIn(thrown) : `${hint} (${reasonIn(thrown)})`;
  return new EventStoreFailure('io', `EventStoreDB at ${server}: ${why}`);
};

export const corrupt = (what: string): EventStoreFailure => new EventStoreFailure('corrupt', what);
