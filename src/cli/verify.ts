import type { Settings } from '#config/settings.js';
import { progressOn, secondsSince, whole } from './progress.js';

type Head = Readonly<{ tenant: string; head: string }>;
type Finding = Readonly<{ position?: number; stream?: string; type?: string; wrong: string }>;
type Verified = Readonly<{
  events: number;
  heads: readonly (Head & Readonly<{ position: number }>)[];
  findings: readonly Finding[];
}>;

export type VerifyTools = Readonly<{
  settings: Settings;
  verifyLog: (
    settings: Settings,
    ask: Readonly<{ expected: readonly Head[]; onProgress: (done: number, of: number) => void }>,
  ) => Promise<Verified>;
  print: (line: string) => void;
  complain: (line: string) => void;
}>;

const expectation = /^([a-z0-9-]+)=([0-9a-f]{64})$/;
/** `<tenant>=<head>`, as `verify` prints heads; `undefined` when it is something else. */
const headIn = (text: string): Head | undefined => {
  const [, tenant, head] = expectation.exec(text) ?? [];
  return tenant !== undefined && head !== undefined ? { tenant, head } : undefined;
};

/** One finding in one line: where it shows, and what is wrong. Names come from a damaged file, so nothing in them acts. */
export const formatFinding = ({ position, stream, type, wrong }: Finding): string =>
  [position === undefined ? '' : `position ${position}`, stream ?? '', type ?? '', wrong]
    .filter((part) => part !== '')
    .join(', ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '·');

const headLines = ({ heads }: Verified): readonly string[] => [
  'Heads. Noted elsewhere, each proves later that the log still begins with what it holds now: verify --expect <head>',
  ...heads.map(({ tenant, head }) => `  ${tenant}=${head}`),
];

/**
 * Walks the log and says whether it is what was written. The server may be running or not.
 * @param expected heads noted earlier, `<tenant>=<head>`
 * @returns the exit code: 0 nothing is wrong, 1 the log is damaged, 2 it could not be looked at
 */
export const verify = async (expected: readonly string[], tools: VerifyTools): Promise<number> => {
  const { settings, verifyLog, print, complain } = tools;
  const heads = expected.map(headIn);
  if (heads.includes(undefined)) {
    complain('A head to expect is written as verify prints it: <tenant>=<64 hexadecimal digits>');
    return 2;
  }
  const noted = heads.filter((head) => head !== undefined);
  const start = performance.now();
  const verified = await verifyLog(settings, { expected: noted, onProgress: progressOn('events', complain) });
  const { events, findings } = verified;
  const rate = whole.format(events / secondsSince(start));
  const [first, ...others] = findings;
  if (first) {
    print(`The log in ${settings.data} is damaged. ${whole.format(events)} events are as they were written, then:`);
    for (const finding of [first, ...others]) print(`  ${formatFinding(finding)}`);
    return 1;
  }
  print(`Nothing is wrong with the log in ${settings.data}: ${whole.format(events)} events, ${rate}/s.`);
  if (noted.length > 0) print(`It holds what stood for ${noted.length === 1 ? 'the head' : 'the heads'} expected.`);
  for (const line of headLines(verified)) print(line);
  return 0;
};
