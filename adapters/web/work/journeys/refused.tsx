import type { Problem } from '#domain/views/live-messages.js';
import { Button } from '../../design/button.js';
import { EmptyState } from '../../design/empty-state.js';
import type { IconName } from '../../design/icon.names.js';

type Words = Readonly<{ icon: IconName; title: string; text: string | undefined; again: boolean }>;

const wordsOf = ({ status, title, detail }: Problem): Words => {
  switch (status) {
    case 0:
      return { icon: 'offline', title, text: detail, again: true };
    case 401:
      return { icon: 'lock', title: 'You are signed out', text: 'Sign in again to go on.', again: false };
    case 403:
      return {
        icon: 'lock',
        title: 'Not with this account',
        text: 'Journeys show what customers did. Your account has no role that may read them; an administrator can give it one.',
        again: false,
      };
    case 404:
      return {
        icon: 'search',
        title: 'There is no such journey',
        text: 'The id may be mistyped, or the contact belongs to another merchant.',
        again: false,
      };
    default:
      return { icon: 'warning', title, text: detail, again: true };
  }
};

/** What stands in place of a page that could not be had. */
export const Refused = ({ problem, again }: Readonly<{ problem: Problem; again: () => void }>) => {
  const words = wordsOf(problem);
  return (
    <EmptyState
      icon={words.icon}
      title={words.title}
      action={
        words.again ? (
          <Button tone="primary" icon="refresh" onClick={again}>
            Try again
          </Button>
        ) : undefined
      }
    >
      {words.text}
    </EmptyState>
  );
};
