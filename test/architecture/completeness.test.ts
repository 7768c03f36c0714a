import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { eventCatalogue } from '#domain/events.js';
import { policies } from '#domain/policies/policies.js';
import { settingRows } from '#config/settings.js';
import { projectRoot } from './project.js';

const text = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');
const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));

const settingsTable = (): string => {
  const rows = settingRows().map(
    ({ name, environment, byDefault, meaning }) =>
      `| \`${name}\` | \`${environment}\` | ${byDefault && `\`${byDefault}\``} | ${meaning} |`,
  );
  return ['| setting | environment variable | default | what for |', '| --- | --- | --- | --- |', ...rows].join('\n');
};

/** Tables are laid out by the formatter; what they say is what counts. */
const cells = (table: string): string =>
  table
    .replace(/-{3,}/g, '---')
    .replace(/[^\S\n]+/g, ' ')
    .trim();

describe('what is listed is complete', () => {
  it('every setting has its row in the README, and no row is of none', () => {
    const [, after = ''] = text('README.md').split('<!-- settings -->');
    const [table = ''] = after.split('<!-- /settings -->');
    expect(cells(table), `README.md should say:\n${settingsTable()}\n`).to.equal(cells(settingsTable()));
  });

  it('every policy is asked, bears the name of its file, and names no other', () => {
    const files = filesIn('domain/policies', '.policy.ts').map((name) => name.replace('.policy.ts', ''));
    expect(policies.map(({ name }) => name).sort()).to.deep.equal([...files].sort());
  });

  it('every effect is in the inventory of the product', () => {
    const inventory = text('src/compose.ts');
    for (const file of filesIn('src/effects', '.effect.ts')) {
      expect(inventory, `src/compose.ts imports ./effects/${file}`).to.include(
        `./effects/${file.replace('.ts', '.js')}`,
      );
    }
  });

  it('every event of the catalogue is one that some rule of the domain decides', () => {
    const rules = filesIn('domain', '.ts')
      .filter((name) => !name.endsWith('.events.ts') && name !== 'events.ts' && !name.startsWith('policies'))
      .map((name) => text(join('domain', name)))
      .join('\n');
    const unheard = Object.keys(eventCatalogue).filter((type) => !rules.includes(`'${type}'`));
    expect(unheard).to.deep.equal([]);
  });

  it('every personal field that is marked is there, and customers’ words are marked', () => {
    const marked = Object.values(eventCatalogue).flatMap(({ personalData }) => personalData);
    expect(marked).to.include.members(['fields', 'cookies', 'text', 'customerRef', 'page']);
  });
});
