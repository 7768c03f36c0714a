import type { PushedPage } from '#domain/views/agent-desktop.js';
import { Badge } from '../../design/badge.js';
import { EmptyState } from '../../design/empty-state.js';
import { timeOfDay } from '../../design/format.js';
import type { IconName } from '../../design/icon.names.js';
import { Panel } from '../../design/panel.js';
import { oneLine } from '../../design/stranger-text.js';
import { Address } from '../../design/stranger-text.view.js';
import type { Tone } from '../../design/tone.js';

const fates: Readonly<Record<PushedPage['state'], Readonly<{ tone: Tone; words: string; icon: IconName }>>> = {
  sent: { tone: 'unknown', words: 'On its way', icon: 'clock' },
  shown: { tone: 'talking', words: 'Shown', icon: 'check' },
  blocked: { tone: 'failed', words: 'Not shown', icon: 'cross' },
};

const blocked: Readonly<Record<string, string>> = {
  'page-gone': 'the shop’s page is closed',
  'refused-by-customer': 'the customer refused',
  'foreign-address': 'the address is not the shop’s',
  'no-answer': 'the browser did not answer',
};

const Push = ({ push }: Readonly<{ push: PushedPage }>) => {
  const { tone, words, icon } = fates[push.state];
  const why = push.why === undefined ? undefined : (blocked[push.why] ?? oneLine(push.why, 120));
  return (
    <li className="push">
      <div className="push-what">
        <p className="push-label truncate">
          <bdi>{oneLine(push.label, 120)}</bdi>
        </p>
        <p className="truncate push-where">{why === undefined ? <Address url={push.url} /> : <bdi>{why}</bdi>}</p>
      </div>
      <div className="push-fate">
        <Badge tone={tone} icon={icon}>
          {words}
        </Badge>
        <span className="quiet">{timeOfDay(push.at)}</span>
      </div>
    </li>
  );
};

/** Pages that were sent to the customer's browser, and what became of each. */
export const Pushes = ({ pushes }: Readonly<{ pushes: readonly PushedPage[] }>) => (
  <Panel title="Pages sent" icon="push">
    {pushes.length === 0 ? (
      <EmptyState small title="None. Key a code to show the customer a page." />
    ) : (
      <ul className="pushes">
        {pushes.map((push) => (
          <Push key={push.pushId} push={push} />
        ))}
      </ul>
    )}
  </Panel>
);
