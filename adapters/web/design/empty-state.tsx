import type { ReactNode } from 'react';
import { Icon } from './icon.js';
import type { IconName } from './icon.names.js';
import './empty-state.css';

type Given = Readonly<{ icon?: IconName; title: string; children?: ReactNode; action?: ReactNode; small?: boolean }>;

/** Nothing is here, which is a state like any other: it says why, and what comes next. `small`: inside a panel. */
export const EmptyState = ({ icon, title, children, action, small = false }: Given) => (
  <div className={small ? 'empty empty--small' : 'empty'}>
    {!small && icon && (
      <span className="empty-icon">
        <Icon name={icon} size={28} />
      </span>
    )}
    <p className="empty-title">{title}</p>
    {children !== undefined && <div className="empty-words">{children}</div>}
    {action}
  </div>
);
