/**
 * The architecture as rules: five folders, one direction. Each rule has one reason; test/architecture breaks each of
 * them once. node_modules is not followed but must stay visible: excluded, no rule about packages would ever fire.
 */

const product = '^(adapters|config|domain|projections|src)/';
/** What the product starts by its name, not by an import. */
const startedByName = ['^src/(main|cli)\\.ts$', '\\.worker\\.ts$', '^adapters/web/'];
const pagesBuild = 'adapters/web/[a-z.]+\\.config\\.ts$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
/** What cannot be found has a rule of its own; the others need not repeat it. */
const found = (to) => ({ ...to, couldNotResolve: false });

/** Where each package is at home, and why nowhere else. Tests of adapters and benchmarks may use what they test. */
const homes = [
  {
    packages: ['better-sqlite3'],
    home: 'adapters/(event-store|keys)/sqlite/',
    why: 'SQLite is how the embedded log and its keys are kept; whoever asks them asks their contracts.',
  },
  {
    packages: ['@eventstore/db-client', '@grpc/grpc-js'],
    home: 'adapters/event-store/eventstoredb/|test/support/eventstoredb/',
    why: 'EventStoreDB is one engine of the log among others; whoever asks the log asks the EventStore contract.',
  },
  {
    packages: ['typeorm', 'pg'],
    home: 'adapters/read-models/typeorm/|test/support/postgres',
    why: 'TypeORM is how rows are kept; whoever asks of the past asks the CallHistory contract.',
  },
  {
    packages: ['express', 'express-rate-limit', 'helmet'],
    home: 'adapters/http/',
    why: 'Express is how HTTP is spoken; no rule and no use case knows of requests.',
  },
  {
    packages: ['socket.io'],
    home: 'adapters/live-updates/',
    why: 'socket.io is how news reaches people; the log, not the socket, remembers.',
  },
  {
    packages: ['socket.io-client'],
    home: 'adapters/web/|src/simulate/|test/',
    why: 'Only browsers, and those who play them, are at the other end of a socket.',
  },
  {
    packages: ['react', 'react-dom'],
    home: 'adapters/web/',
    why: 'React draws the pages that people work in; nothing behind them may depend on how.',
  },
  {
    packages: ['vite', '@vitejs/plugin-react'],
    home: pagesBuild,
    why: 'Vite builds the pages; it is not there when they are served.',
  },
  {
    packages: ['jose', '@node-rs/argon2'],
    home: 'adapters/access/',
    why: 'Tokens and passwords are made and checked in one place, where they can be reviewed.',
  },
  {
    packages: ['zod'],
    home: 'adapters/(?!web/)|config/',
    why: 'What comes from outside is parsed at the edge; inside, types suffice.',
  },
  {
    packages: ['kafkajs'],
    home: 'adapters/event-publisher/kafka/|test/support/kafka/',
    why: 'Its maintainers are few: Kafka is spoken through the contract, so that another client is one folder away.',
  },
  {
    packages: ['cloudevents'],
    home: 'test/adapters/event-publisher/',
    why: 'The envelope is ours to write; the library of its makers is there to check it.',
  },
  {
    packages: ['yaml'],
    home: 'adapters/customer-records/',
    why: 'Maps of mainframes are written by hand; everything else that is read is JSON.',
  },
  {
    packages: ['undici', 'ipaddr.js'],
    home: 'adapters/event-publisher/webhook/',
    why: 'Where merchants may have us connect to is checked in one place, on the very address that is connected to.',
  },
  {
    packages: ['standardwebhooks'],
    home: 'test/',
    why: 'The signature is a few lines of ours; the library of its makers is there to check it.',
  },
  {
    packages: ['pino'],
    home: 'adapters/log/|src/',
    why: 'One logger, made in one place and handed to whoever reports.',
  },
  {
    packages: ['chai', 'axe-core', 'fast-check', 'mocha', 'playwright-core'],
    home: 'test/',
    why: 'The product does not carry its tests.',
  },
  {
    packages: ['dependency-cruiser', 'eslint'],
    home: 'test/architecture/',
    why: 'Only the tests of the rules run what checks them.',
  },
];

/** The folder of a package, or of the types that others wrote for it. */
const folderOf = (name) => `node_modules/(@types/)?${name.replaceAll('.', '\\.')}/`;

