import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';
import { before, describe, it } from 'mocha';
import { cruise } from './cruise.js';
import { plantTree, projectRoot, type Files } from './project.js';

type Breach = Readonly<{ rule: string; from: string; imports: string }>;
const breach = (rule: string, from: string, imports: string): Breach => ({ rule, from, imports });

/** Every rule of .dependency-cruiser.cjs, broken. Each file breaks one on purpose, some break others too. */
const breaches: readonly Breach[] = [
  breach('domain-imports-only-itself', 'domain/reads-a-file.ts', 'node:fs'),
  breach('domain-imports-only-itself', 'domain/parses.ts', 'zod'),
  breach('domain-imports-only-itself', 'domain/knows-a-type.ts', 'type zod'),
  breach('domain-imports-only-itself', 'domain/looks-at-a-view.ts', '#projections/board.js'),
  breach('domain-imports-only-itself', 'domain/asks-the-log.ts', '#adapters/event-store/store.js'),
  breach('domain-imports-only-itself', 'domain/reads-settings.ts', '#config/settings.js'),
  breach('projections-import-only-the-domain', 'projections/reads-a-file.ts', 'node:fs'),
  breach('projections-import-only-the-domain', 'projections/asks-the-log.ts', '#adapters/event-store/store.js'),
  breach('projections-import-only-the-domain', 'projections/reads-settings.ts', '#config/settings.js'),
  breach('adapters-know-only-the-domain', 'adapters/http/reads-settings.ts', '#config/settings.js'),
  breach('adapters-know-only-the-domain', 'adapters/http/looks-at-a-view.ts', '#projections/board.js'),
  breach('adapters-know-only-the-domain', 'adapters/http/composes.ts', '#src/compose.js'),
  breach('adapters-do-not-know-each-other', 'adapters/http/asks-the-log.ts', '#adapters/event-store/store.js'),
  breach('adapters-do-not-know-each-other', 'adapters/wire/asks-the-log.ts', '#adapters/event-store/store.js'),
  breach('config-imports-only-its-schema-library', 'config/rules.ts', '#domain/events.js'),
  breach('config-imports-only-its-schema-library', 'config/serves.ts', 'express'),
  breach('config-reads-the-machine-in-one-place', 'config/reads-a-file.ts', 'node:fs'),
  breach('nobody-sees-src', 'adapters/http/calls-a-use-case.ts', '#src/application/handle-command.js'),
  breach('nobody-sees-src', 'config/calls-a-use-case.ts', '#src/application/handle-command.js'),
  breach('only-compose-names-adapters', 'src/main.ts', '#adapters/http/server.js'),
  breach('only-compose-names-adapters', 'src/application/serves.ts', '#adapters/http/server.js'),
  breach('use-cases-do-not-know-their-composer', 'src/effects/composes.effect.ts', '../compose.js'),
  breach('pages-know-only-the-wire', 'adapters/web/agent/reads-a-file.ts', 'node:fs'),
  breach('pages-know-only-the-wire', 'adapters/web/agent/signs.tsx', 'jose'),
  breach('pages-know-only-the-wire', 'adapters/web/agent/serves.ts', '#adapters/http/server.js'),
  breach('pages-know-only-the-wire', 'adapters/web/agent/checks.ts', '#adapters/wire/call.schemas.js'),
  breach('merchants-pages-carry-no-package', 'adapters/web/icon/draws.ts', 'react'),
  breach('pages-do-not-know-each-other', 'adapters/web/agent/borrows.tsx', '../admin/page.js'),
  breach('folders-are-crossed-by-name', 'projections/climbs.ts', '../domain/events.js'),
  breach('product-does-not-know-its-tests', 'src/application/pretends.ts', '#test/support/double.js'),
  breach('server-runs-without-development-packages', 'src/application/proves.ts', 'fast-check'),
  breach('better-sqlite3-stays-at-home', 'adapters/event-store/store-by-hand.ts', 'better-sqlite3'),
  breach('better-sqlite3-stays-at-home', 'adapters/keys/keys-by-hand.ts', 'better-sqlite3'),
  breach('eventstore-db-client-stays-at-home', 'adapters/event-store/sqlite/asks.ts', '@eventstore/db-client'),
  breach('eventstore-db-client-stays-at-home', 'adapters/http/dials.ts', '@grpc/grpc-js'),
  breach('typeorm-stays-at-home', 'adapters/http/maps-rows.ts', 'typeorm'),
  breach('typeorm-stays-at-home', 'adapters/event-store/asks-in-sql.ts', 'pg'),
  breach('express-stays-at-home', 'adapters/access/serves.ts', 'express'),
  breach('express-stays-at-home', 'adapters/access/limits.ts', 'express-rate-limit'),
  breach('express-stays-at-home', 'src/application/protects.ts', 'helmet'),
  breach('socket.io-stays-at-home', 'adapters/http/pushes.ts', 'socket.io'),
  breach('socket.io-client-stays-at-home', 'adapters/live-updates/calls-itself.ts', 'socket.io-client'),
  breach('react-stays-at-home', 'adapters/http/draws.ts', 'react'),
  breach('react-stays-at-home', 'src/application/draws.ts', 'react-dom'),
  breach('vite-stays-at-home', 'adapters/http/builds.ts', 'vite'),
  breach('vite-stays-at-home', 'adapters/web/agent/builds.ts', '@vitejs/plugin-react'),
  breach('jose-stays-at-home', 'adapters/http/signs.ts', 'jose'),
  breach('jose-stays-at-home', 'adapters/http/hashes.ts', '@node-rs/argon2'),
  breach('zod-stays-at-home', 'src/application/parses.ts', 'zod'),
  breach('zod-stays-at-home', 'adapters/web/agent/parses.ts', 'zod'),
  breach('kafkajs-stays-at-home', 'adapters/http/publishes.ts', 'kafkajs'),
  breach('cloudevents-stays-at-home', 'adapters/event-publisher/wraps.ts', 'cloudevents'),
  breach('yaml-stays-at-home', 'adapters/http/reads.ts', 'yaml'),
  breach('undici-stays-at-home', 'adapters/http/fetches.ts', 'undici'),
  breach('undici-stays-at-home', 'adapters/access/places.ts', 'ipaddr.js'),
  breach('standardwebhooks-stays-at-home', 'adapters/event-publisher/webhook/verifies.ts', 'standardwebhooks'),
  breach('pino-stays-at-home', 'adapters/http/logs.ts', 'pino'),
  breach('chai-stays-at-home', 'adapters/http/expects.ts', 'chai'),
  breach('chai-stays-at-home', 'src/application/describes.ts', 'mocha'),
  breach('chai-stays-at-home', 'src/application/guesses.ts', 'fast-check'),
  breach('chai-stays-at-home', 'src/application/browses.ts', 'playwright-core'),
  breach('dependency-cruiser-stays-at-home', 'test/support/cruises.ts', 'dependency-cruiser'),
  breach('dependency-cruiser-stays-at-home', 'test/support/lints.ts', 'eslint'),
  breach('every-package-has-a-home', 'src/application/pads.ts', 'left-pad'),
  breach('every-import-is-found', 'src/application/misses.ts', './nowhere.js'),
  breach('no-cycles', 'domain/chicken.ts', './egg.js'),
];
const orphan = 'domain/forgotten.ts';
const onlyTested = 'domain/only-tested.ts';

