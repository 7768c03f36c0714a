import './key-hint.css';

const faces: Readonly<Record<string, string>> = { Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓' };

/** The key that does the same as what it stands beside. */
export const KeyHint = ({ keys }: Readonly<{ keys: string }>) => (
  <kbd className="key-hint" aria-hidden="true">
    {faces[keys] ?? keys}
  </kbd>
);