const staysAtHome = ({ packages, home, why }) =>
  rule(
    `${packages[0].replace(/^@/, '').replace('/', '-')}-stays-at-home`,
    why,
    { pathNot: [`^(${home})`, '^test/(adapters|bench)/'] },
    { path: packages.map(folderOf) },
  );

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'domain-imports-only-itself',
      'The rules of the business outlive every technology: they depend on nothing that can be replaced.',
      { path: '^domain/' },
      found({ pathNot: '^domain/' }),
    ),
    rule(
      'projections-import-only-the-domain',
      'What people see is a fold of events: whatever else it knew, a rebuild could not repeat.',
      { path: '^projections/' },
      found({ pathNot: '^(domain|projections)/' }),
    ),
    rule(
      'adapters-know-only-the-domain',
      'An adapter is handed its settings and reports what it hears: it must work under any other composition.',
      { path: '^adapters/' },
      { path: '^(config|projections|src)/' },
    ),
    rule(
      'adapters-do-not-know-each-other',
      'One technology must be replaceable without touching another: they meet in the contracts and in the wire schemas.',
      { path: '^adapters/([^/]+)/' },
      { path: '^adapters/', pathNot: '^adapters/($1|wire)/' },
    ),
    rule(
      'config-imports-only-its-schema-library',
      'Settings are read before anything runs: they must not need what they configure.',
      { path: '^config/' },
      found({ pathNot: ['^config/', 'node_modules/zod/'], dependencyTypesNot: ['core'] }),
    ),
    rule(
      'config-reads-the-machine-in-one-place',
      'One reader of files and environment, so that every setting can be found, checked and named.',
      { path: '^config/', pathNot: '^config/load\\.ts$' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'nobody-sees-src',
      'What composes the product knows all of it; if a part knew its composer, no part could be taken out.',
      { pathNot: '^(src|test)/' },
      { path: '^src/' },
    ),
    rule(
      'only-compose-names-adapters',
      'To swap a technology is to change one line of one inventory: of the product, or of its operators’ tools.',
      { path: '^src/', pathNot: '^src/(compose/|(compose|operate)\\.ts$)' },
      { path: '^adapters/' },
    ),
    rule(
      'use-cases-do-not-know-their-composer',
      'Application services and effects are handed what they need; only the entry points compose.',
      { path: '^src/(application|effects)/' },
      { path: '^src/(compose/|(main|cli|compose|operate)\\.ts$)' },
    ),
    rule(
      'pages-know-only-the-wire',
      'A browser gets types and pure functions of the domain, its own files, React and a socket: nothing of the server.',
      { path: '^adapters/web/', pathNot: `^${pagesBuild}` },
      found({ pathNot: ['^(domain|adapters/web)/', 'node_modules/(@types/)?(react|react-dom|socket\\.io-client)/'] }),
    ),
    rule(
      'merchants-pages-carry-no-package',
      'What runs in a shop that is not ours weighs little and brings nobody else along.',
      { path: '^adapters/web/(icon|demo-shop)/' },
      { path: 'node_modules/' },
    ),
    rule(
      'pages-do-not-know-each-other',
      'Each page is one job with its own deadline to load: what two pages need is made for both.',
      { path: '^adapters/web/([^/]+)/' },
      { path: '^adapters/web/[^/]+/', pathNot: '^adapters/web/($1|design|live|shared)/' },
    ),
    rule(
      'folders-are-crossed-by-name',
      'An import that leaves its folder says so: #domain/…, not ../../domain/….',
      { path: '^([^/]+)/' },
      { path: '^(adapters|config|domain|projections|src|test)/', pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
    ),
    rule(
      'product-does-not-know-its-tests',
      'What only a test needs is not shipped.',
      { path: product },
      { path: '^test/' },
    ),
    rule(
      'server-runs-without-development-packages',
      'A production install leaves them out, and the server would not start.',
      { path: product, pathNot: '^adapters/web/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    ...homes.map(staysAtHome),
    rule(
      'every-package-has-a-home',
      'A new package is a decision: it gets a line among the homes above, with its reason.',
      {},
      { path: 'node_modules/', pathNot: homes.flatMap(({ packages }) => packages.map(folderOf)) },
    ),
    rule(
      'every-import-is-found',
      'What cannot be resolved cannot be checked against any of these rules.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'no-cycles',
      'In a cycle nothing comes first: none of it can be read, tested or taken out alone.',
      {},
      { circular: true },
    ),
    rule(
      'no-orphans',
      'What nobody imports and what imports nothing is not part of the product.',
      { orphan: true, path: product, pathNot: startedByName },
      {},
    ),
    rule(
      'no-dead-code',
      'What runs is reached from main, the CLI, a worker or a page; what only tests reach, the product does not need.',
      { path: startedByName },
      // Adapters in memory are what the tests of everything else run on, held to the same contract suites.
      { path: product, pathNot: [...startedByName, '^adapters/[^/]+/memory/'], reachable: false },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // To know a type is to know: types count as imports.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // `source` makes #domain/….js the source that it was written as, not what the compiler made of it.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
