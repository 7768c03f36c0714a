import { setTimeout as passing } from 'node:timers/promises';
import type { Milliseconds } from '#domain/kernel/time.js';
import { parseReadBuffer } from './read-buffer.js';
import { startS3270, type Reply, type S3270Process } from './s3270-process.js';
import { fieldAt, roomFrom, textAt, type Place, type Screen, type ScreenField } from './screen.js';
import { TerminalFailure } from './terminal-failure.js';

export type TerminalSettings = Readonly<{
  /** The program: `s3270`, or a path to one. */
  emulator: string;
  host: string;
  port: number;
  /** `unverified` is for tests: anybody could be at the other end. */
  tls: 'off' | 'verified' | 'unverified';
  /** Certificates to trust besides those of the system. */
  caFile?: string;
  /** The logical unit to ask for. */
  lu?: string;
  /** Told always, since the emulator's own default has 43 rows, which many hosts do not speak. */
  model: '2' | '3' | '4' | '5';
  /** For example `cp037` or `cp1140`. */
  codePage: string;
}>;

export type Key = 'Enter' | 'Clear' | `PF${number}` | `PA${number}`;

/** One terminal at a host. Not for two users at once. */
export type Terminal = Readonly<{
  /** What is on the screen now, whether or not the host has finished. */
  screen: () => Promise<Screen>;
  /**
   * Waits until the keyboard is free and the screen is one that is expected; a host may free it early, then paint on.
   * @throws {TerminalFailure} `not-expected` when that does not come in time
   */
  until: (isExpected: (screen: Screen) => boolean, within: Milliseconds) => Promise<Screen>;
  /**
   * Replaces what stands in a field from a place on. Never types while the keyboard is locked, over the end of the field, or
   * what the host would not take; what is typed can never be a command.
   * @throws {TerminalFailure} with nothing typed, or `not-typed` when the field holds something else afterwards
   */
  type: (place: Place, text: string) => Promise<void>;
  /** Sends the screen to the host; `until` tells what comes of it. */
  press: (key: Key) => Promise<void>;
  close: () => Promise<void>;
}>;

/** Beyond what a command itself waits for. A living emulator answers in well under a millisecond. */
const patience: Milliseconds = 2_000;
const second: Milliseconds = 1_000;
const lookAgainAfter: Milliseconds = 20;
const keyPattern = /^(?:Enter|Clear|PF(?:[1-9]|1\d|2[0-4])|PA[1-3])$/;

const argumentsOf = ({ tls, caFile, model, codePage }: TerminalSettings): readonly string[] => [
  ...['-utf8', '-model', `3279-${model}-E`, '-codepage', codePage, '-clear', 'aidWait'],
  ...(caFile === undefined ? [] : ['-cafile', caFile]),
  ...(tls === 'unverified' ? ['-noverifycert'] : []),
];

const safeName = /^[A-Za-z0-9._:-]+$/;

/** `L:` is TLS, `LU@host` asks for a logical unit; in brackets an address of IPv6. */
const connectCommand = ({ host, port, tls, lu }: TerminalSettings): string => {
  for (const name of [host, lu ?? 'none']) {
    if (!safeName.test(name)) throw new TerminalFailure('refused', 'a host and a logical unit have plain names');
  }
  const address = host.includes(':') ? `[${host}]` : host;
  return `Connect("${tls === 'off' ? '' : 'L:'}${lu === undefined ? '' : `${lu}@`}${address}:${port}")`;
};

const commandOf = (key: Key): string => {
  if (!keyPattern.test(key)) throw new TerminalFailure('refused', 'there is no such key');
  return key.startsWith('P') ? `${key.slice(0, 2)}(${key.slice(2)})` : `${key}()`;
};

/** Cells that a text takes. */
const width = (text: string): number => Array.from(text).length;
const unprintable = /\p{C}/u;
const number = /^[0-9.-]*$/;

/** @throws {TerminalFailure} */
const requireTypable = (screen: Screen, place: Place, text: string): ScreenField | undefined => {
  if (unprintable.test(text)) {
    throw new TerminalFailure('unprintable', 'the text holds characters that nobody can type');
  }
  const field = fieldAt(screen, place);
  if (field ? field.protected : screen.formatted) {
    throw new TerminalFailure('no-field', `nothing can be typed at ${place.row},${place.column}`);
  }
  if (!field) return undefined;
  const room = roomFrom(screen, field, place);
  if (width(text) > room) {
    throw new TerminalFailure('field-too-short', `the field at ${place.row},${place.column} has ${room} places`);
  }
  if (field.numeric && !number.test(text)) {
    throw new TerminalFailure('not-a-number', `the field at ${place.row},${place.column} takes digits only`);
  }
  return field;
};

