import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { demo } from './opening-data/demo.js';
import { kafkaAccessSchema, type KafkaAccess } from './kafka-access.schema.js';
import { openingDataSchema, type OpeningData } from './opening-data/opening-data.schema.js';
import { environmentName, settingsSchema, type Settings } from './settings.js';

/** The settings cannot be used; the message says which, why, and how to put it right. */
export class SettingsError extends Error {
  readonly type = 'settings-error';
}

type Environment = Readonly<Record<string, string | undefined>>;
const prefix = 'TRUNKLINE_';
/** Names the settings file; not a setting itself. */
const fileVariable = 'TRUNKLINE_SETTINGS';
/** Variables of tests and benchmarks, which are none of the product's settings. */
const foreign = ['TRUNKLINE_TEST_', fileVariable];

const settingNames = Object.keys(settingsSchema.shape);

const fromEnvironment = (environment: Environment): Record<string, string> => {
  const byVariable = new Map(settingNames.map((name) => [environmentName(name), name]));
  const found: Record<string, string> = {};
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || value === undefined || foreign.some((name) => variable.startsWith(name))) {
      continue;
    }
    const name = byVariable.get(variable);
    if (name === undefined) {
      throw new SettingsError(`${variable} is no setting. There are: ${[...byVariable.keys()].join(', ')}`);
    }
    found[name] = value;
  }
  return found;
};

const jsonObjectIn = (file: string, variable: string): object => {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  } catch (error) {
    throw new SettingsError(`${variable}=${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
  throw new SettingsError(`${variable}=${file}: holds no JSON object`);
};

const fromFile = (file: string | undefined): object => (file === undefined ? {} : jsonObjectIn(file, fileVariable));

/**
 * Settings from the command line, the environment and the settings file, in this order of strength, checked.
 * @throws {SettingsError}
 */
export const loadSettings = (
  commandLine: Readonly<Record<string, string>> = {},
  environment: Environment = process.env,
): Settings => {
  const given = { ...fromFile(environment[fileVariable]), ...fromEnvironment(environment), ...commandLine };
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new SettingsError(`These settings cannot be used:\n${z.prettifyError(parsed.error)}`);
};

/**
 * What a new log begins with: that of the file, or the demo's.
 * @throws {SettingsError} when the file cannot be read, or holds something else
 */
export const loadOpeningData = (file: string | undefined): OpeningData => {
  if (file === undefined) return demo;
  const variable = environmentName('openingData');
  const parsed = openingDataSchema.safeParse(jsonObjectIn(file, variable));
  if (parsed.success) return parsed.data;
  throw new SettingsError(`${variable}=${file} cannot be used:\n${z.prettifyError(parsed.error)}`);
};

/**
 * What opens the Kafka cluster, with the certificates read; nothing when no file is named. Messages never hold a secret.
 * @throws {SettingsError} when the file, or one that it names, cannot be read or holds something else
 */
export const loadKafkaAccess = (file: string | undefined): KafkaAccess => {
  if (file === undefined) return {};
  const variable = environmentName('kafkaAccess');
  const parsed = kafkaAccessSchema.safeParse(jsonObjectIn(file, variable));
  if (!parsed.success) throw new SettingsError(`${variable}=${file} cannot be used:\n${z.prettifyError(parsed.error)}`);
  const { login, tls } = parsed.data;
  const pem = (path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new SettingsError(`${variable}=${file}: ${error instanceof Error ? error.message : `no ${path}`}`);
    }
  };
  const read = Object.fromEntries(Object.entries(tls ?? {}).map(([name, path]) => [name, pem(path)]));
  return { ...(login && { login }), ...(tls && { tls: read }) };
};
