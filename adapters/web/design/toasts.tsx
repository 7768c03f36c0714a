import { useSyncExternalStore } from 'react';
import { Button } from './button.js';
import { Icon } from './icon.js';
import type { IconName } from './icon.names.js';
import { dismiss, noticesStore, type Notice } from './notices.js';
import './toasts.css';

const icons: Readonly<Record<Notice['tone'], IconName>> = {
  failed: 'warning',
  held: 'warning',
  talking: 'check',
  accent: 'bell',
};

const Toast = ({ notice }: Readonly<{ notice: Notice }>) => (
  <li className={`toast toast--${notice.tone}`}>
    <Icon name={icons[notice.tone]} size={18} />
    <div className="toast-words">
      <p className="toast-title">{notice.title}</p>
      {notice.detail !== undefined && <p className="toast-detail">{notice.detail}</p>}
    </div>
    <Button
      tone="quiet"
      size="small"
      icon="cross"
      iconOnly
      onClick={() => {
        dismiss(notice.id);
      }}
    >
      Dismiss
    </Button>
  </li>
);

/** One for the whole page. */
export const Toasts = () => {
  const notices = useSyncExternalStore(noticesStore.subscribe, noticesStore.current);
  return (
    <section className="toasts" aria-label="Notices">
      <div role="log" aria-live="polite" aria-relevant="additions">
        <ul>
          {notices.map((notice) => (
            <Toast key={notice.id} notice={notice} />
          ))}
        </ul>
      </div>
    </section>
  );
};
