import { useEffect, useState } from 'react';

/** `at once` interrupts what is being said. */
type When = 'in turn' | 'at once';
type Said = Readonly<{ text: string; when: When }>;

const saying = new EventTarget();

/** Says it once to those who listen to the screen. */
export const announce = (text: string, when: When = 'in turn'): void => {
  saying.dispatchEvent(new CustomEvent<Said>('said', { detail: { text, when } }));
};

/** One for the whole page. What is said in turn leaves what was said at once where it is: it may still be read out. */
export const Announcer = () => {
  const [inTurn, setInTurn] = useState('');
  const [atOnce, setAtOnce] = useState('');
  useEffect(() => {
    const hear = (event: Event): void => {
      if (!(event instanceof CustomEvent)) return;
      const { text, when } = event.detail as Said;
      if (when === 'at once') setAtOnce(text);
      else setInTurn(text);
    };
    saying.addEventListener('said', hear);
    return () => {
      saying.removeEventListener('said', hear);
    };
  }, []);
  return (
    <div className="visually-hidden">
      <div aria-live="polite" data-announcer="polite">
        {inTurn}
      </div>
      <div aria-live="assertive" data-announcer="assertive">
        {atOnce}
      </div>
    </div>
  );
};
