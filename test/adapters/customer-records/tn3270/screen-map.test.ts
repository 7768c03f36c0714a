import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { stringify, parse } from 'yaml';
import { loadScreenMap, ScreenMapError } from '#adapters/customer-records/tn3270/map/load-screen-map.js';
import { recognise } from '#adapters/customer-records/tn3270/map/recognise.js';
import { findPath } from '#adapters/customer-records/tn3270/map/find-path.js';
import type { Condition, ScreenMap } from '#adapters/customer-records/tn3270/map/screen-map.schema.js';
import type { Screen } from '#adapters/customer-records/tn3270/terminal/screen.js';
import { projectRoot } from '#test/architecture/project.js';

const text = readFileSync(join(projectRoot, 'config/opening-data/demo-mainframe.yaml'), 'utf8');
type Written = Record<string, unknown> & {
  parking: string;
  screens: Record<string, Record<string, unknown>>;
  links: Record<string, unknown>[];
  operations: Record<string, Record<string, unknown>>;
};

/** What is said to somebody who has changed the demo's map in this way. */
const said = (change: (map: Written) => void): string => {
  // Aliases are resolved, so that what is changed is changed once.
  const map = JSON.parse(JSON.stringify(parse(text))) as Written;
  change(map);
  try {
    loadScreenMap(stringify(map));
  } catch (error) {
    if (error instanceof ScreenMapError) return error.message;
    throw error;
  }
  return 'nothing';
};

describe('a map of screens', () => {
  it('is accepted as it is shipped', () => {
    expect(Object.keys(loadScreenMap(text).operations)).to.deep.equal(['lookup', 'lookup-account', 'save-remark']);
    expect(said(() => undefined)).to.equal('nothing');
  });

  const faults: readonly (readonly [string, (map: Written) => void, RegExp])[] = [
    ['an unknown word', (map) => (map['speed'] = 1), /speed/],
    [
      'a key that is none',
      (map) => (map.links[0] = { ...map.links[0], key: 'F3' }),
      /a key: Enter, Clear, PF1 to PF24/,
    ],
    [
      'a bad regular expression',
      (map) => (map.screens['guest'] = { when: [{ regex: '(' }] }),
      /is no regular expression/,
    ],
    [
      'a condition that says two things',
      (map) => (map.screens['guest'] = { when: [{ text: 'A', regex: 'B' }] }),
      /says one thing/,
    ],
    [
      'a field beyond the screen',
      (map) => (map.screens['guest'] = { when: [{ text: 'A' }], fields: { x: { at: [24, 70], length: 20 } } }),
      /screens.guest.fields.x: does not fit on a screen of 24 × 80/,
    ],
    [
      'a link into nowhere',
      (map) => (map.links[0] = { ...map.links[0], to: ['home'] }),
      /links.0: there is no screen home/,
    ],
    [
      'a field that the screen does not have',
      (map) => (map.links[0] = { ...map.links[0], fill: { pin: '1' } }),
      /links.0: screen log-on has no field pin/,
    ],
    [
      'an input that nobody gives',
      (map) => (map.links[0] = { ...map.links[0], fill: { user: '$pin' } }),
      /links.0: there is no input \$pin/,
    ],
    [
      'a result from nowhere',
      (map) => (map.operations['lookup'] = { ...map.operations['lookup'], returns: { x: 'guest.shoe' } }),
      /operations.lookup.returns.x: there is no field guest.shoe/,
    ],
    [
      'a result that is secret',
      (map) => (map.operations['lookup'] = { ...map.operations['lookup'], returns: { x: 'log-on.password' } }),
      /log-on.password is secret/,
    ],
    [
      'a write that nothing confirms',
      (map) => delete map.operations['save-remark']?.['confirm'],
      /operations.save-remark: a write needs a confirm/,
    ],
    [
      'a list that is none',
      (map) => (map.operations['lookup'] = { ...map.operations['lookup'], list: 'guest' }),
      /screen guest has no list/,
    ],
    [
      'a start that no way leads to',
      (map) => (map.links = map.links.filter(({ from }) => from !== 'menu')),
      /no links lead from menu to search/,
    ],
  ];
  for (const [what, change, answer] of faults) {
    it(`is turned down for ${what}, with the place`, () => {
      expect(said(change)).to.match(answer);
    });
  }

  it('is turned down when it is no YAML, is far too long, or a bomb', () => {
    const bomb = `a: &a [${'x,'.repeat(9)}x]\n${'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]},`.repeat(9)}*${'abcdefghij'[index]}]`)
      .join('\n')}`;
    for (const bad of ['{', 'a'.repeat(1_000_001), '[]', bomb]) {
      expect(() => loadScreenMap(bad), bad.slice(0, 20)).to.throw();
    }
    expect(() => loadScreenMap('{')).to.throw(ScreenMapError, 'no YAML');
  });
});

