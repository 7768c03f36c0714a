/** Something that was started and can be stopped. */
export type Running = Readonly<{ name: string; stop: () => Promise<void> | void }>;

/**
 * Waits until all have been opened that are opened at the same time, also when one of them cannot be: the others are to be
 * stopped then. @throws what the first of them has failed with
 */
export const allOpened = async <Parts extends readonly unknown[]>(
  ...opening: { [Part in keyof Parts]: Promise<Parts[Part]> }
): Promise<Parts> => {
  await Promise.allSettled(opening);
  return await Promise.all(opening);
};

/** What is running, in the order it was started; stopped in the opposite order, each whatever became of the others. */
export const createLifecycle = () => {
  const running: Running[] = [];
  let stopped: Promise<readonly Error[]> | undefined;

  const stopAll = async (): Promise<readonly Error[]> => {
    const errors: Error[] = [];
    for (const { name, stop } of running.reverse()) {
      try {
        await stop();
      } catch (error) {
        errors.push(new Error(`${name} did not stop cleanly`, { cause: error }));
      }
    }
    return errors;
  };

  return {
    /** Remembers how to stop something, and hands it back. */
    started: <Part>(name: string, part: Part, stop: (part: Part) => Promise<void> | void): Part => {
      running.push({ name, stop: () => stop(part) });
      return part;
    },
    /** Stops everything once, however often it is asked; answers what went wrong. */
    stop: (): Promise<readonly Error[]> => (stopped ??= stopAll()),
  };
};

export type Lifecycle = ReturnType<typeof createLifecycle>;
