import type { Link, ScreenMap } from './screen-map.schema.js';

/** A log-on, a menu or two, a list: longer ways go round in circles. */
export const longestPath = 12;

/**
 * The shortest way from one screen to another over the map's links; empty when it is the same one, nothing when there is
 * none. A link that may lead to several screens is walked in hope: what came of it is looked at before the next.
 */
export const findPath = (
  { links }: Pick<ScreenMap, 'links'>,
  from: string,
  to: string,
): readonly Link[] | undefined => {
  let ways: readonly Readonly<{ at: string; path: readonly Link[] }>[] = [{ at: from, path: [] }];
  const seen = new Set([from]);
  while (ways.length > 0) {
    const arrived = ways.find(({ at }) => at === to);
    if (arrived) return arrived.path;
    ways = ways.flatMap(({ at, path }) =>
      path.length === longestPath
        ? []
        : links
            .filter((link) => link.from === at)
            .flatMap((link) =>
              link.to
                .filter((next) => !seen.has(next))
                .map((next) => {
                  seen.add(next);
                  return { at: next, path: [...path, link] };
                }),
            ),
    );
  }
  return undefined;
};
