import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Milliseconds } from '#domain/kernel/time.js';
import { parseStatus, type Status } from './s3270-status.js';
import { TerminalFailure } from './terminal-failure.js';

/** What s3270 answers to one command. */
export type Reply = Readonly<{ ok: boolean; data: readonly string[]; status: Status }>;

/** One emulator. Commands go one after another; one that is not answered in time ends it. */
export type S3270Process = Readonly<{
  /** @throws {TerminalFailure} */
  run: (command: string, within: Milliseconds) => Promise<Reply>;
  /** Resolves when the process is gone. */
  end: () => Promise<void>;
}>;

type Child = ChildProcessByStdio<Writable, Readable, null>;
type Asked = Readonly<{
  answer: (reply: Reply) => void;
  fail: (failure: TerminalFailure) => void;
  watchdog: NodeJS.Timeout;
}>;

/** s3270 prints time-outs and numbers as the locale has them; only this one is the same everywhere. */
const environment = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };

const missing = (file: string, { code }: NodeJS.ErrnoException): TerminalFailure =>
  code === 'ENOENT'
    ? new TerminalFailure('emulator-missing', `${file} is not installed; on Debian: apt install s3270`)
    : new TerminalFailure('emulator-ended', `${file} could not be started (${code ?? 'no reason given'})`);

/**
 * Starts s3270 and speaks with it over its standard input and output; its TCP control modes cost 44 ms a command.
 * @param args what s3270 is started with, after its file
 */
export const startS3270 = (file: string, args: readonly string[]): S3270Process => {
  const child: Child = spawn(file, [...args], { env: environment, stdio: ['pipe', 'pipe', 'ignore'] });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const waiting: Asked[] = [];
  let lines: string[] = [];
  let over: TerminalFailure | undefined;

  const endBecause = (failure: TerminalFailure): void => {
    over ??= failure;
    child.kill('SIGKILL');
    for (const { fail, watchdog } of waiting.splice(0)) {
      clearTimeout(watchdog);
      fail(over);
    }
  };

  /** Only the line before `ok` is believed to be the status: some versions print memory that was freed among the rest. */
  const settle = (ok: boolean): void => {
    const said = lines;
    lines = [];
    const status = parseStatus(said.at(-1) ?? '');
    if (!status) {
      endBecause(new TerminalFailure('emulator-ended', 'the emulator did not say how it is'));
      return;
    }
    const asked = waiting.shift();
    if (!asked) return;
    clearTimeout(asked.watchdog);
    asked.answer({ ok, status, data: said.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6)) });
  };

  createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', (line) => {
    if (line === 'ok' || line === 'error') settle(line === 'ok');
    else lines.push(line);
  });
  child.stdin.on('error', () => undefined);
  child.once('error', (error) => {
    endBecause(missing(file, error));
  });
  child.once('close', () => {
    endBecause(new TerminalFailure('emulator-ended', 'the emulator has ended'));
  });

  return {
    run: (command, within) =>
      new Promise((answer, fail) => {
        if (over) {
          fail(over);
          return;
        }
        const watchdog = setTimeout(() => {
          endBecause(new TerminalFailure('stuck', `the emulator did not answer within ${within} ms and was ended`));
        }, within);
        waiting.push({ answer, fail, watchdog });
        child.stdin.write(`${command}\n`);
      }),
    end: async () => {
      endBecause(new TerminalFailure('emulator-ended', 'the terminal was closed'));
      await gone;
    },
  };
};
