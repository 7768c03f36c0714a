import { isEventType } from '#domain/events.js';
import { decodeEvent } from '../../event-codec.js';
import type { CheckContent } from './event-check.js';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Whether an event can be read again: of a type that the catalogue knows, with id, schema version, metadata and data. */
export const checkContent: CheckContent = (event) => {
  if (!isEventType(event.type)) return `its type ${event.type} is not in the catalogue`;
  try {
    const { id, schemaVersion, meta, data } = decodeEvent(event);
    const whole = isText(id) && Number.isSafeInteger(schemaVersion) && isObject(meta) && isObject(data);
    return whole ? undefined : 'its text does not hold id, schema version, metadata and data';
  } catch (thrown) {
    return `its text cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
};
