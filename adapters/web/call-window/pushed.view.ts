import { oneLine, webAddress } from '../design/stranger-text.js';
import { byId, onClick, write } from './dom.js';
import type { Model } from './model.js';
import type { PushedPage } from './pushed-pages.js';

export type PushedActions = Readonly<{ accept: () => void; refuse: () => void; open: (url: string) => void }>;

/** Who shows what, and what became of it. */
const wordsOf = ({ by, label, state }: PushedPage, typing: boolean): string => {
  switch (state) {
    case 'looking':
    case 'waiting':
      return `${by} shows you: ${label}`;
    case 'asking':
      return `${by} wants to show you: ${label}${typing ? '. What you have typed on the page may be lost.' : ''}`;
    case 'shown':
      return `${by} showed you: ${label}`;
    case 'gone':
      return `${by} wants to show you: ${label}. The shop’s page is closed.`;
    case 'failed':
      return `${by} wanted to show you: ${label}. It did not open.`;
  }
};

/** The page that the agent shows. */
export const pushedView = ({ accept, refuse, open }: PushedActions) => {
  const [card, words] = [byId('pushed'), byId('pushed-words')];
  let address = '';
  const show = onClick('show', accept);
  const no = onClick('refuse', refuse);
  const openIt = onClick('open', () => {
    open(address);
  });

  const buttons = ({ state, url }: PushedPage): void => {
    address = webAddress(url)?.href ?? '';
    show.hidden = state !== 'asking';
    openIt.hidden = !['gone', 'failed'].includes(state) || !address;
    no.hidden = ['looking', 'waiting'].includes(state);
    write(no, state === 'asking' ? 'No, thanks' : 'Close');
  };

  return ({ pushed, told }: Model): void => {
    card.hidden = !pushed;
    if (!pushed) return;
    write(words, oneLine(wordsOf(pushed, told?.typing === true), 240));
    buttons(pushed);
  };
};
