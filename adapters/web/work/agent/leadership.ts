const lock = 'trunkline.attention';
const listeners = new Set<() => void>();
let leads = false;
let started = false;

const become = (leading: boolean): void => {
  leads = leading;
  for (const listener of listeners) listener();
};

const holdForEver = (): Promise<never> => {
  become(true);
  return new Promise<never>(() => undefined);
};

const queue = (): void => {
  void navigator.locks.request(lock, holdForEver).catch(yielded);
};

/** The tab that is looked at takes over; whoever led waits for its turn again. */
const take = (): void => {
  if (!leads) void navigator.locks.request(lock, { steal: true }, holdForEver).catch(yielded);
};

function yielded(): void {
  become(false);
  queue();
}

const start = (): void => {
  started = true;
  // Without TLS there are no locks: then the tab that is seen is the one that speaks.
  if (!('locks' in navigator)) {
    const seen = (): void => {
      become(document.visibilityState === 'visible');
    };
    document.addEventListener('visibilitychange', seen);
    seen();
    return;
  }
  window.addEventListener('focus', take);
  if (document.hasFocus()) take();
  else queue();
};

/** Of all tabs of one browser, one rings, flashes and announces: the one that was looked at last. */
export const leadership = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    if (!started) start();
    return () => listeners.delete(listener);
  },
  current: (): boolean => leads,
};
