import { useEffect, useState } from 'react';

const say = new EventTarget();

/** Says it once to those who listen to the screen; `at once` interrupts what is being said. */
export const announce = (text: string, when: 'in turn' | 'at once' = 'in turn'): void => {
  say.dispatchEvent(new CustomEvent<Said>('said', { detail: { text, when } }));
};

type Said = Readonly<{ text: string; when: 'in turn' | 'at once' }>;

/** One for the whole page. */
export const Announcer = () => {
  const [said, setSaid] = useState<Said>({ text: '', when: 'in turn' });
  useEffect(() => {
    const hear = (event: Event): void => {
      if (event instanceof CustomEvent) setSaid(event.detail as Said);
    };
    say.addEventListener('said', hear);
    return () => {
      say.removeEventListener('said', hear);
    };
  }, []);
  return (
    <div className="visually-hidden">
      <div aria-live="polite" data-announcer="polite">
        {said.when === 'in turn' ? said.text : ''}
      </div>
      <div aria-live="assertive" data-announcer="assertive">
        {said.when === 'at once' ? said.text : ''}
      </div>
    </div>
  );
};
