import { onClick, typed, write } from './dom.js';

/** Asks before a second call ends the first one. Escape stays on the call. */
export const secondCallView = () => {
  const dialog = typed(HTMLDialogElement, 'second');
  const words = typed(HTMLElement, 'second-words');
  let answer = (_yes: boolean): void => undefined;
  onClick('second-yes', () => {
    answer(true);
    dialog.close();
  });
  onClick('second-no', () => {
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    answer(false);
  });

  return (question: string): Promise<boolean> =>
    new Promise((decided) => {
      // A newer question takes the place of the one before.
      answer(false);
      answer = decided;
      write(words, question);
      if (!dialog.open) dialog.showModal();
    });
};
