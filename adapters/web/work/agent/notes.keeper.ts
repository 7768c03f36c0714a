import { createContext, use } from 'react';
import type { ContactId } from '#domain/kernel/ids.js';
import type { Desk } from '../wire/desk.js';

export type Saving =
  | Readonly<{ state: 'saved' }>
  | Readonly<{ state: 'typing' }>
  | Readonly<{ state: 'saving' }>
  | Readonly<{ state: 'failed'; why: string }>;

/** Sends what is written, a little after the last key; tries again until the server has it. */
export type NotesKeeper = Readonly<{
  change: (text: string) => void;
  /** Sends now what is not saved yet. True when nothing is left to save. */
  flush: () => Promise<boolean>;
  subscribe: (listener: () => void) => () => void;
  current: () => Saving;
  /** Keeps while the contact is on the screen; what ends it saves what is left. */
  begin: () => () => void;
}>;

const pause = 600;
const again = 3000;

export const keepNotes = (desk: Desk, contactId: ContactId): NotesKeeper => {
  let saving: Saving = { state: 'saved' };
  let unsaved: string | undefined;
  let timer: number | undefined;
  const listeners = new Set<() => void>();

  const become = (next: Saving): void => {
    saving = next;
    for (const listener of listeners) listener();
  };

  const soon = (delay: number): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void flush(), delay);
  };

  const flush = async (): Promise<boolean> => {
    window.clearTimeout(timer);
    if (unsaved === undefined) return true;
    const text = unsaved;
    become({ state: 'saving' });
    const answer = await desk.request({ type: 'take-notes', contactId, text });
    if (!answer.ok) {
      become({ state: 'failed', why: answer.problem.title });
      soon(again);
      return false;
    }
    if (unsaved !== text) return flush();
    unsaved = undefined;
    become({ state: 'saved' });
    return true;
  };

  /** The last that a page is told before it goes. */
  const onHidden = (): void => {
    if (document.visibilityState === 'hidden') void flush();
  };

  return {
    change: (text) => {
      unsaved = text;
      become({ state: 'typing' });
      soon(pause);
    },
    flush,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current: () => saving,
    begin: () => {
      document.addEventListener('visibilitychange', onHidden);
      return () => {
        document.removeEventListener('visibilitychange', onHidden);
        void flush().then(() => {
          window.clearTimeout(timer);
        });
      };
    },
  };
};

const Keeper = createContext<NotesKeeper | undefined>(undefined);
export const NotesProvider = Keeper.Provider;

export const useNotesKeeper = (): NotesKeeper => {
  const keeper = use(Keeper);
  if (!keeper) throw new Error('used outside a contact');
  return keeper;
};
