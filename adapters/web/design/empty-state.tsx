import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';
import './empty-state.css';

type Given = Readonly<{ icon: IconName; title: string; children?: ReactNode; action?: ReactNode; small?: boolean }>;

/** Nothing is here, which is a state like any other: it says why, and what comes next. */
export const EmptyState = ({ icon, title, children, action, small = false }: Given) => (
  <div className={small ? 'empty empty--small' : 'empty'}>
    <span className="empty-icon">
      <Icon name={icon} size={small ? 18 : 28} />
    </span>
    <p className="empty-title">{title}</p>
    {children !== undefined && <div className="empty-words">{children}</div>}
    {action}
  </div>
);
