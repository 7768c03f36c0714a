import { useEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { exactTime, span } from '../../design/format.js';
import { Icon } from '../../design/icon.js';
import { Causes } from './causes.js';
import { gistOf, titleOf } from './event-words.js';
import { ahead, causesOf, late, type Placed, type Shape } from './journey.shape.js';
import { isFailure, laneNames } from './lanes.js';

const longGap = 2000;

const heardInWords = (lateness: number): string => {
  if (lateness >= late) return `${span(lateness)} late`;
  return lateness <= ahead ? `${span(-lateness)} ahead` : `+${span(Math.max(0, lateness))}`;
};

const Heard = ({ lateness }: Readonly<{ lateness: number }>) => {
  const odd = lateness >= late || lateness <= ahead;
  return (
    <span className={odd ? 'row-log row-log--odd' : 'row-log'}>
      {odd && <Icon name="clock" size={12} />}
      {heardInWords(lateness)}
    </span>
  );
};

type RowGiven = Readonly<{ placed: Placed; lane: number; chosen: boolean; related: boolean; onChoose: () => void }>;

const Row = ({ placed, lane, chosen, related, onChoose }: RowGiven) => {
  const { event, gap, lateness, row } = placed;
  const gist = gistOf(event);
  const state = `${chosen ? 'row--chosen' : ''} ${related ? 'row--related' : ''} ${isFailure(event) ? 'row--failure' : ''}`;
  return (
    <li
      id={`event-${event.position}`}
      role="option"
      aria-selected={chosen}
      className={`row ${state}`}
      data-row={row}
      onClick={onChoose}
    >
      {gap >= longGap && (
        <span className="row-gap" aria-hidden="true">
          {span(gap)} later
        </span>
      )}
      <span className="row-time">{exactTime(event.meta.occurredAt)}</span>
      <Heard lateness={lateness} />
      <span className="row-lanes">
        <span className="row-stop" style={{ left: `calc((${lane} + 0.5) * var(--lane))` }}>
          <Icon name={isFailure(event) ? 'cross' : laneNames[placed.lane].icon} size={13} />
        </span>
        <span className="visually-hidden">{laneNames[placed.lane].name}: </span>
      </span>
      <span className="row-words">
        <span className="row-title">{titleOf(event.type)}</span>
        {gist !== '' && (
          <span className="row-gist">
            <bdi>{gist}</bdi>
          </span>
        )}
      </span>
    </li>
  );
};

const Lanes = ({ shape }: Readonly<{ shape: Shape }>) => (
  <div className="lanes-head" aria-hidden="true">
    <span>Source time</span>
    <span>Log</span>
    <span className="lanes-names">
      {shape.lanes.map((lane) => (
        <span key={lane} className="lanes-name">
          {laneNames[lane].name}
        </span>
      ))}
    </span>
    <span>Event</span>
  </div>
);

const step = (shape: Shape, chosen: Placed, key: string): Placed | undefined => {
  switch (key) {
    case 'ArrowDown':
      return shape.placed[chosen.row + 1];
    case 'ArrowUp':
      return shape.placed[chosen.row - 1];
    case 'Home':
      return shape.placed[0];
    case 'End':
      return shape.placed.at(-1);
    case 'ArrowLeft':
      return chosen.cause;
    case 'ArrowRight':
      return shape.effectsOf(chosen)[0];
    default:
      return undefined;
  }
};

type Given = Readonly<{ shape: Shape; chosen: Placed; onChoose: (placed: Placed) => void }>;

/** The events under each other, each on the lane where it happened. Arrows: up and down the log, left to the cause. */
export const Timeline = ({ shape, chosen, onChoose }: Given) => {
  const list = useRef<HTMLOListElement>(null);
  const related = useMemo(() => new Set([...causesOf(chosen), ...shape.effectsOf(chosen)]), [shape, chosen]);

  useEffect(() => {
    list.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    list.current?.children[chosen.row]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = step(shape, chosen, event.key);
    if (!next) return;
    event.preventDefault();
    onChoose(next);
  };

  return (
    <section className="timeline" aria-label="Events" style={{ '--lanes': shape.lanes.length } as CSSProperties}>
      <Lanes shape={shape} />
      <div className="timeline-body">
        <Causes shape={shape} chosen={chosen} />
        <ol
          ref={list}
          className="rows"
          role="listbox"
          aria-label="Events in the order of the log"
          aria-activedescendant={`event-${chosen.event.position}`}
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          {shape.placed.map((placed) => (
            <Row
              key={placed.event.id}
              placed={placed}
              lane={shape.lanes.indexOf(placed.lane)}
              chosen={placed === chosen}
              related={related.has(placed)}
              onChoose={() => {
                onChoose(placed);
              }}
            />
          ))}
        </ol>
      </div>
    </section>
  );
};
