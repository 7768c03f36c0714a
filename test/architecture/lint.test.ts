import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { ESLint } from 'eslint';
import { before, describe, it } from 'mocha';
import { plantTree, projectRoot, type Files } from './project.js';

type Offence = Readonly<{ file: string; code: string; rule: string; says: string }>;
const offence = (rule: string, says: string, file: string, code: string): Offence => ({ rule, says, file, code });
const syntax = (says: string, file: string, code: string): Offence => offence('no-restricted-syntax', says, file, code);

const ambient: readonly Offence[] = [
  syntax('No Date.now', 'domain/date-now.ts', 'export const now = () => Date.now();'),
  syntax('No Date.now', 'src/application/date-now.ts', 'export const now = () => Date.now();'),
  syntax('No Date.now', 'adapters/http/date-now.ts', 'export const now = () => Date.now();'),
  syntax('No new Date()', 'domain/new-date.ts', 'export const now = () => new Date();'),
  syntax('No Date()', 'projections/date.ts', 'export const now = () => Date();'),
  syntax('No Math.random', 'domain/random.ts', 'export const toss = () => Math.random() < 0.5;'),
  syntax('Date and Math keep their names', 'domain/alias.ts', 'const M = Math;\nexport const toss = () => M.random();'),
  syntax('Date and Math keep their names', 'domain/part.ts', 'const { random } = Math;\nexport const toss = random;'),
];

const impure: readonly Offence[] = [
  syntax('No async', 'domain/async.ts', 'export const ask = async () => 1;'),
  syntax('No async', 'projections/async.ts', 'export async function ask() { return 1; }'),
  syntax('No await', 'domain/await.ts', 'export const answer = await ask();\ndeclare function ask(): unknown;'),
  syntax('No "for await"', 'domain/for-await.ts', 'declare const xs: AsyncIterable<1>;\nfor await (const x of xs) x;'),
  syntax('No import()', 'domain/import.ts', "export const later = () => import('./date-now.js');"),
  syntax('No variable of the module', 'domain/counter.ts', 'let count = 0;\nexport const next = () => (count += 1);'),
  syntax('No variable of the module', 'domain/exported.ts', 'export let count = 0;\ncount += 1;'),
  syntax('No local calendar', 'domain/hours.ts', 'export const hour = (at: number) => new Date(at).getHours();'),
  syntax('No local date texts', 'domain/text.ts', 'export const day = (at: number) => new Date(at).toDateString();'),
  syntax('No DateTimeFormat', 'domain/format.ts', "export const format = new Intl.DateTimeFormat('en-GB');"),
  syntax('No Intl without', 'projections/numbers.ts', 'export const format = new Intl.NumberFormat();'),
  syntax('No toLocale', 'projections/text.ts', 'export const text = (seconds: number) => seconds.toLocaleString();'),
  syntax(
    'No localeCompare',
    'projections/order.ts',
    'export const order = (a: string, b: string) => a.localeCompare(b);',
  ),
  ...['globalThis', 'Promise', 'Atomics', 'SharedArrayBuffer', 'WeakRef', 'FinalizationRegistry', 'Function'].map(
    (name) => offence('no-restricted-globals', name, `domain/${name}.ts`, `export const it = ${name};`),
  ),
  offence('no-restricted-globals', 'eval', 'projections/eval.ts', "export const it = eval('1');"),
  ...['process', 'crypto', 'console', 'setTimeout', 'fetch', 'Buffer', 'performance', 'window', 'require'].map((name) =>
    offence('no-undef', name, `domain/${name}.ts`, `export const it = ${name};`),
  ),
  offence('no-undef', 'process', 'projections/typeof.ts', 'export const node = typeof process;'),
  offence('no-restricted-imports', 'import the rules', 'domain/imports-node.ts', "import 'node:fs';"),
  offence('no-restricted-imports', 'import the rules', 'domain/imports-a-package.ts', "import 'zod';"),
  offence(
    'no-restricted-imports',
    'import the rules',
    'domain/imports-a-view.ts',
    "import '#projections/projection.js';",
  ),
  offence('no-restricted-imports', 'folded from', 'projections/imports-node.ts', "import 'node:fs';"),
  offence('no-restricted-imports', 'folded from', 'projections/imports-adapter.ts', "import '#adapters/http/x.js';"),
  syntax('No Date.now', 'domain/excused.ts', '// eslint-disable-next-line\nexport const now = () => Date.now();'),
];

