import type { KeptCall, Preferences } from './kept-call.types.js';

const read = (storage: () => Storage, name: string): unknown => {
  try {
    return JSON.parse(storage().getItem(name) ?? '');
  } catch {
    return undefined;
  }
};

const write = (storage: () => Storage, name: string, value: unknown): void => {
  try {
    storage().setItem(name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing places calls all the same; a reload begins anew.
  }
};

const call = 'trunkline-call';
const preferences = 'trunkline-preferences';

export const keptCall = (): KeptCall | undefined => read(() => sessionStorage, call) as KeptCall | undefined;
export const keepCall = (kept: KeptCall): void => {
  write(() => sessionStorage, call, kept);
};

const ordinary: Preferences = { share: { pages: true, forms: true, cookies: true }, askBeforeShowing: false };

export const keptPreferences = (): Preferences =>
  (read(() => localStorage, preferences) as Preferences | undefined) ?? ordinary;
export const keepPreferences = (kept: Preferences): void => {
  write(() => localStorage, preferences, kept);
};
