const name = 'trunkline-call';
const patience = 5000;

/** Where there is no lock to be had (a page without TLS), each window is on its own. */
const locks = (navigator as { locks?: LockManager }).locks;

/** One call at a time, however many call windows there are: a person has one voice. */
export const oneCall = (endThisCall: () => void) => {
  const others = new BroadcastChannel(name);
  let release = (): void => undefined;
  others.onmessage = endThisCall;

  const take = (ifAvailable: boolean): Promise<boolean> =>
    new Promise((taken) => {
      if (!locks) taken(true);
      // A window that does not answer must not keep anybody from calling.
      if (!ifAvailable) setTimeout(taken, patience, true);
      void locks?.request(name, { ifAvailable }, (lock) => {
        taken(lock !== null);
        return lock && new Promise<void>((done) => (release = done));
      });
    });

  return {
    /** False: another window is on a call. */
    begin: (): Promise<boolean> => take(true),
    /** In place of the call that there is, here or in another window: resolves when that one is over. */
    beginInstead: (): Promise<boolean> => {
      release();
      others.postMessage(0);
      return take(false);
    },
    end: (): void => {
      release();
    },
  };
};
