import type { CallWindow } from '#domain/views/call-window.js';
import type { FromPage } from '../shared/page-messages.js';
import { elapsed, otherWords, refusalWords, wordsOf, type Words } from './call-words.js';
import type { KeptCall, Preferences } from './kept-call.types.js';
import type { PushedPage } from './pushed-pages.js';

/** How far this window has come. `called`: the server knows the call, and says the rest. */
export type Phase = keyof typeof otherWords | 'refused' | 'called';

/** A message on its way; `failed` ones can be sent again. */
export type Outgoing = Readonly<{ messageId: string; text: string; failed: boolean }>;

/** All that the window shows. */
export type Model = {
  phase: Phase;
  /** Why the click was refused. */
  code: string;
  kept: KeptCall | undefined;
  window: CallWindow | undefined;
  connected: boolean;
  hangingUp: boolean;
  told: FromPage | undefined;
  pushed: PushedPage | undefined;
  outgoing: readonly Outgoing[];
  preferences: Preferences;
};

export const isOver = ({ phase, window }: Model): boolean =>
  ['over', 'refused', 'unreachable', 'no-page'].includes(phase) || ['ended', 'failed'].includes(window?.state ?? '');

/** The server has the call, and it is not over. */
export const isLive = (model: Model): boolean => model.phase === 'called' && !isOver(model);

/** State and hint of the moment. `now`: by the server's clock. */
export const wordsFor = (model: Model): Words => {
  const { phase, code, window, hangingUp, kept } = model;
  if (phase === 'refused') return refusalWords(code);
  if (phase !== 'called') return otherWords[phase];
  if (!window) return otherWords.placing;
  const words = wordsOf(window);
  if (isOver(model)) {
    const talked = kept?.answeredAt === undefined ? '' : `You talked for ${elapsed(window.since - kept.answeredAt)}.`;
    return { ...words, hint: `${words.hint} ${talked}`.trim() };
  }
  return hangingUp ? { ...words, tone: 'calm', state: 'Hanging up', hint: '' } : words;
};

const passing = ['', 'rate-limited', 'log-unavailable', 'internal-error'];

/** May the customer call again from here? Only where the same icon can still place a call. */
export const canCallAgain = (model: Model): boolean =>
  isOver(model) && ['unreachable', 'refused', 'called'].includes(model.phase) && passing.includes(model.code);
