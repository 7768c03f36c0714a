/** The message that a promise is rejected with; a promise that is kept fails the test. */
export const rejectionOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => {
      throw new Error('expected a rejection');
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
