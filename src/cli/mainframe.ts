import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

type SeenScreen = Readonly<{ text: string; is: string; milliseconds?: number }>;
type LogOn = Readonly<{ user: string; password: string }>;
type Result = Readonly<{
  screen: string;
  values: Readonly<Record<string, string>>;
  rows?: readonly Readonly<Record<string, string>>[];
}>;

/** What the adapter of mainframes offers to those who write maps. */
export type MainframeTools = Readonly<{
  screenMapJsonSchema: () => unknown;
  checkScreenMap: (map: string) => Readonly<{ screens: number; operations: readonly string[] }>;
  checkWithRecording: (
    ask: Readonly<{ emulator: string; map: string; recording: string; onScreen: (seen: SeenScreen) => void }>,
  ) => Promise<void>;
  tryOperation: (
    ask: Readonly<{
      emulator: string;
      map: string;
      operation: string;
      inputs: Readonly<Record<string, string>>;
      logOn: LogOn;
      onScreen: (seen: SeenScreen) => void;
    }>,
  ) => Promise<Result>;
  startDemoMainframe: (
    settings: LogOn & Readonly<{ port: number; nasty: boolean; thinking: number }>,
  ) => Promise<Readonly<{ port: number; stop: () => Promise<void> }>>;
  print: (line: string) => void;
  complain: (line: string) => void;
}>;

/** Options of the command line, as they were given. */
export type MainframeOptions = Readonly<{
  recording?: string | undefined;
  emulator?: string | undefined;
  logOn?: string | undefined;
  nasty?: boolean | undefined;
}>;

const usage = [
  'trunkline mainframe host [port] [--nasty]                  the demo’s mainframe, until ctrl-C [3270]',
  'trunkline mainframe check <map> [--recording <file>]       what is wrong with a map; which screens a recording passes',
  'trunkline mainframe try <map> <operation> [name=value …]   does it, and shows the screens that it passed',
  '    --log-on <file>                                        JSON with user and password; never on the command line',
  '    --emulator <program>                                   [s3270]',
  'trunkline mainframe schema                                 JSON Schema of maps, for your editor',
].join('\n');

const framed = ({ text, is, milliseconds }: SeenScreen): readonly string[] => {
  const took = milliseconds === undefined ? '' : ` · ${milliseconds.toFixed(1)} ms`;
  const lines = text.trimEnd().split('\n');
  return [`┌─ ${is}${took}`, ...lines.map((line) => `│${line}`.trimEnd()), '└─'];
};

const tabulated = (values: Readonly<Record<string, string>>): readonly string[] => {
  const width = Math.max(0, ...Object.keys(values).map((name) => name.length));
  return Object.entries(values).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
};

/** What was given cannot be used. */
class BadArgument extends Error {
  readonly type = 'bad-argument';
}

const logOnIn = async (file: string | undefined): Promise<LogOn> => {
  if (file === undefined) return { user: '', password: '' };
  const read = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, unknown>> | null;
  const { user, password } = read ?? {};
  if (typeof user === 'string' && typeof password === 'string') return { user, password };
  throw new BadArgument(`${file}: expected JSON like {"user": "…", "password": "…"}`);
};

/** `phone=5829001` */
const inputsIn = (given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((each) => {
      const at = each.indexOf('=');
      if (at < 1) throw new BadArgument(`${each}: expected name=value`);
      return [each.slice(0, at), each.slice(at + 1)];
    }),
  );

const check = async (map: string, { recording, emulator = 's3270' }: MainframeOptions, tools: MainframeTools) => {
  const text = await readFile(map, 'utf8');
  const { screens, operations } = tools.checkScreenMap(text);
  tools.print(`Nothing is wrong with ${map}: ${screens} screens; ${operations.join(', ')}.`);
  if (recording === undefined) return 0;
  let unknown = 0;
  const onScreen = (seen: SeenScreen): void => {
    if (seen.is === 'unknown' || seen.is.includes(' or ')) unknown += 1;
    for (const line of framed(seen)) tools.print(line);
  };
  await tools.checkWithRecording({ emulator, map: text, recording: await readFile(recording, 'utf8'), onScreen });
  tools.print(unknown === 0 ? 'The map knows every screen of it.' : `The map does not know ${unknown} of its screens.`);
  return unknown === 0 ? 0 : 1;
};

const tryOut = async (given: readonly string[], options: MainframeOptions, tools: MainframeTools): Promise<number> => {
  const [map = '', operation = '', ...inputs] = given;
  const result = await tools.tryOperation({
    emulator: options.emulator ?? 's3270',
    map: await readFile(map, 'utf8'),
    operation,
    inputs: inputsIn(inputs),
    logOn: await logOnIn(options.logOn),
    onScreen: (seen) => {
      for (const line of framed(seen)) tools.print(line);
    },
  });
  tools.print(`${operation} ended on ${result.screen}${result.rows ? `, with ${result.rows.length} lines:` : ':'}`);
  for (const line of tabulated(result.values)) tools.print(line);
  for (const row of result.rows ?? []) tools.print(`  ${Object.values(row).join('  ')}`);
  return 0;
};

const host = async (port: string | undefined, { nasty = false }: MainframeOptions, tools: MainframeTools) => {
  const logOn = { user: 'AGENT1', password: randomBytes(4).toString('hex') };
  const running = await tools.startDemoMainframe({ ...logOn, port: Number(port ?? 3270), nasty, thinking: 0 });
  tools.print(`The demo’s mainframe listens on 127.0.0.1:${running.port}. Its log-on, for --log-on <file>:`);
  tools.print(JSON.stringify(logOn));
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await running.stop();
  return 0;
};

/** Failures that have a name of their own, and files that are not there, or hold no JSON. */
const isFailure = (error: unknown): error is Error =>
  error instanceof SyntaxError || (error instanceof Error && ('type' in error || 'code' in error));

/**
 * For those who describe a mainframe's screens: check, try, and a host to try with.
 * @returns the exit code: 0 done; 1 it came to nothing, or the map does not know a screen; 2 not understood
 */
export const mainframe = async (
  given: readonly string[],
  options: MainframeOptions,
  tools: MainframeTools,
): Promise<number> => {
  const [command, first, ...rest] = given;
  try {
    if (command === 'host') return await host(first, options, tools);
    if (command === 'check' && first !== undefined) return await check(first, options, tools);
    if (command === 'try' && first !== undefined && rest.length > 0) {
      return await tryOut([first, ...rest], options, tools);
    }
    if (command === 'schema') {
      tools.print(JSON.stringify(tools.screenMapJsonSchema(), null, 2));
      return 0;
    }
  } catch (error) {
    if (!isFailure(error)) throw error;
    tools.complain(error.message);
    return 1;
  }
  tools.complain(usage);
  return 2;
};
