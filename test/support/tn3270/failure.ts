import { TerminalFailure } from '#adapters/customer-records/tn3270/terminal/terminal-failure.js';

/** What a terminal failed with; one that did as it was asked fails the test. */
export const failureOf = (asked: Promise<unknown>): Promise<TerminalFailure> =>
  asked.then(
    () => {
      throw new Error('expected the terminal to fail');
    },
    (error: unknown) => {
      if (error instanceof TerminalFailure) return error;
      throw error;
    },
  );
