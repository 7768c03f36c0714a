import type { Milliseconds } from '#domain/kernel/time.js';
import type { Screen } from '../terminal/screen.js';
import type { Terminal } from '../terminal/terminal.js';
import { TerminalFailure } from '../terminal/terminal-failure.js';
import { recognise, shows } from './recognise.js';
import { ScreenMapFailure } from './screen-map-failure.js';
import type { MappedScreen, ScreenMap } from './screen-map.schema.js';

/** A screen that the map knows. What the map calls secret is blank in it. */
export type KnownScreen = Readonly<{ id: string; mapped: MappedScreen; screen: Screen }>;

/** Screens that are waited for. */
export type Expected = Readonly<{
  /**
   * Waits until one of them is there, or one that comes up by the way.
   * @throws {ScreenMapFailure} `application` as soon as the host shows an error that the map knows; else `lost`, in time
   */
  comeTo: (terminal: Terminal, within: Milliseconds) => Promise<KnownScreen>;
}>;

export type MapReader = Readonly<{ any: Expected; oneOf: (ids: readonly string[]) => Expected }>;

const blankedOut = (screen: Screen, { fields }: MappedScreen): Screen => {
  const cells = Array.from(screen.lines.join(''));
  for (const { at, length, secret } of Object.values(fields)) {
    const from = (at[0] - 1) * screen.columns + at[1] - 1;
    if (secret) cells.fill(' ', from, from + length);
  }
  const lines = screen.lines.map((_, row) => cells.slice(row * screen.columns, (row + 1) * screen.columns).join(''));
  return { ...screen, lines };
};

const errorOn = ({ id, mapped, screen }: KnownScreen): ScreenMapFailure | undefined => {
  const rule = mapped.errors.find((each) => shows(screen, each, each.regex));
  const code = rule?.code ?? mapped.error;
  if (code === undefined) return undefined;
  const error = { code, retry: rule?.retry ?? false };
  return new ScreenMapFailure('application', `the host said ${code} on ${id}`, error);
};

/** Reads screens as the map describes them. */
export const mapReader = (map: Pick<ScreenMap, 'screens'>): MapReader => {
  const known = (screen: Screen): KnownScreen | undefined => {
    const found = recognise(map, screen);
    if (found.outcome === 'ambiguous') {
      throw new ScreenMapFailure('ambiguous', `the map takes one screen for ${found.ids.join(' and for ')}`);
    }
    if (found.outcome === 'unknown') return undefined;
    return { id: found.id, mapped: found.mapped, screen: blankedOut(screen, found.mapped) };
  };

  const expecting = (isExpected: (id: string) => boolean, names: string, heedsErrors: boolean): Expected => ({
    comeTo: async (terminal, within) => {
      let here: KnownScreen | undefined;
      const isThere = (screen: Screen): boolean => {
        here = known(screen);
        if (!here) return false;
        // Errors first: to wait for what is expected would cost the whole time.
        const error = heedsErrors ? errorOn(here) : undefined;
        if (error) throw error;
        return here.mapped.transient !== undefined || isExpected(here.id);
      };
      try {
        await terminal.until(isThere, within);
      } catch (error) {
        if (!(error instanceof TerminalFailure) || error.fault !== 'not-expected') throw error;
        const shown = here ? `the screen ${here.id}` : 'a screen that the map does not know';
        throw new ScreenMapFailure('lost', `after ${within} ms the host shows ${shown} instead of ${names}`);
      }
      if (!here) throw new ScreenMapFailure('lost', 'the host shows a screen that the map does not know');
      return here;
    },
  });

  return {
    any: expecting(() => true, 'one that it does', false),
    oneOf: (ids) => expecting((id) => ids.includes(id), ids.join(' or '), true),
  };
};
