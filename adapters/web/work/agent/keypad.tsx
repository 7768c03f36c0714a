import { useRef, useState, type KeyboardEvent } from 'react';
import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { timeOfDay } from '../../design/format.js';
import { Icon } from '../../design/icon.js';
import { KeyHint } from '../../design/key-hint.js';
import { oneLine } from '../../design/stranger-text.js';
import { useWork } from './desk.hooks.js';
import { DtmfTable } from './dtmf-table.js';
import './keypad.css';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const names: Readonly<Record<string, string>> = { '*': 'star', '#': 'hash' };
const aBurst = 32;
const shownDigits = 14;

/**
 * Sends each key at once; what is keyed while one is on its way follows as a burst, in order. A refusal drops what was
 * not sent: half a code must not be completed later by another one's digits.
 */
const useKeying = () => {
  const { act } = useWork();
  const [keyed, setKeyed] = useState('');
  const waiting = useRef('');
  const sending = useRef(false);
  const drain = async (): Promise<void> => {
    if (sending.current) return;
    sending.current = true;
    while (waiting.current !== '') {
      const digits = waiting.current.slice(0, aBurst);
      waiting.current = waiting.current.slice(aBurst);
      if (!(await act({ type: 'key-digits', digits }))) waiting.current = '';
    }
    sending.current = false;
  };
  return {
    keyed,
    key: (digits: string): void => {
      setKeyed((before) => before + digits);
      waiting.current += digits;
      void drain();
    },
  };
};

const LastCode = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { lastDtmf } = contact;
  if (!lastDtmf) return <p className="keyed-last quiet">Codes are heard by Trunkline, not by the customer.</p>;
  const recognised = lastDtmf.outcome === 'recognised';
  return (
    <p className={`keyed-last keyed-last--${lastDtmf.outcome}`}>
      <Icon name={recognised ? 'check' : 'warning'} size={14} />
      <span className="keyed-note">
        <strong>
          <bdi>{oneLine(lastDtmf.code, 16)}</bdi>
        </strong>{' '}
        <bdi>{oneLine(lastDtmf.note, 80)}</bdi>
      </span>
      <span className="quiet">{timeOfDay(lastDtmf.at)}</span>
    </p>
  );
};

/** The keypad, with what its codes do beside it. By mouse, or by keyboard wherever nobody is typing. */
export const Keypad = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { allows } = useWork();
  const { keyed, key } = useKeying();
  const enabled = allows('key-digits');
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (!enabled || !/^[0-9*#]$/.test(event.key)) return;
    event.preventDefault();
    key(event.key);
  };
  return (
    <aside className="side" aria-label="Keypad and codes">
      <div
        className="keypad"
        role="group"
        aria-label="Keypad: type digits, star or hash"
        aria-keyshortcuts="/"
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className="keypad-head">
          <Icon name="keypad" size={15} />
          <h3>Keypad</h3>
          <KeyHint keys="/" />
        </div>
        <output className="keyed" aria-label="Keyed in this call">
          {keyed === '' ? <span className="keyed-none">No key yet</span> : keyed.slice(-shownDigits)}
        </output>
        <LastCode contact={contact} />
        <div className="keys-grid">
          {keys.map((each) => (
            <button
              key={each}
              type="button"
              className="key"
              aria-label={names[each]}
              aria-keyshortcuts={each}
              disabled={!enabled}
              onClick={() => {
                key(each);
              }}
            >
              {each}
            </button>
          ))}
        </div>
      </div>
      <DtmfTable contact={contact} enabled={enabled} onKey={key} />
    </aside>
  );
};
