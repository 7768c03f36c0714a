import { elapsed } from './call-words.js';
import { oneLine } from '../design/stranger-text.js';
import { byId, onClick, write } from './dom.js';
import { canCallAgain, isLive, isOver, wordsFor, type Model } from './model.js';

const initials = (name: string): string =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.slice(0, 1))
    .join('')
    .slice(0, 2);

/** Who is being called, how far that has come, and what can be done when it is over. */
export const callView = (callAgain: () => void) => {
  const [call, merchant, label, face] = [byId('call'), byId('merchant'), byId('label'), byId('face')];
  const [state, timer, hint, offline, after] = [
    byId('state'),
    byId('timer'),
    byId('hint'),
    byId('offline'),
    byId('after'),
  ];
  const again = onClick('again', callAgain);
  onClick('close', () => {
    window.close();
  });

  const showPartner = (name: string, icon: string): void => {
    write(merchant, name || 'Your call');
    write(label, icon);
    write(face, initials(name));
  };

  return (model: Model, now: number): void => {
    const { window: told, connected } = model;
    const live = isLive(model);
    const { tone, ...words } = wordsFor(model);
    const said = oneLine(words.state, 120);
    const name = oneLine(told?.merchantName ?? '', 80);
    showPartner(name, oneLine(told?.iconLabel ?? '', 80));
    call.dataset['tone'] = tone;
    write(state, said);
    write(hint, oneLine(words.hint, 240));
    write(timer, told && live ? elapsed(now - told.since) : '');
    write(offline, live && !connected ? 'Connection lost. Trying to get back…' : '');
    document.title = name ? `${said} – ${name}` : said;
    again.hidden = !canCallAgain(model);
    after.hidden = !isOver(model);
  };
};
