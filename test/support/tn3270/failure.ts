type FailureClass<Failure extends Error> = abstract new (...given: never[]) => Failure;

/** What was asked failed with, of this class; what did as it was asked, or failed otherwise, fails the test. */
export const failureOf = <Failure extends Error>(
  asked: Promise<unknown>,
  kind: FailureClass<Failure>,
): Promise<Failure> =>
  asked.then(
    () => {
      throw new Error(`expected a ${kind.name}`);
    },
    (error: unknown) => {
      if (error instanceof kind) return error;
      throw error;
    },
  );
