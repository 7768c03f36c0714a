import { useEffect, useMemo, useRef } from 'react';
import { announce } from '../../design/announcer.js';
import { Button } from '../../design/button.js';
import { EmptyState } from '../../design/empty-state.js';
import { Skeleton } from '../../design/skeleton.js';
import { useTitle } from '../title.js';
import type { Desk, DeskView } from '../wire/desk.js';
import { CallBar } from './call-bar.js';
import { Contact } from './contact.js';
import { useAtWork, useDesk, useWork, WorkProvider, type AtWork } from './desk.hooks.js';
import { Keypad } from './keypad.js';
import { LostBanner } from './lost-banner.js';
import { keepNotes, NotesProvider } from './notes.keeper.js';
import { Rail } from './rail.js';
import { useShortcuts } from './shortcuts.js';
import { stateOf } from './words.js';
import { Waiting } from './waiting.js';
import './agent.css';

const NotYet = ({ view }: Readonly<{ view: DeskView }>) => {
  if (view.connection.state === 'refused') {
    return (
      <EmptyState
        icon="lock"
        title="The desktop was refused"
        action={
          <Button
            tone="primary"
            icon="refresh"
            onClick={() => {
              window.location.reload();
            }}
          >
            Try again
          </Button>
        }
      >
        {view.connection.problem.title}. {view.connection.problem.detail}
      </EmptyState>
    );
  }
  if (view.connection.state === 'lost') {
    return (
      <EmptyState icon="offline" title="The desktop cannot be reached">
        This page tries again by itself, every few seconds.
      </EmptyState>
    );
  }
  return (
    <div className="desk-loading">
      <Skeleton label="Fetching your desktop" lines={[70, 100, 100, 40]} />
      <Skeleton label="" lines={[45, 90, 80, 95, 60, 85]} />
    </div>
  );
};

const WithContact = ({ work }: Readonly<{ work: AtWork }>) => {
  const { contact } = work.desktop;
  const contactId = contact?.contactId;
  const notes = useMemo(
    () => (contactId === undefined ? undefined : keepNotes(work.desk, contactId)),
    [work.desk, contactId],
  );
  useEffect(() => notes?.begin(), [notes]);
  if (!contact || !notes) return <Waiting />;
  return (
    <NotesProvider value={notes}>
      <Contact key={contact.contactId} contact={contact} />
      <Keypad key={contact.callId} contact={contact} />
      <CallBar contact={contact} />
    </NotesProvider>
  );
};

/** Those who listen hear what the agent has become; not what it was when they came. */
const useSpoken = (words: string): void => {
  const spoken = useRef(words);
  useEffect(() => {
    if (spoken.current !== words) announce(words);
    spoken.current = words;
  }, [words]);
};

const AtDesk = () => {
  const work = useWork();
  const { words } = stateOf(work.desktop);
  useShortcuts();
  useTitle(words);
  useSpoken(words);
  return (
    <div className={`desk ${work.live ? '' : 'desk--lost'}`}>
      <h1 className="visually-hidden">Agent desktop</h1>
      <LostBanner connection={work.view.connection} />
      <Rail />
      <WithContact work={work} />
    </div>
  );
};

/** Where an agent works all day. All of it is the server's: a reload or a second tab shows the same. */
export const AgentPage = ({ desk }: Readonly<{ desk: Desk }>) => {
  const view = useDesk(desk);
  const work = useAtWork(desk, view);
  if (!work) return <NotYet view={view} />;
  return (
    <WorkProvider value={work}>
      <AtDesk />
    </WorkProvider>
  );
};
