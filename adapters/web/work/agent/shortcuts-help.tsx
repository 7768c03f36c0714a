import { useRef } from 'react';
import { Button } from '../../design/button.js';
import { KeyHint } from '../../design/key-hint.js';
import { setWish, useWish } from '../preferences.js';
import './shortcuts-help.css';

const keys: readonly (readonly [string, string])[] = [
  ['Enter', 'Answer the call that rings'],
  ['R', 'Ready'],
  ['B', 'Not ready: choose why'],
  ['H', 'Hold, and back'],
  ['T', 'Transfer to a colleague'],
  ['C', 'Add a colleague'],
  ['X', 'Hang up'],
  ['0–9', 'Digits, * and # go into the call'],
  ['/', 'Keypad, where single keys do not act'],
  ['N', 'Notes'],
  ['M', 'Message to the customer'],
  ['D', 'How it ended: then a number'],
  ['Escape', 'Leave the field that you are in'],
  ['?', 'This list'],
];

/** The keys of the desktop, and the way to switch them off (WCAG 2.1.4). */
export const ShortcutsHelp = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  const off = useWish('no-shortcuts');
  return (
    <>
      <Button tone="quiet" size="small" icon="keyboard" shortcut="?" onClick={() => dialog.current?.showModal()}>
        Keys
      </Button>
      <dialog ref={dialog} className="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">Everything by keyboard</h2>
        <dl className="keys-list">
          {keys.map(([key, meaning]) => (
            <div key={key} className="keys-row">
              <dt>
                <KeyHint keys={key} />
                <span className="visually-hidden">{key}</span>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <label className="keys-off">
          <input
            type="checkbox"
            checked={!off}
            onChange={(event) => {
              setWish('no-shortcuts', !event.currentTarget.checked);
            }}
          />
          Single keys act. Enter and Tab always do.
        </label>
        <Button tone="primary" onClick={() => dialog.current?.close()}>
          Close
        </Button>
      </dialog>
    </>
  );
};
