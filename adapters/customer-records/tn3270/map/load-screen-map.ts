import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { faultsOf } from './check-screen-map.js';
import { screenMapSchema, type ScreenMap } from './screen-map.schema.js';

/** A map cannot be used; the message says what is wrong with it, rule by rule. */
export class ScreenMapError extends Error {
  readonly type = 'screen-map-error';
}

/** More is no description of screens. */
const longestMap = 1_000_000;

/**
 * Reads a map as somebody has written it, and checks that it makes sense in itself.
 * @throws {ScreenMapError}
 */
export const loadScreenMap = (text: string): ScreenMap => {
  if (text.length > longestMap) throw new ScreenMapError(`The map is longer than ${longestMap} characters`);
  let read: unknown;
  try {
    read = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof YAMLParseError) throw new ScreenMapError(`The map is no YAML: ${error.message}`);
    throw error;
  }
  const parsed = screenMapSchema.safeParse(read);
  if (!parsed.success) throw new ScreenMapError(`The map cannot be used:\n${z.prettifyError(parsed.error)}`);
  const faults = faultsOf(parsed.data);
  if (faults.length > 0) {
    throw new ScreenMapError(`The map cannot be used:\n${faults.map((each) => `✖ ${each}`).join('\n')}`);
  }
  return parsed.data;
};