/** What the rules must let through, so that they are no stricter than they say. */
const lawful: Readonly<Record<string, readonly string[]>> = {
  'domain/call.ts': ['./events.js', '#domain/events.js'],
  'projections/board.ts': ['#domain/events.js', './rows.js'],
  'adapters/http/server.ts': ['express', 'helmet', 'express-rate-limit', 'zod', 'node:http', '#domain/events.js'],
  'adapters/event-store/store.ts': ['#domain/events.js', './sqlite/log.js'],
  'adapters/event-store/sqlite/log.ts': ['better-sqlite3', 'node:worker_threads'],
  'adapters/keys/sqlite/keys.ts': ['better-sqlite3', 'node:worker_threads'],
  'adapters/event-store/eventstoredb/log.ts': ['@eventstore/db-client', '#domain/events.js'],
  'adapters/read-models/typeorm/rows.ts': ['typeorm', 'pg'],
  'adapters/live-updates/namespaces.ts': ['socket.io', '#adapters/wire/call.schemas.js'],
  'adapters/wire/call.schemas.ts': ['zod', '#domain/events.js'],
  'adapters/access/passwords.ts': ['jose', '@node-rs/argon2', 'node:crypto'],
  'adapters/log/log.ts': ['pino'],
  'adapters/event-publisher/kafka/publish.ts': ['kafkajs', '#domain/events.js'],
  'adapters/event-publisher/webhook/send.ts': ['undici', 'ipaddr.js', '#domain/events.js'],
  'adapters/web/vite.icon.config.ts': ['vite', './vite.config.js'],
  'adapters/web/vite.config.ts': ['vite', '@vitejs/plugin-react', 'node:path'],
  'adapters/web/agent/page.tsx': [
    'react',
    'react-dom',
    '#domain/events.js',
    '../design/button.js',
    '../live/feed.js',
    '../shared/messages.js',
  ],
  'adapters/web/live/feed.ts': ['socket.io-client'],
  'adapters/web/icon/icon.ts': ['#domain/events.js'],
  'config/settings.ts': ['zod'],
  'config/load.ts': ['node:fs', './settings.js'],
  'src/compose.ts': [
    '#adapters/access/passwords.js',
    '#adapters/event-publisher/kafka/publish.js',
    '#adapters/event-publisher/webhook/send.js',
    '#adapters/event-store/store.js',
    '#adapters/http/server.js',
    '#adapters/keys/sqlite/keys.js',
    '#adapters/live-updates/namespaces.js',
    '#adapters/event-store/eventstoredb/log.js',
    '#adapters/read-models/typeorm/rows.js',
    '#adapters/log/log.js',
    '#config/load.js',
    '#projections/board.js',
    './application/work.js',
  ],
  'src/cli.ts': ['./compose.js', '#config/load.js', 'node:process'],
  'src/application/work.ts': ['#domain/call.js', 'pino'],
  'test/adapters/event-store.test.ts': ['chai', 'mocha', 'better-sqlite3', '#adapters/event-store/store.js'],
  'test/bench/pop.ts': ['socket.io-client', '#src/compose.js', 'vite'],
  'test/scenarios/webhooks.test.ts': ['standardwebhooks', '#src/compose.js'],
  'test/domain/call.test.ts': ['fast-check', '#domain/call.js', 'playwright-core'],
};

