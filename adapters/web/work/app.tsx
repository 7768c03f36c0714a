import { useEffect } from 'react';
import { Announcer } from '../design/announcer.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { Skeleton } from '../design/skeleton.js';
import { Toasts } from '../design/toasts.js';
import { AgentPage } from './agent/agent.page.js';
import { JourneyPage } from './journeys/journey.page.js';
import { JourneysPage } from './journeys/journeys.page.js';
import { go, Link, useRoute } from './navigation.js';
import { pathOf, type Route } from './route.js';
import { learnSession, useSession, type Session } from './session.store.js';
import { Shell } from './shell/shell.js';
import { SignInPage } from './sign-in/sign-in.page.js';
import type { Me } from './wire/session.js';
import type { Desk } from './wire/desk.js';
import './app.css';

const homeOf = (me: Me): Route => (me.roles.includes('agent') ? { page: 'agent' } : { page: 'journeys' });

const NotAnAgent = () => (
  <EmptyState icon="headset" title="This account takes no calls">
    The desktop is for agents. Journeys are open to you: <Link to={{ page: 'journeys' }}>see what happened</Link>.
  </EmptyState>
);

const Unknown = () => (
  <EmptyState icon="search" title="There is no page at this address">
    <Link to={{ page: 'home' }}>Go to where you work</Link>
  </EmptyState>
);

const Content = ({ route, me, desk }: Readonly<{ route: Route; me: Me; desk: Desk | undefined }>) => {
  switch (route.page) {
    case 'agent':
      return desk ? <AgentPage desk={desk} /> : <NotAnAgent />;
    case 'journeys':
      return <JourneysPage merchantId={me.merchantId} />;
    case 'journey':
      return <JourneyPage key={route.contactId} merchantId={me.merchantId} route={route} />;
    case 'home':
    case 'sign-in':
      return null;
    case 'unknown':
      return <Unknown />;
  }
};

/** Sends people where they belong: in when they are signed in, to the door when they are not. */
const useRightPlace = (session: Session, route: Route): void => {
  useEffect(() => {
    if (session.state === 'signed-out' && route.page !== 'sign-in') {
      go(route.page === 'home' ? { page: 'sign-in' } : { page: 'sign-in', next: pathOf(route) }, 'replace');
    }
    if (session.state !== 'signed-in') return;
    if (route.page === 'home') go(homeOf(session.me), 'replace');
    if (route.page === 'sign-in') go(route.next ?? homeOf(session.me), 'replace');
  }, [session, route]);
};

const Place = ({ session, route }: Readonly<{ session: Session; route: Route }>) => {
  switch (session.state) {
    case 'asking':
      return (
        <main className="app-wait">
          <Skeleton label="Finding out who is signed in" lines={[40, 80, 65]} />
        </main>
      );
    case 'unreachable':
      return (
        <main className="app-wait">
          <EmptyState
            icon="offline"
            title={session.problem.title}
            action={
              <Button icon="refresh" tone="primary" onClick={() => void learnSession()}>
                Try again
              </Button>
            }
          >
            {session.problem.detail}
          </EmptyState>
        </main>
      );
    case 'signed-out':
      return route.page === 'sign-in' ? <SignInPage why={session.why} /> : null;
    case 'signed-in':
      return (
        <Shell me={session.me} desk={session.desk} route={route}>
          <Content route={route} me={session.me} desk={session.desk} />
        </Shell>
      );
  }
};

export const App = () => {
  const session = useSession();
  const route = useRoute();
  useEffect(() => {
    void learnSession();
  }, []);
  useRightPlace(session, route);
  return (
    <>
      <Place session={session} route={route} />
      <Toasts />
      <Announcer />
    </>
  );
};
