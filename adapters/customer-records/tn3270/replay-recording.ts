import type { Recording } from './host/recorded-host.js';
import { recordedHost } from './host/recorded-host.js';
import { terminalServer } from './host/terminal-server.js';
import type { Place, Screen } from './terminal/screen.js';
import { openTerminal, type Key, type Terminal } from './terminal/terminal.js';
import { TerminalFailure } from './terminal/terminal-failure.js';

export type ReplaySettings = Readonly<{
  emulator: string;
  recording: Recording;
  /** Told of each screen that the recording leads to; `step` counts from 0. */
  onScreen: (step: number, screen: Screen) => void;
}>;

const columns = 80;
const connectWithin = 5_000;
const answerWithin = 500;

const placeOf = (cell: number): Place => ({ row: Math.floor(cell / columns) + 1, column: (cell % columns) + 1 });

/** Does what somebody did at the terminal then. */
const repeat = async (terminal: Terminal, input: NonNullable<Recording['steps'][number]['client']>): Promise<void> => {
  if ('sscp' in input) await terminal.type((await terminal.screen()).cursor, input.sscp);
  else {
    for (const { addr, text } of input.fields) {
      if (text.trim() !== '') await terminal.type(placeOf(addr), text.trimEnd());
    }
  }
  await terminal.press(input.aid as Key);
};

/** What a host says last may leave the keyboard locked: then the screen is as it will stay. */
const settled = async (terminal: Terminal): Promise<Screen> => {
  try {
    return await terminal.until(({ lines }) => lines.some((line) => line.trim() !== ''), answerWithin);
  } catch (error) {
    if (error instanceof TerminalFailure && error.fault === 'not-expected') return terminal.screen();
    throw error;
  }
};

const connectTo = (emulator: string, port: number): Promise<Terminal> => {
  // The largest screen that hosts of 80 columns use; they make it smaller when they mean to.
  const shape = { tls: 'off', model: '4', codePage: 'cp037' } as const;
  return openTerminal({ emulator, host: '127.0.0.1', port, ...shape }, connectWithin);
};

const playThrough = async (terminal: Terminal, { recording, onScreen }: ReplaySettings): Promise<void> => {
  for (const [step, { client }] of recording.steps.entries()) {
    if (client) await repeat(terminal, client);
    onScreen(step, await settled(terminal));
  }
};

/**
 * Plays a recorded conversation again, with a terminal at a host that says what the real one said.
 * @returns the steps at which the terminal sent something else than was recorded
 */
export const replayRecording = async (settings: ReplaySettings): Promise<readonly number[]> => {
  const { emulator, recording } = settings;
  const strangers: number[] = [];
  const serve = recordedHost(recording, { onStranger: (step) => void strangers.push(step) });
  const server = terminalServer({ serve, tn3270e: recording.tn3270e });
  try {
    const terminal = await connectTo(emulator, await server.listen(0, '127.0.0.1'));
    await playThrough(terminal, settings).finally(() => terminal.close());
  } finally {
    await server.close();
  }
  return strangers;
};
