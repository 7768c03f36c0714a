import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { upToDate } from '#adapters/event-store/up-to-date.js';
import { categoryOf } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { forgetChanges, projections } from '#src/application/live-views.js';
import { emptyLogState, folderOf } from '#src/application/log-state.js';
import { streamLives } from '#src/application/stream-lives.js';
import { projectRoot } from '#test/architecture/project.js';

/** What the events of one recorded shift are made into, by whom in which version. */
const made: Readonly<Record<string, string>> = {
  'merchant-directory 1': 'd1d2cf53c6582461',
  'gateway-ports 1': '3e1439675e397217',
  'ani-index 3': '4dbf9b49deb8b627',
  'live-calls 1': '9e365f3c317e7c80',
  'agent-routing 1': 'a90f4357dd53da9c',
  'contacts 2': 'ccb6c8485a7ab641',
  'agent-desktop 2': '595d1b09bf0b1624',
  'call-window 3': '7194c9ad1aa22001',
  'deadlines 3': 'f11b51920fc6add7',
  'current-pops 2': '49d958b1d1735660',
  'sign-ins 3': '7b02c51fd8e4bf16',
  'webhooks 1': '08d67a3f7a6e430e',
  'merchant 1': '29306e99814f26b2',
  'gateway 1': 'de0467f3ce10181a',
  'agent 1': '6a9ab7734f923b54',
  'queue 1': 'c72f79166ef6e6f8',
  'channels 1': '4a09b30cca59d1fe',
  'access 1': '4f53cda18c2baa0c',
  'webhook 1': '4f53cda18c2baa0c',
  'clock 1': '4f53cda18c2baa0c',
};

const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Map) return { map: [...value] };
  return value instanceof Set ? { set: [...value] } : value;
};

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value, plain)).digest('hex').slice(0, 16);

/** A shift as a real product once recorded it; the file is never written again. */
const recordedShift = (): readonly RecordedEvent[] =>
  readFileSync(join(projectRoot, 'test/support/busy-day/recorded-shift.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => upToDate(JSON.parse(line) as RecordedEvent));

describe('a view or a decider that makes something else of the same events', () => {
  const state = emptyLogState();
  recordedShift().forEach(folderOf(state));
  forgetChanges(state.folds);

  const now: Record<string, string> = {};
  for (const [key, { name, version }] of Object.entries(projections)) {
    now[`${name} ${version}`] = digestOf(state.folds[key as keyof typeof projections]);
  }
  for (const [category, life] of Object.entries(streamLives)) {
    if (life.goes !== 'on') continue;
    const states = [...state.streams].filter(([stream]) => categoryOf(stream) === category);
    now[`${category} ${life.version}`] = digestOf(states.map(([stream, { state: known }]) => [stream, known]));
  }

  for (const [maker, digest] of Object.entries(now)) {
    it(`has another version than ${maker}, so that no snapshot of the former one is used`, () => {
      expect(made[maker], `raise its version, and write ${digest} here beside it`).to.equal(digest);
    });
  }

  it('is listed here, and what is listed is there', () => {
    expect(Object.keys(made).sort()).to.deep.equal(Object.keys(now).sort());
  });
});
