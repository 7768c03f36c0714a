import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import {
  ambientTimeAndChance,
  assertsNothing,
  impureGlobals,
  impureSyntax,
  pureGlobals,
  textAsMarkup,
} from './eslint.purity.js';

const typescript = ['**/*.ts', '**/*.tsx'];

/** Small by law: what outgrows these is usually two things. */
const size = {
  // Each `?.` and `??` counts. A switch counts once: a table of cases is one decision, and the compiler counts them.
  complexity: ['error', { max: 10, variant: 'modified' }],
  'max-depth': ['error', 3],
  'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
};

const habits = {
  curly: ['error', 'multi-line'],
  eqeqeq: 'error',
  'no-console': 'error',
  'no-else-return': 'error',
  'no-implicit-coercion': 'error',
  'no-new-func': 'error',
  'no-script-url': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
  'object-shorthand': ['error', 'properties'],
  'prefer-template': 'error',
  '@typescript-eslint/consistent-type-exports': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  // No default over a union: a case that is added later must not compile until every switch knows it.
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false },
  ],
};

/** Where the strict sets are loosened, and why. */
const deviations = {
  // Data are types, contracts are interfaces; the rule would make them all one.
  '@typescript-eslint/consistent-type-definitions': 'off',
  // Where the type asks for void, `() => report(it)` says so already.
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreVoidReturningFunctions: true }],
  // A message without data of its own says so: Readonly<Record<never, never>>.
  '@typescript-eslint/no-generated-empty-object-type': 'off',
  // It would turn `as Name` into the `!` that is forbidden.
  '@typescript-eslint/non-nullable-type-assertion-style': 'off',
  // `_call` names what a signature brings and this function does not need.
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  // An adapter that answers at once is async all the same: what it throws must be a rejection.
  '@typescript-eslint/require-await': 'off',
  // Numbers in a text read as they should.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
};

const imports = (regex, message) => ({ 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] });
const forbid = (...syntax) => ({ 'no-restricted-syntax': ['error', ...syntax.flat()] });

const pure = {
  // Nothing may be excused by a comment here.
  linterOptions: { noInlineConfig: true },
  languageOptions: { globals: pureGlobals },
  rules: {
    'no-restricted-globals': ['error', ...impureGlobals],
    // What is neither the language's nor listed as pure (process, crypto, console, setTimeout, fetch …) does not exist.
    'no-undef': ['error', { typeof: true }],
    ...forbid(ambientTimeAndChance, impureSyntax),
  },
};

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'data/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { ...size, ...habits, ...deviations },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { globals: { module: 'readonly', require: 'readonly' } },
  },
  { files: ['domain/**'], ...pure },
  { files: ['projections/**'], ...pure },
  {
    files: ['domain/**'],
    rules: imports('^(?!\\.{1,2}/|#domain/)', 'The rules import the rules, and nothing else.'),
  },
  {
    files: ['projections/**'],
    rules: imports('^(?!\\.{1,2}/|#domain/|#projections/)', 'What people see is folded from the domain alone.'),
  },
  {
    files: ['adapters/**', 'src/**', 'config/**'],
    ignores: ['adapters/clock/**', 'adapters/web/**'],
    rules: forbid(ambientTimeAndChance),
  },
  {
    files: ['adapters/web/**'],
    extends: [reactHooks.configs.flat.recommended],
    rules: forbid(textAsMarkup),
  },
  {
    // The build's own settings run in Node, not in a browser: another compiler project.
    files: ['adapters/web/*.config.ts'],
    languageOptions: { parserOptions: { projectService: false, project: './adapters/web/tsconfig.node.json' } },
  },
  {
    files: ['src/cli.ts', 'src/cli/**', 'test/bench/**'],
    // What they print is what they are for.
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      // A suite tells one subject's stories, however many.
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // A double that does nothing is a double.
      '@typescript-eslint/no-empty-function': 'off',
      // What strangers might type stands in the tests that show it to be harmless.
      'no-script-url': 'off',
      // chai asserts by property; what asserts nothing is found below.
      '@typescript-eslint/no-unused-expressions': 'off',
      ...forbid(assertsNothing),
    },
  },
);
