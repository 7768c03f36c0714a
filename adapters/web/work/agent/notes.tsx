import { useState, useSyncExternalStore } from 'react';
import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { Icon } from '../../design/icon.js';
import { KeyHint } from '../../design/key-hint.js';
import { useWork } from './desk.hooks.js';
import { useNotesKeeper, type Saving } from './notes.keeper.js';

const savingInWords = (saving: Saving): string => {
  switch (saving.state) {
    case 'saved':
      return 'Saved';
    case 'typing':
    case 'saving':
      return 'Saving …';
    case 'failed':
      return `Not saved yet (${saving.why}). Trying again …`;
  }
};

/** Saved as they are written. Another tab's notes appear here as long as nothing was written over them. */
export const Notes = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { allows, live } = useWork();
  const keeper = useNotesKeeper();
  const saving = useSyncExternalStore(keeper.subscribe, keeper.current);
  const [text, setText] = useState(contact.notes);
  const [known, setKnown] = useState(contact.notes);
  if (contact.notes !== known) {
    setKnown(contact.notes);
    if (text === known) setText(contact.notes);
  }
  return (
    <section className="writing" aria-labelledby="notes-title">
      <header className="writing-head">
        <Icon name="note" size={15} />
        <h3 id="notes-title">Notes</h3>
        <KeyHint keys="N" />
        <span className={`writing-state writing-state--${saving.state}`} role="status">
          {(text !== '' || saving.state === 'failed') && savingInWords(saving)}
        </span>
      </header>
      <textarea
        className="text-area"
        aria-label="Notes"
        aria-keyshortcuts="N"
        placeholder="What matters for whoever has this customer next"
        maxLength={20_000}
        value={text}
        // While the connection is lost one may go on writing: it is sent when it is back.
        readOnly={live && !allows('take-notes')}
        onChange={(event) => {
          setText(event.currentTarget.value);
          keeper.change(event.currentTarget.value);
        }}
        onBlur={() => void keeper.flush()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </section>
  );
};
