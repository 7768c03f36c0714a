import type { ReactNode } from 'react';
import { Icon } from '../../design/icon.js';
import type { IconName } from '../../design/icon.names.js';
import { Menu } from '../../design/menu.js';
import { ThemeSwitch } from '../../design/theme-switch.js';
import { Attention } from '../agent/attention.js';
import { Link } from '../navigation.js';
import type { Route } from '../route.js';
import { leave } from '../session.store.js';
import type { Desk } from '../wire/desk.js';
import { mayReadJourneys, type Me } from '../wire/session.js';
import { Brand } from './brand.js';
import './shell.css';

type Place = Readonly<{ to: Route; label: string; icon: IconName; covers: readonly Route['page'][] }>;

const desktop: Place = { to: { page: 'agent' }, label: 'Desktop', icon: 'headset', covers: ['agent'] };
const journeys: Place = {
  to: { page: 'journeys' },
  label: 'Journeys',
  icon: 'journey',
  covers: ['journeys', 'journey'],
};

const PersonMenu = ({ me }: Readonly<{ me: Me }>) => (
  <Menu
    label={me.displayName}
    title={`Signed in as ${me.displayName}`}
    icon="person"
    tone="quiet"
    className="shell-person"
    items={[
      {
        key: 'sign-out',
        label: 'Sign out',
        before: <Icon name="log-out" />,
        after: me.merchantId,
        onChoose: () => void leave(),
      },
    ]}
  />
);

type Given = Readonly<{ me: Me; desk: Desk | undefined; route: Route; children: ReactNode }>;

/** What stands around every page: where one is, what calls, who one is. */
export const Shell = ({ me, desk, route, children }: Given) => (
  <div className="shell">
    <a className="shell-skip" href="#content">
      Skip to the content
    </a>
    <header className="shell-bar">
      <Brand />
      <nav className="shell-nav" aria-label="Pages">
        {[...(desk ? [desktop] : []), ...(mayReadJourneys(me) ? [journeys] : [])].map(({ to, label, icon, covers }) => (
          <Link key={label} to={to} className="shell-link" current={covers.includes(route.page)}>
            <Icon name={icon} />
            <span>{label}</span>
          </Link>
        ))}
      </nav>
      <div className="shell-end">
        {desk && <Attention desk={desk} onDesktop={route.page === 'agent'} />}
        <ThemeSwitch />
        <PersonMenu me={me} />
      </div>
    </header>
    <main id="content" className="shell-content" tabIndex={-1}>
      {children}
    </main>
  </div>
);