const markup = (says: string, name: string, code: string): Offence => syntax(says, `adapters/web/agent/${name}`, code);
const element = 'declare const el: HTMLElement, text: string;\n';
const unsafe: readonly Offence[] = [
  markup('become markup. Use', 'inner.ts', `${element}el.innerHTML = text;`),
  markup('become markup. Use', 'outer.ts', `${element}el.outerHTML = text;`),
  markup('become markup. Use', 'insert.ts', `${element}el.insertAdjacentHTML('beforeend', text);`),
  markup('become markup. Use', 'assign.ts', `${element}Object.assign(el, { innerHTML: text });`),
  markup(
    'become markup. Use',
    'react.tsx',
    `${element}export const it = <p dangerouslySetInnerHTML={{ __html: text }} />;`,
  ),
  markup('become markup. Use', 'frame.tsx', `${element}export const it = <iframe srcDoc={text} />;`),
  markup('become markup, by a name', 'computed.ts', `${element}el['innerHTML'] = text;`),
  markup('become markup, by a name', 'template.ts', `${element}Reflect.set(el, \`innerHTML\`, text);`),
  markup('become a document', 'write.ts', `${element}document.write(text);`),
  markup('become a document', 'window-write.ts', `${element}window.document.writeln(text);`),
  markup('become code. Use addEventListener', 'handler.ts', `${element}el.setAttribute('onclick', text);`),
  markup('become code. There is', 'eval.ts', `${element}export const it: unknown = eval(text);`),
  offence(
    'no-new-func',
    'eval',
    'adapters/web/agent/func.ts',
    `${element}export const it: unknown = new Function(text);`,
  ),
  offence('no-script-url', 'eval', 'adapters/web/agent/url.ts', "export const it = 'javascript:alert(1)';"),
];

const deep = 'if (a) { if (b) { if (c) { if (d) f(); } } }';
const branches = Array.from({ length: 10 }, (_, index) => `if (n === ${index}) return ${index * 2};`).join('\n');
const switching = (rest: string): string =>
  `export const f = (x: 'a' | 'b'): number => {\n  switch (x) {\n    case 'a':\n      return 1;\n${rest}  }\n};`;
const small: readonly Offence[] = [
  offence(
    'complexity',
    '11',
    'src/complex.ts',
    `export const f = (n: number): number => {\n${branches}\nreturn n;\n};`,
  ),
  offence('max-lines', '200', 'adapters/http/long.ts', 'export {};\n'.repeat(201)),
  offence(
    'max-depth',
    '4',
    'src/deep.ts',
    `declare const a: boolean, b: boolean, c: boolean, d: boolean, f: () => void;\n${deep}`,
  ),
  offence('max-params', '5', 'domain/params.ts', 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];'),
  offence(
    '@typescript-eslint/switch-exhaustiveness-check',
    'not exhaustive',
    'domain/forgets-a-case.ts',
    switching('    default:\n      return 2;\n'),
  ),
  offence(
    '@typescript-eslint/switch-exhaustiveness-check',
    'unnecessary',
    'domain/hides-a-case.ts',
    switching("    case 'b':\n      return 2;\n    default:\n      return 3;\n"),
  ),
  offence('@typescript-eslint/no-non-null-assertion', '', 'src/bang.ts', 'export const f = (x?: string) => x!.length;'),
  offence('@typescript-eslint/no-explicit-any', '', 'src/any.ts', 'export const f = (x: any) => typeof x;'),
  offence('@typescript-eslint/no-floating-promises', '', 'src/floats.ts', 'void 0;\nPromise.reject(new Error());'),
  offence('no-console', '', 'src/application/prints.ts', "console.log('hello');"),
  offence('no-console', '', 'adapters/http/prints.ts', "console.log('hello');"),
  offence('no-warning-comments', 'todo', 'src/later.ts', '// TODO\nexport {};'),
];

const idle: readonly Offence[] = [
  syntax('needs its brackets', 'test/brackets.test.ts', "import { expect } from 'chai';\nexpect(1).to.equal;"),
  syntax('wrap it in expect', 'test/bare.test.ts', 'declare const a: number;\na === 1;'),
];

const offences = [...ambient, ...impure, ...unsafe, ...small, ...idle];

