import { useState } from 'react';
import type { DesktopContact, DtmfHint } from '#domain/views/agent-desktop.js';
import type { IconName } from '../../design/icon.names.js';
import { Icon } from '../../design/icon.js';
import { oneLine } from '../../design/stranger-text.js';
import { useWork } from './desk.hooks.js';

const icons: Readonly<Record<string, IconName>> = { page: 'page', media: 'volume', 'hand-to-merchant': 'send' };
const manyCodes = 8;

type Row = Readonly<{ code: string; label: string; icon: IconName }>;

const rowOf = ({ code, label, kind }: DtmfHint): Row => ({
  code,
  label: oneLine(label, 80),
  icon: icons[kind] ?? 'keypad',
});

const matching = (rows: readonly Row[], sought: string): readonly Row[] => {
  const words = sought.trim().toLocaleLowerCase();
  return rows.filter(({ code, label }) => `${code} ${label}`.toLocaleLowerCase().includes(words));
};

type Given = Readonly<{ contact: DesktopContact; enabled: boolean; onKey: (digits: string) => void }>;

/** What the codes do. A click keys the whole code. */
export const DtmfTable = ({ contact, enabled, onKey }: Given) => {
  const { profile, desktop } = useWork();
  const [sought, setSought] = useState('');
  const rows = profile.dtmf.map(rowOf);
  const own: readonly Row[] =
    desktop.channelCode === undefined || contact.inChannel
      ? []
      : [{ code: desktop.channelCode, label: 'Customer joins your channel', icon: 'chat' }];
  return (
    <section className="codes" aria-labelledby="codes-title">
      <div className="codes-head">
        <h3 id="codes-title">Codes</h3>
        {rows.length > manyCodes && (
          <input
            className="field-input codes-search"
            aria-label="Find a code"
            placeholder="Find"
            value={sought}
            onChange={(event) => {
              setSought(event.currentTarget.value);
            }}
          />
        )}
      </div>
      <ul className="codes-list">
        {matching([...own, ...rows], sought).map(({ code, label, icon }) => (
          <li key={code}>
            <button
              type="button"
              className="code"
              disabled={!enabled}
              onClick={() => {
                onKey(code);
              }}
            >
              <span className="code-keys">{code}</span>
              <span className="code-label">{label}</span>
              <Icon name={icon} size={14} />
            </button>
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p className="quiet codes-none">The merchant has no codes yet.</p>}
    </section>
  );
};
