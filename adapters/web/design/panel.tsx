import { useId, type ReactNode } from 'react';
import { Icon } from './icon.js';
import type { IconName } from './icon.names.js';
import './panel.css';

type Given = Readonly<{
  title: string;
  icon?: IconName;
  /** Beside the title: how many, since when, whose. */
  aside?: ReactNode;
  /** What is in it says what it is: the title is for those who do not see it. */
  bare?: boolean;
  /** Where it stands in its grid. */
  className?: string;
  children: ReactNode;
}>;

/** A named part of a page. */
export const Panel = ({ title, icon, aside, bare = false, className = '', children }: Given) => {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className={bare ? 'visually-hidden' : 'panel-head'}>
        {icon && <Icon name={icon} size={15} />}
        <h3 id={id}>{title}</h3>
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
};
