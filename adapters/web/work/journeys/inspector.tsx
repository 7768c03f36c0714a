import type { ReactNode } from 'react';
import { Badge } from '../../design/badge.js';
import { Button } from '../../design/button.js';
import { count, exactTime, fullMoment, span } from '../../design/format.js';
import { Icon } from '../../design/icon.js';
import { notify } from '../../design/notices.js';
import { oneLine } from '../../design/stranger-text.js';
import { actorInWords } from '../agent/actor.js';
import { gistOf, titleOf } from './event-words.js';
import { JsonTree } from './json-tree.js';
import { ahead, late, type Placed, type Shape } from './journey.shape.js';
import { isFailure, laneNames } from './lanes.js';

type Given = Readonly<{ shape: Shape; chosen: Placed; onChoose: (placed: Placed) => void }>;

const Jump = ({ to, onChoose }: Readonly<{ to: Placed; onChoose: Given['onChoose'] }>) => (
  <button
    type="button"
    className="jump"
    onClick={() => {
      onChoose(to);
    }}
  >
    <Icon name={laneNames[to.lane].icon} size={14} />
    <span className="jump-title">{titleOf(to.event.type)}</span>
    <span className="jump-gist truncate">
      <bdi>{gistOf(to.event)}</bdi>
    </span>
  </button>
);

const Fact = ({ name, children }: Readonly<{ name: string; children: ReactNode }>) => (
  <div className="fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Lateness = ({ lateness }: Readonly<{ lateness: number }>) => {
  if (lateness >= late) {
    return (
      <Badge tone="held" icon="clock">
        {span(lateness)} late
      </Badge>
    );
  }
  if (lateness > ahead) return <span className="quiet">after {span(Math.max(0, lateness))}</span>;
  return (
    <Badge tone="held" icon="clock">
      source clock {span(-lateness)} ahead
    </Badge>
  );
};

const copy = async (placed: Placed): Promise<void> => {
  const written = JSON.stringify(placed.event, undefined, 2);
  await navigator.clipboard.writeText(written).then(
    () => {
      notify({ tone: 'talking', title: 'Event copied as JSON' });
    },
    () => {
      notify({ tone: 'held', title: 'The browser did not let us copy' });
    },
  );
};

const Why = ({ shape, chosen, onChoose }: Given) => {
  const effects = shape.effectsOf(chosen);
  return (
    <div className="inspector-causes">
      <h3>Caused by</h3>
      {chosen.cause ? (
        <Jump to={chosen.cause} onChoose={onChoose} />
      ) : (
        <p className="inspector-outside">
          A request or report from outside <span className="mono">{oneLine(chosen.event.meta.causationId, 80)}</span>
        </p>
      )}
      <h3>Led to {effects.length > 0 && <span className="quiet">{count(effects.length)}</span>}</h3>
      {effects.length === 0 && <p className="inspector-outside">Nothing further in this journey</p>}
      {effects.map((effect) => (
        <Jump key={effect.event.id} to={effect} onChoose={onChoose} />
      ))}
    </div>
  );
};

/** All that the log holds of one event. */
export const Inspector = ({ shape, chosen, onChoose }: Given) => {
  const { event, lane, lateness } = chosen;
  const { meta } = event;
  return (
    <aside className="inspector" aria-label="Event">
      <header className="inspector-head">
        <span className={isFailure(event) ? 'inspector-lane inspector-lane--failure' : 'inspector-lane'}>
          <Icon name={laneNames[lane].icon} size={14} /> {laneNames[lane].name}
        </span>
        <h2>{titleOf(event.type)}</h2>
        <Button tone="quiet" size="small" icon="copy" iconOnly onClick={() => void copy(chosen)}>
          Copy as JSON
        </Button>
      </header>
      <dl className="facts">
        <Fact name="Happened">
          <time dateTime={new Date(meta.occurredAt).toISOString()} title={fullMoment(meta.occurredAt)}>
            {exactTime(meta.occurredAt)}
          </time>
        </Fact>
        <Fact name="Recorded">
          {exactTime(event.recordedAt)} <Lateness lateness={lateness} />
        </Fact>
        <Fact name="By">
          <bdi title={oneLine(meta.actor, 200)}>{actorInWords(meta.actor)}</bdi>
        </Fact>
      </dl>
      <Why shape={shape} chosen={chosen} onChoose={onChoose} />
      <h3>Data</h3>
      <JsonTree value={event.data} />
      <details className="inspector-log">
        <summary>In the log</summary>
        <dl className="facts">
          <Fact name="Type">
            <span className="mono">
              {event.type} v{event.schemaVersion}
            </span>
          </Fact>
          <Fact name="Position">{count(event.position)}</Fact>
          <Fact name="Stream">
            <span className="mono">
              {event.stream} @ {event.revision}
            </span>
          </Fact>
          <Fact name="Event">
            <span className="mono">{event.id}</span>
          </Fact>
          <Fact name="First cause">
            <span className="mono">{oneLine(meta.correlationId, 120)}</span>
          </Fact>
          <Fact name="Actor">
            <span className="mono">{oneLine(meta.actor, 120)}</span>
          </Fact>
        </dl>
      </details>
    </aside>
  );
};
