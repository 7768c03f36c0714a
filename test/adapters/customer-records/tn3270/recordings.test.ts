import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { recordingSchema } from '#adapters/customer-records/tn3270/host/recorded-host.js';
import { replayRecording } from '#adapters/customer-records/tn3270/replay-recording.js';
import { printed } from '#adapters/customer-records/tn3270/terminal/screen.js';
import { fixture, missingFixture } from '#test/support/fixtures.js';
import { skipWithout } from '#test/support/outside-service.js';
import { emulator, missingEmulator } from '#test/support/tn3270/s3270.js';

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

describe('a terminal at a host of which there is a recording', () => {
  before(function () {
    skipWithout(this, missingEmulator() ?? missingFixture('tn3270'));
  });

  for (const [name, screens] of Object.entries(atLeast)) {
    it(`${name}: goes through the whole conversation, and sees what was seen then`, async () => {
      const recording = recordingSchema.parse(JSON.parse(fixture(`tn3270/json/${name}.json`)));
      const known = drawn(name);
      const seen: string[] = [];
      const strangers = await replayRecording({
        emulator,
        recording,
        onScreen: (_step, screen) => void seen.push(printed(screen).trim()),
      });
      expect(strangers, 'steps at which the host did not know what came').to.deep.equal([]);
      expect(seen).to.have.length(recording.steps.length);
      expect(seen.filter((screen) => known.has(screen)).length).to.be.at.least(screens);
    }).timeout(30_000);
  }
});
