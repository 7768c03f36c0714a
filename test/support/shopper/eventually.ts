import { setTimeout as passing } from 'node:timers/promises';

const patience = 8000;

/** Looks again and again until there is something to see. @throws {Error} when there is nothing in time */
export const eventually = async <Value>(what: string, look: () => Value | undefined | false): Promise<Value> => {
  for (const end = Date.now() + patience; Date.now() < end; await passing(20)) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
  }
  throw new Error(`waited in vain until ${what}`);
};
