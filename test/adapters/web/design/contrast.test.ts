import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describe, it } from 'mocha';

type Pair = readonly [light: string, dark: string];

const tokens = readFileSync('adapters/web/design/tokens.css', 'utf8');
const colours = new Map<string, Pair>(
  [...tokens.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, [light, dark]],
  ),
);

const colour = (name: string): Pair => {
  const found = colours.get(name);
  if (!found) throw new Error(`tokens.css has no colour --${name}`);
  return found;
};

/** WCAG 2.2, relative luminance. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const states = ['ready', 'alerting', 'talking', 'held', 'wrap-up', 'unknown', 'failed'];
const surfaces = ['canvas', 'surface', 'raised', 'sunken', 'hover'];
const text = 4.5;
const shape = 3;

type Least = Readonly<{ front: string; least: number }>;
const words = (...names: readonly string[]): readonly Least[] => names.map((front) => ({ front, least: text }));
const shapes = (...names: readonly string[]): readonly Least[] => names.map((front) => ({ front, least: shape }));

/** What may stand on which ground. */
const pairs: readonly (readonly [ground: string, fronts: readonly Least[]])[] = [
  ...surfaces.map(
    (ground) =>
      [
        ground,
        [
          ...words('ink', 'ink-2', 'ink-3', 'accent', ...states.map((state) => `${state}-ink`)),
          ...shapes('line-hard', 'focus', ...states.map((state) => `${state}-solid`)),
        ],
      ] as const,
  ),
  ...states.map(
    (state) =>
      [
        `${state}-tint`,
        [...words('ink', 'ink-2', 'ink-3', `${state}-ink`), ...shapes('line-hard', 'focus', `${state}-solid`)],
      ] as const,
  ),
  ['accent-tint', [...words('ink', 'ink-2', 'ink-3', 'accent'), ...shapes('line-hard', 'focus')]],
  ...['accent-solid', 'accent-solid-hover', 'go', 'go-hover', 'stop', 'stop-hover'].map(
    (ground) => [ground, words('on-solid')] as const,
  ),
];

describe('the contrast of the pages (WCAG AA)', () => {
  it('is measured as the standard does', () => {
    expect(contrast('#000000', '#ffffff')).to.be.closeTo(21, 0.001);
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.48, 0.01);
  });

  for (const [half, scheme] of ['light', 'dark'].entries()) {
    for (const [ground, fronts] of pairs) {
      it(`is enough for all that may stand on --${ground}, ${scheme}`, () => {
        for (const { front, least } of fronts) {
          expect(contrast(colour(front)[half] ?? '', colour(ground)[half] ?? ''), front).to.be.at.least(least);
        }
      });
    }
  }
});