const screenOf = (...lines: readonly string[]): Screen => ({
  rows: 24,
  columns: 80,
  lines: Array.from({ length: 24 }, (_, row) => (lines[row] ?? '').padEnd(80)),
  fields: [
    { start: { row: 3, column: 2 }, length: 5, protected: false, numeric: false, hidden: false },
    { start: { row: 4, column: 2 }, length: 5, protected: true, numeric: false, hidden: false },
  ],
  cursor: { row: 1, column: 1 },
  formatted: true,
});

const mapWith = (screens: Readonly<Record<string, readonly Condition[]>>): Pick<ScreenMap, 'screens'> => ({
  screens: Object.fromEntries(
    Object.entries(screens).map(([id, when]) => [id, { when: [...when], fields: {}, errors: [] }]),
  ),
});

const idOf = (screens: Readonly<Record<string, readonly Condition[]>>, screen: Screen): string => {
  const found = recognise(mapWith(screens), screen);
  return found.outcome === 'recognised' ? found.id : found.outcome;
};

describe('a screen', () => {
  const menu = screenOf(' PPR1  MAIN MENU');

  it('is known by what stands at a place, in a row, or anywhere', () => {
    expect(idOf({ a: [{ at: [1, 2], text: 'PPR1' }] }, menu)).to.equal('a');
    expect(idOf({ a: [{ at: [1, 1], text: 'PPR1' }] }, menu)).to.equal('unknown');
    expect(idOf({ a: [{ row: 1, text: 'MENU' }] }, menu)).to.equal('a');
    expect(idOf({ a: [{ row: 2, text: 'MENU' }] }, menu)).to.equal('unknown');
    expect(idOf({ a: [{ regex: 'M[AE]IN' }] }, menu)).to.equal('a');
    expect(idOf({ a: [{ at: [1, 2], regex: 'PPR\\d' }] }, menu)).to.equal('a');
    expect(idOf({ a: [{ at: [1, 2], regex: 'MENU' }] }, menu)).to.equal('unknown');
  });

  it('is known by what it has not, and by how it is laid out', () => {
    expect(idOf({ a: [{ text: 'ERROR', not: true }] }, menu)).to.equal('a');
    expect(idOf({ a: [{ text: 'MENU', not: true }] }, menu)).to.equal('unknown');
    expect(idOf({ a: [{ inputFields: 1 }] }, menu)).to.equal('a');
    expect(idOf({ a: [{ inputFields: 2 }] }, menu)).to.equal('unknown');
    expect(idOf({ a: [{ formatted: false }] }, menu)).to.equal('unknown');
  });

  it('is the one that is described most closely, whichever stands first', () => {
    const close = [{ text: 'MENU' }, { text: 'PPR1' }];
    expect(idOf({ wide: [{ text: 'MENU' }], close }, menu)).to.equal('close');
    expect(idOf({ close, wide: [{ text: 'MENU' }] }, menu)).to.equal('close');
    expect(idOf({ a: [{ text: 'MENU' }], b: [{ text: 'MAIN' }] }, menu), 'equally well').to.equal('ambiguous');
  });
});

describe('the way to a screen', () => {
  const link = (from: string, ...to: readonly string[]) => ({ from, to: [...to], key: 'Enter', fill: {} });

  it('is the shortest', () => {
    const links = [link('a', 'b'), link('b', 'c'), link('c', 'd'), link('a', 'c')];
    expect(findPath({ links }, 'a', 'd')?.map(({ to }) => to[0])).to.deep.equal(['c', 'd']);
    expect(findPath({ links }, 'a', 'a')).to.deep.equal([]);
    expect(findPath({ links }, 'd', 'a')).to.equal(undefined);
  });

  it('does not go round in circles, and is not longer than a person would go', () => {
    const chain = Array.from({ length: 20 }, (_, index) => link(String(index), String(index + 1)));
    expect(findPath({ links: [link('a', 'b'), link('b', 'a')] }, 'a', 'z')).to.equal(undefined);
    expect(findPath({ links: chain }, '0', '12')).to.have.length(12);
    expect(findPath({ links: chain }, '0', '13')).to.equal(undefined);
  });
});
