import type { LogEvent } from '#domain/events.js';
import { categoryOf, uniqueOf } from '#domain/kernel/ids.js';
import type { Instant } from '#domain/kernel/time.js';

/** Control characters and direction overrides in what customers sent must not drive the terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '·');

const time = (at: Instant): string => new Date(at).toISOString().slice(11, 23);
const lateness = ({ recordedAt, meta }: LogEvent): string => {
  const late = recordedAt - meta.occurredAt;
  return `${late >= 0 ? '+' : ''}${late} ms`;
};

const brief = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const fieldsOf = ({ data }: LogEvent): string =>
  Object.entries(data)
    .map(([key, value]) => `${key}=${brief(value)}`)
    .join(' ');

/** `agent:agent-acme.anna` and `customer:session-acme.1f…` say their kind twice. */
const actorOf = ({ meta }: LogEvent): string => meta.actor.replace(/^(agent):agent-|^(customer):session-/, '$1$2:');

const pad = (text: string, width: number): string => text.padEnd(width).slice(0, width);

/**
 * One line for each event: position, time by the source's clock, how much later the log had it, where it happened, what,
 * by whom, and the position of the event that caused it.
 */
export const formatJourney = (events: readonly LogEvent[]): readonly string[] => {
  const positionOf = new Map<string, number>(events.map(({ id, position }) => [id, position]));
  const causeOf = ({ meta }: LogEvent): string => {
    const position = positionOf.get(meta.causationId);
    return position === undefined ? '' : `← ${position}`;
  };
  return [
    `${pad('position', 10)}${pad('source time', 14)}${pad('log', 10)}${pad('stream', 9)}${pad('event', 26)}${pad('cause', 11)}actor · fields`,
    ...events.map((event) =>
      printable(
        `${
          pad(String(event.position), 10) +
          pad(time(event.meta.occurredAt), 14) +
          pad(lateness(event), 10) +
          pad(categoryOf(event.stream), 9) +
          pad(event.type, 26) +
          pad(causeOf(event), 11)
        }${actorOf(event)} · ${fieldsOf(event)}`,
      ),
    ),
    `${events.length} events of ${uniqueOf(events[0]?.meta.contactId ?? '.none')}`,
  ];
};