const requireConnected = (reply: Reply): Reply => {
  // A lost host answers `ok`, and its last screen stays readable: only the status line says that it is gone.
  if (!reply.status.connected) throw new TerminalFailure('not-connected', 'the host has closed the connection');
  return reply;
};

class S3270Terminal implements Terminal {
  constructor(private readonly process: S3270Process) {}

  private async run(command: string, waits: Milliseconds = 0): Promise<Reply> {
    return requireConnected(await this.process.run(command, waits + patience));
  }

  private async read(): Promise<Readonly<{ screen: Screen; keyboard: Reply['status']['keyboard'] }>> {
    const { data, status } = await this.run('ReadBuffer(Unicode)');
    const screen = parseReadBuffer(data, status);
    if (!screen) throw new TerminalFailure('emulator-ended', 'the emulator did not tell the whole screen');
    return { screen, keyboard: status.keyboard };
  }

  async screen(): Promise<Screen> {
    return (await this.read()).screen;
  }

  async until(isExpected: (screen: Screen) => boolean, within: Milliseconds): Promise<Screen> {
    const deadline = performance.now() + within;
    for (;;) {
      const { screen, keyboard } = await this.read();
      if (keyboard === 'unlocked' && isExpected(screen)) return screen;
      const left = deadline - performance.now();
      if (left <= 0) {
        const why = keyboard === 'unlocked' ? 'another screen than expected' : 'a locked keyboard';
        throw new TerminalFailure('not-expected', `after ${within} ms the host shows ${why}`);
      }
      await this.untilSomethingHappens(keyboard === 'unlocked' ? 'Output' : 'Unlock', left);
    }
  }

  /** The emulator waits whole seconds only, and cannot be interrupted: the last one is waited for by looking again. */
  private async untilSomethingHappens(what: 'Output' | 'Unlock', left: Milliseconds): Promise<void> {
    if (left < second) await passing(Math.min(left, lookAgainAfter));
    else await this.run(`Wait(1,${what})`, second);
  }

  /** Typing while the keyboard is locked makes some versions of the emulator spin for ever. */
  private async unlocked(): Promise<Screen> {
    const { screen, keyboard } = await this.read();
    if (keyboard !== 'unlocked') throw new TerminalFailure('keyboard-locked', 'the host has not freed the keyboard');
    return screen;
  }

  async type(place: Place, text: string): Promise<void> {
    const field = requireTypable(await this.unlocked(), place, text);
    const { row, column } = place;
    const moved = await this.run(`MoveCursor1(${row},${column})`);
    if (moved.status.row !== row || moved.status.column !== column) {
      throw new TerminalFailure('not-typed', `the cursor did not go to ${row},${column}`);
    }
    await this.run('EraseEOF()');
    if (text !== '') await this.run(`PasteString(${Buffer.from(text, 'utf8').toString('hex')})`);
    const { screen, keyboard } = await this.read();
    const stands = field?.hidden === true ? text : textAt(screen, place, width(text));
    if (keyboard !== 'unlocked' || stands !== text) {
      throw new TerminalFailure('not-typed', `the field at ${row},${column} does not hold what was typed`);
    }
  }

  async press(key: Key): Promise<void> {
    const command = commandOf(key);
    await this.unlocked();
    const { ok } = await this.run(command);
    if (!ok) throw new TerminalFailure('refused', `the emulator did not press ${key}`);
  }

  async close(): Promise<void> {
    await this.process.end();
  }
}

/**
 * Opens a terminal and connects it to its host.
 * @throws {TerminalFailure} `not-connected` when the host cannot be reached, or its certificate is not trusted
 */
export const openTerminal = async (settings: TerminalSettings, within: Milliseconds): Promise<Terminal> => {
  const command = connectCommand(settings);
  const process = startS3270(settings.emulator, argumentsOf(settings));
  try {
    const { ok, status } = await process.run(command, within);
    if (ok && status.connected) return new S3270Terminal(process);
    throw new TerminalFailure('not-connected', `no connection to ${settings.host}:${settings.port}`);
  } catch (error) {
    await process.end();
    throw error;
  }
};
