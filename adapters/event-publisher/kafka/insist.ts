const firstPauseMs = 100;
const longestPauseMs = 5_000;

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Tries until it succeeds, with pauses that grow; tells each failure, and how many there were. */
export const insist = async <Result>(
  attempt: () => Promise<Result>,
  onFailure: (failure: unknown, failures: number) => Promise<void> | void,
): Promise<Result> => {
  for (let failures = 1, pause = firstPauseMs; ; failures += 1, pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await attempt();
    } catch (failure) {
      await onFailure(failure, failures);
      await sleep(pause);
    }
  }
};
