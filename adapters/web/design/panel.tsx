import { useId, type ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';
import './panel.css';

type Given = Readonly<{
  title: string;
  icon?: IconName;
  /** Beside the title: how many, since when, whose. */
  aside?: ReactNode;
  /** Where it stands in its grid. */
  className?: string;
  children: ReactNode;
}>;

/** A named part of a page. */
export const Panel = ({ title, icon, aside, className = '', children }: Given) => {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        {icon && <Icon name={icon} size={15} />}
        <h3 id={id}>{title}</h3>
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
};
