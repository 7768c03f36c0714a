import type { ReactNode } from 'react';
import { EmptyState } from '../../design/empty-state.js';
import type { IconName } from '../../design/icon.names.js';
import { KeyHint } from '../../design/key-hint.js';
import { useWork, type AtWork } from './desk.hooks.js';
import { reasons } from './words.js';

type Words = Readonly<{ icon: IconName; title: string; text: ReactNode }>;

const notReady = ({ notReadyReason = 'other' }: AtWork['desktop']): Words => {
  switch (notReadyReason) {
    case 'no-answer':
      return {
        icon: 'warning',
        title: 'You missed a call',
        text: 'It rang here and was not answered, so the switch took it back. You get no more until you are ready.',
      };
    case 'connection-lost':
      return {
        icon: 'offline',
        title: 'This page was away for too long',
        text: 'The switch stopped giving you calls while it could not see you. Go ready when you are back.',
      };
    case 'logged-on':
      return { icon: 'headset', title: 'You are logged on', text: 'Calls come to you once you are ready.' };
    case 'break':
    case 'lunch':
    case 'training':
    case 'other':
      return {
        icon: 'clock',
        title: reasons[notReadyReason],
        text: 'No calls come to you until you are ready again.',
      };
  }
};

const ready = ({ view }: AtWork): Words => ({
  icon: 'headset',
  title: 'Ready for the next call',
  text:
    view.queue && view.queue.waiting > 0
      ? 'Callers are waiting: the next one comes to you.'
      : 'Nobody is waiting. When somebody calls, you see here who it is before you answer.',
});

const wordsOf = (work: AtWork): Words => {
  switch (work.desktop.state) {
    case 'logged-off':
      return {
        icon: 'headset',
        title: 'You are logged off',
        text: 'Log on to get a channel code and, once ready, calls.',
      };
    case 'not-ready':
      return notReady(work.desktop);
    case 'ready':
      return ready(work);
    case 'reserved':
      return { icon: 'phone', title: 'A call is coming', text: 'The switch has chosen you; it rings in a moment.' };
    case 'busy':
      return { icon: 'phone', title: 'You are on a call', text: 'What is known of it is on its way.' };
    case 'working-after-call':
      return { icon: 'note', title: 'Wrap-up', text: 'The call is over. Go ready when you have finished.' };
  }
};

/** Between calls: calm, and clear about why. */
export const Waiting = () => {
  const work = useWork();
  const { icon, title, text } = wordsOf(work);
  const answers = work.desktop.state === 'ready' || work.desktop.state === 'reserved';
  return (
    <section className="waiting" aria-label="Contact">
      <EmptyState icon={icon} title={title}>
        {text}
      </EmptyState>
      {answers && (
        <p className="waiting-hint">
          <span>
            <KeyHint keys="Enter" /> answers
          </span>
          <span>
            <KeyHint keys="B" /> not ready
          </span>
          <span>
            <KeyHint keys="?" /> all keys
          </span>
        </p>
      )}
    </section>
  );
};
