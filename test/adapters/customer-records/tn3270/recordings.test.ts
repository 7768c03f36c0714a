import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { recordedHost, recordingSchema, type Recording } from '#adapters/customer-records/tn3270/host/recorded-host.js';
import type { Key, Terminal } from '#adapters/customer-records/tn3270/terminal/terminal.js';
import { printed, type Place, type Screen } from '#adapters/customer-records/tn3270/terminal/screen.js';
import { fixture, missingFixture } from '#test/support/fixtures.js';
import { eventually } from '#test/support/shopper/eventually.js';
import { skipWithout } from '#test/support/outside-service.js';
import { terminalRoom } from '#test/support/tn3270/hosts.js';
import { missingEmulator } from '#test/support/tn3270/s3270.js';

const placeOf = (cell: number): Place => ({ row: Math.floor(cell / 80) + 1, column: (cell % 80) + 1 });
const isFilled = (text: string): boolean => text.trim() !== '';
type Input = NonNullable<Recording['steps'][number]['client']>;

/** Does what somebody did at the terminal then. */
const repeat = async (terminal: Terminal, input: Input): Promise<void> => {
  if ('sscp' in input) await terminal.type((await terminal.screen()).cursor, input.sscp);
  else {
    for (const { addr, text } of input.fields.filter(({ text: typed }) => isFilled(typed))) {
      await terminal.type(placeOf(addr), text.trimEnd());
    }
  }
  await terminal.press(input.aid as Key);
};

/** The screens that another terminal drew of the same recording: of the host's part alone, and not of each step. */
const drawn = (name: string): ReadonlySet<string> =>
  new Set(
    fixture(`tn3270/rendered/${name}.txt`)
      .split(/^=== .*$/m)
      .slice(1)
      .map((text) => text.trim()),
  );

/** How many screens of the conversation are among those that were drawn. */
const atLeast: Readonly<Record<string, number>> = {
  'contention-resolution': 13,
  ibmlink_help: 5,
  'sscp-lu': 8,
  'wont-tn3270e': 1,
  wrap: 1,
};

/** What the host shows in the end; the last thing it says at a log-off leaves the keyboard locked. */
const settled = (terminal: Terminal): Promise<Screen> =>
  eventually('the host has finished', async () => {
    const screen = await terminal.screen();
    if (printed(screen).includes('LOGGED OFF')) return screen;
    return terminal.until(() => true, 100).catch(() => undefined);
  });

describe('a terminal at a host of which there is a recording', () => {
  const room = terminalRoom();
  before(function () {
    skipWithout(this, missingEmulator() ?? missingFixture('tn3270'));
  });
  after(room.close);

  for (const [name, screens] of Object.entries(atLeast)) {
    it(`${name}: goes through the whole conversation, and sees what was seen then`, async () => {
      const recording = recordingSchema.parse(JSON.parse(fixture(`tn3270/json/${name}.json`)));
      const strangers: number[] = [];
      const serve = recordedHost(recording, { onStranger: (step) => void strangers.push(step) });
      const terminal = await room.open(await room.listen({ serve, tn3270e: recording.tn3270e }), { model: '4' });
      const known = drawn(name);
      const seen = [printed(await terminal.until((screen) => printed(screen).trim() !== '', 5_000))];

      for (const { client } of recording.steps) {
        if (!client) continue;
        await repeat(terminal, client);
        seen.push(printed(await settled(terminal)));
      }

      expect(strangers, 'steps at which the host did not know what came').to.deep.equal([]);
      expect(seen).to.have.length(recording.steps.length);
      expect(seen.filter((screen) => known.has(screen.trim())).length).to.be.at.least(screens);
    }).timeout(30_000);
  }
});
