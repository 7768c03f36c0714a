import { useEffect, useSyncExternalStore } from 'react';
import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { announce } from '../../design/announcer.js';
import { Button } from '../../design/button.js';
import { Lamp } from '../../design/lamp.js';
import { Timer } from '../../design/timer.js';
import { Link } from '../navigation.js';
import { setWish, useWish } from '../preferences.js';
import { callByTitle } from '../title.js';
import type { Desk } from '../wire/desk.js';
import { useDesk } from './desk.hooks.js';
import { leadership } from './leadership.js';
import { allowSound, ring } from './ring.js';
import { alertInWords, callStates, whoCalls } from './words.js';

const lastSaid = 'trunkline.announced';

/** Each pop is announced once, however many tabs there are and however often they are reloaded. */
const announceOnce = (contact: DesktopContact): void => {
  if (contact.popId === undefined || localStorage.getItem(lastSaid) === contact.popId) return;
  localStorage.setItem(lastSaid, contact.popId);
  announce(alertInWords(contact), 'at once');
};

const useAlert = (alerting: DesktopContact | undefined, leads: boolean, sound: boolean): void => {
  const call = alerting?.callId;
  const pop = alerting?.popId;
  useEffect(() => {
    if (!alerting || !leads) return;
    announceOnce(alerting);
    callByTitle(`☎ ${whoCalls(alerting)}`);
    return () => {
      callByTitle(undefined);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a pop that learns more is still the same pop
  }, [call, pop, leads]);
  useEffect(() => (call !== undefined && leads && sound ? ring() : undefined), [call, leads, sound]);
};

/** A call that goes on while its agent looks at another page: seen, and one click away. */
const Elsewhere = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { tone, words } = callStates[contact.call.state];
  return (
    <Link to={{ page: 'agent' }} className={`attention-call attention-call--${tone}`}>
      <Lamp tone={tone} />
      <span className="truncate">
        {words}: {whoCalls(contact)}
      </span>
      <Timer since={contact.call.since} label={words} />
    </Link>
  );
};

/** What calls for the agent on every page: ring, title, announcement. */
export const Attention = ({ desk, onDesktop }: Readonly<{ desk: Desk; onDesktop: boolean }>) => {
  const { desktop } = useDesk(desk);
  const leads = useSyncExternalStore(leadership.subscribe, leadership.current);
  const sound = useWish('ring');
  const contact = desktop?.contact;
  useAlert(contact?.call.state === 'alerting' ? contact : undefined, leads, sound);
  useEffect(() => {
    if (!sound) return;
    window.addEventListener('pointerdown', allowSound, { once: true });
    window.addEventListener('keydown', allowSound, { once: true });
    return () => {
      window.removeEventListener('pointerdown', allowSound);
      window.removeEventListener('keydown', allowSound);
    };
  }, [sound]);
  return (
    <>
      {contact && !onDesktop && contact.call.state !== 'cleared' && <Elsewhere contact={contact} />}
      <Button
        tone="quiet"
        icon={sound ? 'bell' : 'bell-off'}
        iconOnly
        aria-pressed={sound}
        onClick={() => {
          allowSound();
          setWish('ring', !sound);
        }}
      >
        {sound ? 'Ring sound is on' : 'Ring sound is off'}
      </Button>
    </>
  );
};