const targets = [
  'domain/events.ts',
  'projections/rows.ts',
  'src/application/handle-command.ts',
  'adapters/web/admin/page.tsx',
  'adapters/web/design/button.tsx',
  'adapters/web/shared/messages.ts',
  'test/support/double.ts',
];
const vendors = [
  ...['better-sqlite3', 'express', 'express-rate-limit', 'helmet', 'socket.io', 'socket.io-client', 'react', 'zod'],
  ...['typeorm', 'pg', '@eventstore/db-client', '@grpc/grpc-js'],
  ...['react-dom', 'vite', '@vitejs/plugin-react', 'jose', '@node-rs/argon2', 'pino', 'chai', 'fast-check', 'mocha'],
  ...['playwright-core', 'dependency-cruiser', 'eslint', 'left-pad', 'kafkajs', 'cloudevents'],
  ...['undici', 'ipaddr.js', 'standardwebhooks', 'yaml'],
];

const statement = (imported: string): string =>
  imported.startsWith('type ') ? `import type {} from '${imported.slice('type '.length)}';` : `import '${imported}';`;
const importing = (all: readonly string[]): string => `${all.map(statement).join('\n')}\n`;

const vendor = (name: string): readonly (readonly [path: string, contents: string])[] => [
  [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
  [`node_modules/${name}/index.js`, ''],
];

const plantBreaches = async (): Promise<Files> => ({
  'package.json': await readFile(join(projectRoot, 'package.json'), 'utf8'),
  'tsconfig.json': await readFile(join(projectRoot, 'tsconfig.json'), 'utf8'),
  ...Object.fromEntries(vendors.flatMap(vendor)),
  ...Object.fromEntries([...targets, orphan].map((path) => [path, 'export {};\n'])),
  ...Object.fromEntries(Object.entries(lawful).map(([path, imported]) => [path, importing(imported)])),
  ...Object.fromEntries(breaches.map(({ from, imports }) => [from, importing([imports])])),
  'domain/egg.ts': importing(['./chicken.js']),
  [onlyTested]: importing(['./events.js']),
  'test/domain/only-tested.test.ts': importing(['#domain/only-tested.js']),
});

const violationsOf = ({ summary }: ICruiseResult): readonly string[] =>
  summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);

