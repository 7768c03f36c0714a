import { MappedSession, type PassedScreen } from '../map/mapped-session.js';
import type { Inputs } from '../map/fields.js';
import type { ScreenMap } from '../map/screen-map.schema.js';
import { openTerminal, type Key } from '../terminal/terminal.js';
import type { PooledSession } from './session-pool.js';

export type HostAccess = Readonly<{
  emulator: string;
  map: ScreenMap;
  logOn: Inputs;
  /** The flight recorder. */
  onPassed?: (passed: PassedScreen) => void;
}>;

/** Connects to the host of a map, logs on and walks to the parking screen, where it has one. */
export const openLoggedOn = async (
  { emulator, map, logOn, onPassed }: HostAccess,
  lu = map.host.lu,
): Promise<PooledSession> => {
  const { address: host, port, tls, caFile, model, codePage, within, keepAlive } = map.host;
  const optional = { ...(caFile === undefined ? {} : { caFile }), ...(lu === undefined ? {} : { lu }) };
  const terminal = await openTerminal({ emulator, host, port, tls, model, codePage, ...optional }, within);
  const session = new MappedSession({ terminal, map, logOn, ...(onPassed ? { onPassed } : {}) });
  const park = async (): Promise<void> => {
    if (map.parking !== undefined) await session.goTo(map.parking);
  };
  try {
    await park();
  } catch (error) {
    await terminal.close();
    throw error;
  }
  return {
    run: (operation, inputs) => session.run(operation, inputs),
    park,
    touch: async () => {
      if (keepAlive !== undefined) await terminal.press(keepAlive as Key);
      await park();
    },
    close: () => terminal.close(),
  };
};
