import { QueryFailedError } from 'typeorm';
import { ReadModelFailure } from '#domain/contracts/read-models.js';

const codeOf = (thrown: unknown): string => {
  const cause: unknown = thrown instanceof QueryFailedError ? thrown.driverError : thrown;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
};

/** SQLSTATE classes 22 (data), 23 (constraints) and 54 (too large), and what SQLite calls the same. */
const badData = /^(22|23|54)...$|^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/;

/** The outside failed: in the contract's words. What is not known to be the data's fault is the database's. */
export const failureOf = (thrown: unknown, model?: string): ReadModelFailure => {
  if (thrown instanceof ReadModelFailure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const isBad = thrown instanceof TypeError || thrown instanceof RangeError || badData.test(codeOf(thrown));
  return isBad && model !== undefined
    ? new ReadModelFailure('bad-data', message, { cause: thrown, model })
    : new ReadModelFailure('unavailable', message, { cause: thrown });
};

/** Work on one model's rows: whose rows are refused, the failure says. */
export const onRowsOf = async <Result>(model: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (thrown) {
    if (isBusy(thrown)) throw thrown;
    throw failureOf(thrown, model);
  }
};

/** Another process writes just now. */
export const isBusy = (thrown: unknown): boolean => codeOf(thrown).startsWith('SQLITE_BUSY');

/** Undoes a transaction, with nothing wrong: what it found makes it needless. */
export class Undone extends Error {
  constructor(readonly outcome: string) {
    super(outcome);
  }
}

/** What the work answers, or for what reason it undid itself. */
export const orUndone = async <Result, Outcome extends string>(
  outcomes: readonly Outcome[],
  work: Promise<Result>,
): Promise<Result | Outcome> => {
  try {
    return await work;
  } catch (thrown) {
    const outcome = outcomes.find((each) => thrown instanceof Undone && thrown.outcome === each);
    if (outcome === undefined) throw thrown;
    return outcome;
  }
};
