import { StateChip } from '../../design/badge.js';
import { count } from '../../design/format.js';
import { Icon } from '../../design/icon.js';
import { Timer } from '../../design/timer.js';
import { nameIn } from './actor.js';
import { useWork } from './desk.hooks.js';
import { Presence } from './presence.js';
import { ShortcutsHelp } from './shortcuts-help.js';
import { lineOf } from './words.js';
import './rail.css';

const Line = () => {
  const { profile, desktop, live } = useWork();
  const { tone, words } = live ? lineOf(desktop) : { tone: 'unknown' as const, words: 'Unknown' };
  return (
    <div className="rail-row">
      <span>
        <span className="rail-label">Your line</span>
        <span className="rail-line-name">{nameIn(profile.device)}</span>
      </span>
      <StateChip tone={tone}>{words}</StateChip>
    </div>
  );
};

const Channel = () => {
  const { channelCode, contact } = useWork().desktop;
  if (channelCode === undefined) return null;
  const joined = contact?.inChannel === true;
  return (
    <div className="rail-channel">
      <span className="rail-label">Your channel</span>
      <span className="rail-code" data-testid="channel-code">
        {channelCode}
      </span>
      <span className="rail-hint">
        {joined ? (
          <>
            <Icon name="check" size={14} /> The customer is in your channel
          </>
        ) : (
          `Key ${channelCode} in a call: the customer’s browser joins.`
        )}
      </span>
    </div>
  );
};

const Queue = () => {
  const { view, profile } = useWork();
  const { queue } = view;
  return (
    <div className="rail-queue">
      <span className="rail-label">Queue · {profile.centreName}</span>
      <dl className="rail-figures">
        <div>
          <dt>Waiting</dt>
          <dd>{queue ? count(queue.waiting) : '–'}</dd>
        </div>
        <div>
          <dt>Longest</dt>
          <dd>{queue?.oldestSince === undefined ? '–' : <Timer since={queue.oldestSince} label="Longest wait" />}</dd>
        </div>
        <div>
          <dt>Ready</dt>
          <dd>{queue ? count(queue.readyAgents) : '–'}</dd>
        </div>
      </dl>
    </div>
  );
};

/** The agent's own side: state, line, channel, what waits behind the next call. */
export const Rail = () => {
  const { profile } = useWork();
  return (
    <aside className="rail" aria-label="You">
      <Presence />
      <Channel />
      <Line />
      <Queue />
      <div className="rail-foot">
        <span className="rail-hint truncate" title={profile.merchantName}>
          {profile.merchantName}
        </span>
        <ShortcutsHelp />
      </div>
    </aside>
  );
};
