import type { RecordedEvent } from '#domain/kernel/message.js';
import { decodes } from '../../decodes.js';
import { decodeEvent } from '../../event-codec.js';
import type { CheckContent } from './event-check.js';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const wrongWithBody = ({ id, meta, data }: RecordedEvent): string | undefined =>
  isText(id) && isObject(meta) && isObject(data) ? undefined : 'its text does not hold id, metadata and data';

/** Whether an event can be read again, and is understood today. */
export const checkContent: CheckContent = (stored) => {
  try {
    const event = decodeEvent(stored);
    return wrongWithBody(event) ?? decodes(event);
  } catch (thrown) {
    return `its text cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
};
