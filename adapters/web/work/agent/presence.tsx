import { Badge } from '../../design/badge.js';
import { Button } from '../../design/button.js';
import { Icon } from '../../design/icon.js';
import { Lamp } from '../../design/lamp.js';
import { Menu, type MenuItem } from '../../design/menu.js';
import { Timer } from '../../design/timer.js';
import { useWork, type AtWork } from './desk.hooks.js';
import { givenReasons, reasons, stateOf } from './words.js';

const pendingInWords = (pending: NonNullable<AtWork['desktop']['pending']>): string => {
  switch (pending.state) {
    case 'ready':
      return 'Ready';
    case 'not-ready':
      return reasons[pending.reason];
    case 'logged-off':
      return 'Logged off';
  }
};

const reasonItems = ({ act, allows, desktop }: AtWork): readonly MenuItem[] => [
  ...givenReasons.map((reason) => ({
    key: reason,
    label: reasons[reason],
    chosen: desktop.notReadyReason === reason,
    disabled: !allows('not-ready'),
    onChoose: () => void act({ type: 'not-ready', reason }),
  })),
  {
    key: 'log-off',
    label: 'Log off',
    apart: true,
    disabled: !allows('log-off'),
    onChoose: () => void act({ type: 'log-off' }),
  },
];

const inACall = ({ state }: AtWork['desktop']): boolean => state === 'busy' || state === 'reserved';

const Choices = ({ work }: Readonly<{ work: AtWork }>) => {
  const { desktop, allows, busy, act } = work;
  if (desktop.state === 'logged-off') {
    return (
      <Button
        tone="primary"
        size="large"
        icon="headset"
        disabled={!allows('log-on')}
        busy={busy('log-on')}
        onClick={() => void act({ type: 'log-on' })}
      >
        Log on
      </Button>
    );
  }
  const later = inACall(desktop);
  return (
    <div className="presence-choices">
      {later && <span className="rail-label">After this call</span>}
      {desktop.state !== 'ready' && (
        <Button
          tone={desktop.state === 'not-ready' ? 'primary' : 'plain'}
          shortcut="R"
          disabled={!allows('ready')}
          busy={busy('ready')}
          onClick={() => void act({ type: 'ready' })}
        >
          {later ? 'Ready' : 'Go ready'}
        </Button>
      )}
      <Menu
        label="Not ready"
        title={later ? 'Not ready after this call: why' : 'Not ready: why'}
        shortcut="B"
        busy={busy('not-ready') || busy('log-off')}
        disabled={!allows('not-ready') && !allows('log-off')}
        items={reasonItems(work)}
      />
    </div>
  );
};

/** What the agent is doing, for how long, and what comes after. */
export const Presence = () => {
  const work = useWork();
  const { desktop, profile } = work;
  const { tone, words } = stateOf(desktop);
  const since = desktop.contact && inACall(desktop) ? desktop.contact.call.since : desktop.since;
  return (
    <div className="presence">
      <p className="presence-name truncate">{profile.displayName}</p>
      <div className={`presence-state presence-state--${tone}`}>
        <Lamp tone={tone} size={20} />
        <span className="presence-words">{words}</span>
        <Timer since={since} label={words} large />
        {desktop.state === 'not-ready' && desktop.notReadyReason && (
          <span className="presence-reason">{reasons[desktop.notReadyReason]}</span>
        )}
      </div>
      {desktop.pending && (
        <p className="presence-pending">
          Next <Icon name="chevron-right" size={12} />
          <Badge tone={desktop.pending.state === 'ready' ? 'ready' : 'unknown'}>
            {pendingInWords(desktop.pending)}
          </Badge>
        </p>
      )}
      <Choices work={work} />
    </div>
  );
};
