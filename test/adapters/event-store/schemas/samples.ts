import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvent } from '#adapters/event-store/event-codec.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import { projectRoot } from '#test/architecture/project.js';

const folder = join(projectRoot, 'test/samples');

const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** An event as it was recorded once, under that version; kept for ever. */
export type Sample = Readonly<{ file: string; type: string; version: number; event: RecordedEvent; sha256: string }>;

const sample = (name: string): Sample => {
  const file = `events/${name}`;
  const text = textOf(file);
  const [, type = '', version = ''] = /^(\w+)\.v(\d+)\.json$/.exec(name) ?? [];
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { file, type, version: Number(version), event: JSON.parse(text) as RecordedEvent, sha256 };
};

/** All there are, by name. */
export const samples: readonly Sample[] = readdirSync(join(folder, 'events')).sort().map(sample);

/** Which files have to be there, and what is in them: as `sha256sum` writes it. */
export const manifest: ReadonlyMap<string, string> = new Map(
  textOf('events.sha256')
    .trim()
    .split('\n')
    .map((line) => {
      const [sha256 = '', file = ''] = line.split('  ');
      return [file, sha256] as const;
    }),
);

/** As a log would hold it. */
export const asStored = ({ event }: Sample): StoredEvent => {
  const { type, stream, revision, position, recordedAt, ...body } = event;
  return { type, stream, revision, position, recordedAt, body: JSON.stringify(body) };
};
