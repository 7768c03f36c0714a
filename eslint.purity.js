/**
 * What the rules of the house forbid, each with its reason and the way out. eslint.config.js says where each holds;
 * test/architecture breaks each of them once.
 */

const clockInstead = 'Time comes in with the command or the event, or from the Clock contract.';
const idsInstead = 'Chance comes in with the command, or from the UniqueIds contract.';
const effectsInstead = 'Rules answer with events and commands; effects talk to the outside.';
const zoneInstead = 'Say which: Intl.DateTimeFormat with a locale and a timeZone, or UTC.';

/** Outside the clock's adapter nobody asks the machine for time or chance: a replay would decide differently. */
export const ambientTimeAndChance = [
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: `No Date.now. ${clockInstead}` },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: `No new Date(). ${clockInstead}` },
  { selector: 'CallExpression[callee.name="Date"]', message: `No Date(). ${clockInstead}` },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: `No Math.random. ${idsInstead}`,
  },
  {
    selector: 'VariableDeclarator[init.name=/^(Date|Math)$/]',
    message: 'Date and Math keep their names, so that whoever asks them for time or chance is seen.',
  },
];

/** In domain/ and projections/: same input, same answer, at once, on every machine. */
export const impureSyntax = [
  { selector: ':function[async=true]', message: `No async: a rule decides at once. ${effectsInstead}` },
  { selector: 'AwaitExpression', message: `No await: a rule decides at once. ${effectsInstead}` },
  { selector: 'ForOfStatement[await=true]', message: `No "for await": a rule decides at once. ${effectsInstead}` },
  { selector: 'ImportExpression', message: 'No import(): what a rule stands on is named at the top of its file.' },
  {
    selector: ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind!="const"]',
    message: 'No variable of the module: what one decision leaves behind, the next would see.',
  },
  {
    selector: 'MemberExpression[property.name=/^[gs]et(FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)$/]',
    message: `No local calendar: the machine's own time zone decides. ${zoneInstead}`,
  },
  {
    selector: 'MemberExpression[property.name=/^to(Date|Time|LocaleDate|LocaleTime)String$/]',
    message: `No local date texts: the machine's own time zone and language decide. ${zoneInstead}`,
  },
  {
    selector: 'NewExpression[callee.object.name="Intl"][callee.property.name="DateTimeFormat"][arguments.length<2]',
    message: `No DateTimeFormat without options: the machine's own time zone decides. ${zoneInstead}`,
  },
  {
    selector: 'NewExpression[callee.object.name="Intl"][arguments.length=0]',
    message: "No Intl without a locale: the machine's own language decides.",
  },
  {
    selector: 'CallExpression[callee.property.name=/^toLocale(String|UpperCase|LowerCase)$/][arguments.length=0]',
    message: "No toLocale… without a locale: the machine's own language decides.",
  },
  {
    selector: 'CallExpression[callee.property.name="localeCompare"][arguments.length<2]',
    message: "No localeCompare without a locale: the machine's own language decides the order. Or compare with <.",
  },
];

/** What of the language's own globals is not pure. Those of Node and of browsers are not defined at all there. */
export const impureGlobals = [
  { name: 'globalThis', message: `No way round to what is not pure. ${effectsInstead}` },
  { name: 'Promise', message: `A rule decides at once. ${effectsInstead}` },
  { name: 'Atomics', message: 'A rule waits for no other thread.' },
  { name: 'SharedArrayBuffer', message: 'A rule shares no memory with other threads.' },
  { name: 'WeakRef', message: 'The garbage collector decides what this answers.' },
  { name: 'FinalizationRegistry', message: 'The garbage collector decides when this happens.' },
  { name: 'eval', message: 'Text is not code.' },
  { name: 'Function', message: 'Text is not a function.' },
];

/** Pure, though not part of the language: a rule may use them. */
export const pureGlobals = {
  URL: 'readonly',
  URLSearchParams: 'readonly',
  TextEncoder: 'readonly',
  structuredClone: 'readonly',
};

const markupNames = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'dangerouslySetInnerHTML',
  'createContextualFragment',
  'parseFromString',
  'setHTMLUnsafe',
  'parseHTMLUnsafe',
  'srcdoc',
  'srcDoc',
].join('|');

/** In the pages, what strangers typed is shown as text and stays text. */
export const textAsMarkup = [
  {
    selector: `:matches(Identifier, JSXIdentifier)[name=/^(${markupNames})$/]`,
    message: 'Text would become markup. Use textContent, or build elements.',
  },
  {
    selector: `:matches(Literal[value=/^(${markupNames})$/], TemplateElement[value.raw=/^(${markupNames})$/])`,
    message: 'Text would become markup, by a name in quotation marks. Use textContent, or build elements.',
  },
  {
    selector:
      ':matches(MemberExpression[object.name=/ocument$/], MemberExpression[object.property.name=/ocument$/])[property.name=/^write(ln)?$/]',
    message: 'Text would become a document. Use textContent, or build elements.',
  },
  {
    selector: 'CallExpression[callee.property.name="setAttribute"][arguments.0.value=/^on/i]',
    message: 'Text would become code. Use addEventListener.',
  },
  { selector: 'Identifier[name="eval"]', message: 'Text would become code. There is always a function for it.' },
];

const chaiProperties = 'true|false|null|undefined|ok|exist|empty|NaN|finite|sealed|frozen|extensible|iterable';

/** In tests: a statement that is neither an action nor one of chai's assertions by property can never fail. */
export const assertsNothing = [
  {
    selector: `ExpressionStatement > MemberExpression:not([property.name=/^(${chaiProperties})$/])`,
    message: 'This asserts nothing: a chai method needs its brackets.',
  },
  {
    selector:
      'ExpressionStatement > :matches(Identifier, BinaryExpression, LogicalExpression, ConditionalExpression, TemplateLiteral, ObjectExpression, ArrayExpression, ArrowFunctionExpression)',
    message: 'This asserts nothing: wrap it in expect().',
  },
];
