import type { Milliseconds } from '#domain/kernel/time.js';
import type { Key, Terminal } from '../terminal/terminal.js';
import { TerminalFailure } from '../terminal/terminal-failure.js';
import { fillIn, readField, readRows, type Inputs } from './fields.js';
import { findPath, longestPath } from './find-path.js';
import { mapReader, type Expected, type KnownScreen, type MapReader } from './map-reader.js';
import { meets, shows } from './recognise.js';
import { ScreenMapFailure } from './screen-map-failure.js';
import type { Filling, MappedScreen, Operation, ScreenMap } from './screen-map.schema.js';

/** One screen that was passed, secrets blanked, and how long it was waited for. */
export type PassedScreen = KnownScreen & Readonly<{ took: Milliseconds }>;

export type OperationResult = Readonly<{
  /** The screen that it ended on. */
  screen: string;
  values: Inputs;
  /** Where the result is a list: its lines. */
  rows?: readonly Inputs[];
}>;

export type SessionSettings = Readonly<{
  terminal: Terminal;
  map: ScreenMap;
  /** `user` and `password` of the log-on. */
  logOn: Inputs;
  /** The flight recorder. */
  onPassed?: (passed: PassedScreen) => void;
}>;

/** What is done on one screen, and where it may lead. */
type Act = Readonly<{ fill: Filling; key: string; expect: readonly string[]; within?: Milliseconds | undefined }>;

const mostTransients = 5;
const mostPages = 50;

/** A failure of the host or of the way to it; what the application itself says is none. */
const isUnclear = (error: unknown): boolean =>
  error instanceof TerminalFailure || (error instanceof ScreenMapFailure && error.fault !== 'application');

/** A terminal that knows its way about an application. One operation at a time. */
export class MappedSession {
  private readonly reader: MapReader;

  constructor(private readonly settings: SessionSettings) {
    this.reader = mapReader(settings.map);
  }

  /**
   * Does what the map calls by this name, from wherever the terminal is.
   * @throws {ScreenMapFailure} `application`, when the host says no; `in-doubt`, when a write may have been done
   * @throws {TerminalFailure}
   */
  async run(name: string, inputs: Inputs): Promise<OperationResult> {
    const operation = this.settings.map.operations[name];
    if (!operation) throw new ScreenMapFailure('bad-input', `there is no operation ${name}`);
    let here = await this.goTo(operation.start);
    const values: Record<string, string> = {};
    for (const step of operation.steps) {
      here = await this.act(here, step, inputs, operation.effect === 'write');
      Object.assign(values, this.valuesOn(here, operation));
    }
    requireConfirmed(here, operation);
    const list = here.id === operation.list ? here.mapped.list : undefined;
    return { screen: here.id, values, ...(list ? { rows: await this.readPages(here, list) } : {}) };
  }

  /** Walks to a screen from wherever the terminal is. */
  async goTo(id: string): Promise<KnownScreen> {
    let here = await this.look(this.reader.any);
    for (let steps = 0; here.id !== id; steps += 1) {
      const [link] = findPath(this.settings.map, here.id, id) ?? [];
      if (!link || steps > longestPath) throw new ScreenMapFailure('lost', `no way leads from ${here.id} to ${id}`);
      here = await this.act(here, { ...link, expect: link.to }, {}, false);
    }
    return here;
  }

  private async act(here: KnownScreen, act: Act, inputs: Inputs, isWrite: boolean): Promise<KnownScreen> {
    const { terminal, logOn, map } = this.settings;
    const { fill, key, expect, within = map.host.within } = act;
    await fillIn(terminal, here.mapped, { fill, inputs: { ...inputs, ...logOn }, within });
    await terminal.press(key as Key);
    try {
      return await this.look(this.reader.oneOf(expect), within);
    } catch (error) {
      if (!isWrite || !isUnclear(error)) throw error;
      throw new ScreenMapFailure('in-doubt', `${key} was pressed on ${here.id}, and it is not known what came of it`);
    }
  }

  /** Waits for a screen in time; leaves those that come up by the way. */
  private async look(expected: Expected, within = this.settings.map.host.within): Promise<KnownScreen> {
    const { terminal } = this.settings;
    for (let transients = 0; transients <= mostTransients; transients += 1) {
      const began = performance.now();
      const here = await expected.comeTo(terminal, within);
      this.settings.onPassed?.({ ...here, took: performance.now() - began });
      const { transient } = here.mapped;
      if (transient === undefined) return here;
      await terminal.press(transient as Key);
    }
    throw new ScreenMapFailure('lost', 'screens that come up by the way come again and again');
  }

  private valuesOn({ id, mapped, screen }: KnownScreen, { returns }: Operation): Inputs {
    return Object.fromEntries(
      Object.entries(returns).flatMap(([name, from]) => {
        const [of, fieldName = ''] = from.split('.');
        const field = of === id ? mapped.fields[fieldName] : undefined;
        return field ? [[name, readField(screen, fieldName, field)]] : [];
      }),
    );
  }

  private async readPages(first: KnownScreen, list: NonNullable<MappedScreen['list']>): Promise<readonly Inputs[]> {
    let here = first;
    const rows = [...readRows(here.screen, list)];
    for (let page = 1; page < mostPages && !meets(here.screen, list.end); page += 1) {
      here = await this.act(here, { fill: {}, key: list.next, expect: [here.id] }, {}, false);
      rows.push(...readRows(here.screen, list));
    }
    return rows;
  }
}

const requireConfirmed = ({ id, screen }: KnownScreen, { confirm }: Operation): void => {
  if (!confirm || (id === confirm.screen && shows(screen, confirm, confirm.regex))) return;
  throw new ScreenMapFailure('in-doubt', `the host did not confirm on ${confirm.screen}`);
};