describe('the rules of the architecture', () => {
  let seen: readonly string[];
  before(async function () {
    this.timeout(30_000);
    const tree = await plantTree(await plantBreaches());
    seen = violationsOf(await cruise(tree.root));
    await tree.remove();
  });

  for (const { rule, from, imports } of breaches) {
    it(`${rule}: ${from} is caught importing ${imports}`, () => {
      expect(seen).to.include(`${rule}: ${from}`);
    });
  }

  it(`no-orphans: ${orphan} is caught having nothing to do with anything`, () => {
    expect(seen).to.include(`no-orphans: ${orphan}`);
  });

  it(`no-dead-code: ${onlyTested} is caught being reached by its test alone`, () => {
    expect(seen).to.include(`no-dead-code: ${onlyTested}`);
  });

  it('are all broken here', () => {
    const { forbidden } = createRequire(import.meta.url)(join(projectRoot, '.dependency-cruiser.cjs')) as {
      forbidden: readonly IForbiddenRuleType[];
    };
    const broken = new Set([...breaches.map(({ rule }) => rule), 'no-orphans', 'no-dead-code']);
    expect(forbidden.map(({ name }) => name)).to.have.members([...broken]);
  });

  it('let through what the architecture allows', () => {
    const accused = seen.filter((violation) => Object.keys(lawful).some((path) => violation.endsWith(`: ${path}`)));
    expect(accused).to.deep.equal([]);
  });
});

describe('the tree of the project', () => {
  let result: ICruiseResult;
  before(async function () {
    this.timeout(30_000);
    result = await cruise(projectRoot);
  });

  it('keeps every rule of the architecture', () => {
    const { violations } = result.summary;
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).to.deep.equal([]);
  });

  it('is judged by its sources: each #import leads to the TypeScript that it was written as', () => {
    const imports = result.modules
      .flatMap(({ dependencies }) => dependencies)
      .filter(({ module }) => module.startsWith('#'));
    const elsewhere = imports.filter(({ module, resolved }) => resolved.replace(/\.tsx?$/, '.js') !== module.slice(1));
    expect(imports).to.not.have.length(0);
    expect(elsewhere.map(({ module, resolved }) => `${module} → ${resolved}`)).to.deep.equal([]);
  });

  it('keeps packages in sight: they are seen, and not followed', () => {
    const packages = result.modules.filter(({ source }) => source.startsWith('node_modules/'));
    expect(packages.map(({ source }) => source)).to.include('node_modules/chai/index.js');
    expect(packages.flatMap(({ dependencies }) => dependencies)).to.deep.equal([]);
  });
});
