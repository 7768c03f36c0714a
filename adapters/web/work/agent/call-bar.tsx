import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { Button } from '../../design/button.js';
import { Icon } from '../../design/icon.js';
import { Lamp } from '../../design/lamp.js';
import { oneLine } from '../../design/stranger-text.js';
import { ColleagueMenu } from './colleague-menu.js';
import { useWork } from './desk.hooks.js';
import { Disposition } from './disposition.js';
import { transferFailures } from './words.js';
import './call-bar.css';

const Handing = ({ transfer }: Readonly<{ transfer: NonNullable<DesktopContact['transfer']> }>) => {
  const name = oneLine(transfer.toName, 80);
  if (transfer.state === 'ringing') {
    return (
      <p className="handing handing--ringing" role="status">
        <Lamp tone="alerting" /> Ringing {name} to{' '}
        {transfer.kind === 'transfer' ? 'take the call over' : 'join the call'}
      </p>
    );
  }
  const why = transferFailures[transfer.reason ?? ''] ?? oneLine(transfer.reason ?? 'could not be reached', 120);
  return (
    <p className="handing handing--failed" role="status">
      <Icon name="warning" /> {name} {why}. The customer is still with you.
    </p>
  );
};

const HoldButton = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { allows, busy, act } = useWork();
  const type = contact.call.state === 'held' ? 'retrieve' : 'hold';
  return (
    <Button
      icon={type === 'hold' ? 'pause' : 'play'}
      tone={type === 'hold' ? 'plain' : 'primary'}
      size="large"
      shortcut="H"
      disabled={!allows(type)}
      busy={busy(type)}
      onClick={() => void act({ type })}
    >
      {type === 'hold' ? 'Hold' : 'Retrieve'}
    </Button>
  );
};

/** What can be done with the call. What may not be done now is there, and off: buttons do not move. */
export const CallBar = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { desktop, allows, busy, act } = useWork();
  if (desktop.state === 'working-after-call' || contact.call.state === 'cleared') {
    return (
      <footer className="bar">
        <Disposition contact={contact} />
      </footer>
    );
  }
  return (
    <footer className="bar" aria-label="Call">
      {contact.transfer && <Handing transfer={contact.transfer} />}
      <HoldButton contact={contact} />
      <ColleagueMenu kind="transfer" label="Transfer" icon="transfer" shortcut="T" />
      <ColleagueMenu kind="conference" label="Conference" icon="people" shortcut="C" />
      <Button
        tone="stop"
        size="large"
        icon="hang-up"
        shortcut="X"
        className="bar-end"
        disabled={!allows('clear')}
        busy={busy('clear')}
        onClick={() => void act({ type: 'clear' })}
      >
        Hang up
      </Button>
    </footer>
  );
};
