import type { KeyboardEvent } from 'react';
import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { Button } from '../../design/button.js';
import { KeyHint } from '../../design/key-hint.js';
import { useWork } from './desk.hooks.js';
import { useNotesKeeper } from './notes.keeper.js';
import { dispositions } from './words.js';

/** How the call ended. One key or click ends the wrap-up, after the notes are safe. */
export const Disposition = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { allows, busy, act } = useWork();
  const notes = useNotesKeeper();
  const enabled = allows('record-disposition') && !busy('record-disposition');

  const record = async (code: string): Promise<void> => {
    if (await notes.flush()) await act({ type: 'record-disposition', contactId: contact.contactId, code });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = enabled ? dispositions[Number(event.key) - 1] : undefined;
    if (!chosen || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void record(chosen.code);
  };

  return (
    <div
      className="disposition"
      role="group"
      aria-labelledby="disposition-title"
      aria-keyshortcuts="D"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <h3 id="disposition-title" className="disposition-title">
        How did it end? <KeyHint keys="D" />
      </h3>
      <div className="disposition-codes">
        {dispositions.map(({ code, label }, index) => (
          <Button key={code} disabled={!enabled} onClick={() => void record(code)}>
            <span className="disposition-key">
              <KeyHint keys={String(index + 1)} />
            </span>
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
};
