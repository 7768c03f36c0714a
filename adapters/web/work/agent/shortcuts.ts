import { useEffect } from 'react';
import { wished } from '../preferences.js';

const typedInto = 'input, textarea, select, [contenteditable="true"], [role="menu"], dialog';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(typedInto) !== null;

/** Enter presses what has the focus; only where nothing has it does it mean what the page says. */
const isFree = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, summary, [role="button"]') === null;

const press = (marked: HTMLElement): void => {
  if (marked instanceof HTMLButtonElement) marked.click();
  else marked.focus();
};

const isPlain = ({ defaultPrevented, repeat, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !(defaultPrevented || repeat || ctrlKey || metaKey || altKey);

const isMeant = ({ key, target }: KeyboardEvent): boolean => {
  if (isTyping(target)) return false;
  return key === 'Enter' ? isFree(target) : !wished('no-shortcuts');
};

const onKey = (event: KeyboardEvent): void => {
  if (!isPlain(event) || !isMeant(event)) return;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const marked = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(key)}"]:not(:disabled)`);
  if (!marked) return;
  event.preventDefault();
  press(marked);
};

/**
 * A key does what the button that shows it does: pressed when it is enabled, and not otherwise. Fields that show one are
 * gone to. Never while somebody is typing.
 */
export const useShortcuts = (): void => {
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
};
