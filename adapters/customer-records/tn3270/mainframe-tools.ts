import { z } from 'zod';
import { demoMainframe } from './demo/demo-mainframe.js';
import type { Guest } from './demo/reservations.screens.js';
import { recordingSchema, type Recording } from './host/recorded-host.js';
import { loadScreenMap, ScreenMapError } from './map/load-screen-map.js';
import type { OperationResult, PassedScreen } from './map/mapped-session.js';
import { recognise } from './map/recognise.js';
import { screenMapSchema } from './map/screen-map.schema.js';
import { openLoggedOn } from './pool/logged-on-session.js';
import { replayRecording } from './replay-recording.js';
import { printed } from './terminal/screen.js';

/** What an integrator tries a map with; screens are told as text. */
export type SeenScreen = Readonly<{ text: string; is: string; milliseconds?: number }>;

/** A map as JSON Schema, for editors. */
export const screenMapJsonSchema = (): unknown =>
  z.toJSONSchema(screenMapSchema, { io: 'input', unrepresentable: 'any' });

/** @throws {ScreenMapError} with all that is wrong with the map */
export const checkScreenMap = (text: string): Readonly<{ screens: number; operations: readonly string[] }> => {
  const { screens, operations } = loadScreenMap(text);
  return { screens: Object.keys(screens).length, operations: Object.keys(operations) };
};

export type CheckRecording = Readonly<{
  emulator: string;
  map: string;
  recording: string;
  onScreen: (seen: SeenScreen) => void;
}>;

const recordingIn = (text: string): Recording => {
  const parsed = recordingSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new ScreenMapError(`The recording cannot be used:\n${z.prettifyError(parsed.error)}`);
};

/**
 * Shows which screens of the map a recorded conversation passes.
 * @throws {ScreenMapError} @throws {TerminalFailure} @throws {SyntaxError} when the recording is no JSON
 */
export const checkWithRecording = async ({ emulator, map, recording, onScreen }: CheckRecording): Promise<void> => {
  const loaded = loadScreenMap(map);
  await replayRecording({
    emulator,
    recording: recordingIn(recording),
    onScreen: (_step, screen) => {
      const found = recognise(loaded, screen);
      const is =
        found.outcome === 'recognised' ? found.id : found.outcome === 'ambiguous' ? found.ids.join(' or ') : 'unknown';
      onScreen({ text: printed(screen), is });
    },
  });
};

export type TryOperation = Readonly<{
  emulator: string;
  map: string;
  operation: string;
  inputs: Readonly<Record<string, string>>;
  logOn: Readonly<{ user: string; password: string }>;
  onScreen: (seen: SeenScreen) => void;
}>;

/** @throws {ScreenMapError} @throws {ScreenMapFailure} @throws {TerminalFailure} */
export const tryOperation = async (asked: TryOperation): Promise<OperationResult> => {
  const onPassed = ({ id, screen, took }: PassedScreen): void => {
    asked.onScreen({ text: printed(screen), is: id, milliseconds: took });
  };
  const { emulator, logOn, operation, inputs } = asked;
  const session = await openLoggedOn({ emulator, map: loadScreenMap(asked.map), logOn, onPassed });
  try {
    return await session.run(operation, inputs);
  } finally {
    await session.close();
  }
};

const guests: readonly Guest[] = [
  ['10001', 'ROSA MADURO', '5829001', 'ORANJESTAD', 'ACTIVE', 'REEF WALKER 42', 'PREFERS TO BE CALLED AT NOON'],
  ['10002', 'IBRAHIM CROES', '5829002', 'WILLEMSTAD', 'ACTIVE', 'PIER LOAFER 44', ''],
  ['10003', 'LENA NUNES', '5829003', 'ORANJESTAD', 'BLOCKED', 'SANDBAR 38', 'LEFT A CART'],
  ['10004', 'MARCO NUNES', '5829003', 'ORANJESTAD', 'ACTIVE', 'SANDBAR 45', ''],
].map(([account = '', name = '', phone = '', city = '', status, lastOrder = '', remark = '']) => ({
  ...{ account, name, phone, city, lastOrder, remark },
  status: status === 'BLOCKED' ? 'BLOCKED' : 'ACTIVE',
}));

/** The demo's mainframe. @returns the port that it listens on, and how to stop it */
export const startDemoMainframe = async (
  settings: Readonly<{ port: number; user: string; password: string; nasty: boolean; thinking: number }>,
) => {
  const { port, user, password, nasty, thinking } = settings;
  const host = demoMainframe({
    users: new Map([[user, password]]),
    guests: new Map(guests.map((guest) => [guest.account, guest])),
    nasty,
    thinking,
  });
  return { port: await host.listen(port, '127.0.0.1'), stop: host.close };
};
