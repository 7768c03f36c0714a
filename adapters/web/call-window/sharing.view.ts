import { oneLine } from '../design/stranger-text.js';
import { byId, typed, write } from './dom.js';
import type { Preferences } from './kept-call.types.js';
import { isLive, type Model } from './model.js';
import { shareable, sharedGroups, sharedNames, type SharedGroup } from './shared-context.js';

const countOf = (count: number, thing: string): string => (count ? `${count} ${thing}${count === 1 ? '' : 's'}` : '');
const things: Readonly<Record<SharedGroup, string>> = { pages: 'page', forms: 'field', cookies: 'cookie' };
const nothing = { pages: [], forms: {}, cookies: {} };

/** What the agent is told of the shop's page, name by name, and a switch for each kind. */
export const sharingView = (changed: (preferences: Preferences) => void) => {
  const sharing = byId('sharing');
  const sum = byId('shared-sum');
  const askFirst = typed(HTMLInputElement, 'ask-first');
  const rows = sharedGroups.map((group) => {
    const box = typed(HTMLInputElement, `share-${group}`);
    return { group, box, names: box.parentElement?.lastElementChild as HTMLElement };
  });
  const change = (): void => {
    const share = Object.fromEntries(rows.map(({ group, box }) => [group, box.checked])) as Preferences['share'];
    changed({ share, askBeforeShowing: askFirst.checked });
  };
  for (const { box } of rows) box.addEventListener('change', change);
  askFirst.addEventListener('change', change);

  const namesOf = ({ preferences, told, window: call }: Model) =>
    sharedNames(shareable(told ?? nothing, preferences.share, call?.capture));

  return (model: Model): void => {
    const { preferences } = model;
    sharing.hidden = !isLive(model) || !model.window;
    const names = namesOf(model);
    for (const { group, box, names: list } of rows) {
      box.checked = preferences.share[group];
      write(list, oneLine(names[group].slice(-3).join(', ') || (box.checked ? 'Nothing yet' : 'Not shared'), 160));
    }
    askFirst.checked = preferences.askBeforeShowing;
    const sums = sharedGroups.map((group) => countOf(names[group].length, things[group])).filter(Boolean);
    write(sum, sums.join(', ') || 'nothing');
  };
};
