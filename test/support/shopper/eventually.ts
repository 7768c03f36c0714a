import { setTimeout as passing } from 'node:timers/promises';

const patience = 8000;

/** Looks again and again until there is something to see. @throws {Error} when there is nothing in time */
export const eventually = async <Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> => {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await passing(20);
  }
  throw new Error(`waited in vain until ${what}`);
};