/** What lint must let through, so that it is no stricter than it says. */
const lawful: Files = {
  'domain/lawful.ts': `
    export type Line = 'idle' | 'busy';
    export type Asked = Promise<readonly Line[]>;
    const zone = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit' });
    export const hourIn = (at: number): string => zone.format(at);
    export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
    export const christmas = Date.UTC(2026, 11, 25);
    export const originOf = (page: string): string => new URL(page).origin;
    export const wordFor = (line: Line): string => {
      switch (line) {
        case 'idle':
          return 'free';
        case 'busy':
          return 'in use';
      }
    };
  `,
  'adapters/clock/system.clock.ts': 'export const now = (): number => Date.now();\n',
  'src/cli.ts': "console.log('a line for the operator');\n",
  'test/bench/run.ts': "console.log('a figure');\n",
  'test/lawful.test.ts': "import { expect } from 'chai';\nexpect([]).to.be.empty;\nexpect(1).to.equal(1);\n",
  'adapters/web/agent/lawful.tsx':
    'export const Name = ({ name }: Readonly<{ name: string }>) => <p title={name}>{name}</p>;\n',
};

type Restriction = Readonly<{ message: string }>;
type Purity = Readonly<Record<string, readonly Restriction[]>>;
const restrictions = ['ambientTimeAndChance', 'impureSyntax', 'impureGlobals', 'textAsMarkup', 'assertsNothing'];

const eslintIn = (cwd: string, options: ESLint.Options = {}): ESLint =>
  new ESLint({ cwd, overrideConfigFile: join(projectRoot, 'eslint.config.js'), ...options });

const said = ({ messages }: ESLint.LintResult): readonly string[] =>
  messages.map(({ ruleId, message }) => `${ruleId ?? 'syntax'}: ${message}`);

describe('the rules of lint', () => {
  const findings = new Map<string, readonly string[]>();
  before(async function () {
    this.timeout(60_000);
    const configuration = ['package.json', 'tsconfig.json', 'adapters/web/tsconfig.json'];
    const copies = configuration.map(async (path) => [path, await readFile(join(projectRoot, path), 'utf8')] as const);
    const samples = offences.map(({ file, code }) => [file, code] as const);
    const tree = await plantTree({ ...Object.fromEntries([...(await Promise.all(copies)), ...samples]), ...lawful });
    await symlink(join(projectRoot, 'node_modules'), join(tree.root, 'node_modules'), 'dir');
    for (const result of await eslintIn(tree.root).lintFiles(['**/*.ts', '**/*.tsx'])) {
      findings.set(result.filePath.slice(tree.root.length + 1), said(result));
    }
    await tree.remove();
  });

  for (const { rule, says, file } of offences) {
    it(`${rule}: ${file} is caught`, () => {
      const caught = findings.get(file)?.filter((finding) => finding.startsWith(`${rule}: `)) ?? [];
      expect(caught.join('\n'), findings.get(file)?.join('\n')).to.include(says).and.not.equal('');
    });
  }

  for (const file of Object.keys(lawful)) {
    it(`let through what is lawful in ${file}`, () => {
      expect(findings.get(file)).to.deep.equal([]);
    });
  }

  it('about syntax and globals are all broken here', async () => {
    const purity = (await import(pathToFileURL(join(projectRoot, 'eslint.purity.js')).href)) as Purity;
    const messages = restrictions.flatMap((list) => purity[list] ?? []).map(({ message }) => message);
    const heard = [...findings.values()].flat().join('\n');
    expect(new Set(messages).size, 'each speaks for itself').to.equal(messages.length).and.greaterThan(0);
    expect(messages.filter((message) => !heard.includes(message))).to.deep.equal([]);
  });
});

describe('the rules and views of the project', () => {
  const rulesOfPurity = new Set(['no-restricted-syntax', 'no-restricted-globals', 'no-restricted-imports', 'no-undef']);

  it('are pure', async function () {
    this.timeout(60_000);
    const eslint = eslintIn(projectRoot, {
      ruleFilter: ({ ruleId }) => rulesOfPurity.has(ruleId),
      overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: null } } },
    });
    const results = await eslint.lintFiles(['domain', 'projections']);
    const impurities = results.flatMap((result) => said(result).map((finding) => `${result.filePath}: ${finding}`));
    expect(results).to.not.have.length(0);
    expect(impurities).to.deep.equal([]);
  });
});
