import { isEventType, type LogEvent } from '#domain/events.js';
import { isScopedId } from '#domain/kernel/ids.js';
import type { RecordedEvent } from '#domain/kernel/message.js';
import type { Settings } from '#config/settings.js';
import { formatJourney } from './format-journey.js';
import { logPlace } from './log-place.js';

export type JourneyTools = Readonly<{
  settings: Settings;
  readLog: (settings: Settings) => AsyncIterable<RecordedEvent>;
  print: (line: string) => void;
  complain: (line: string) => void;
}>;

/** Prints every event of one contact; answers the exit code. The server may be running or not. */
export const printJourney = async (contact: string | undefined, tools: JourneyTools): Promise<number> => {
  const { settings, readLog, print, complain } = tools;
  if (contact === undefined || !isScopedId('contact', contact)) {
    complain('Which contact? For example: trunkline journey contact-palm-pier.0a1b2c…  (the Journeys page lists them)');
    return 2;
  }
  const events: LogEvent[] = [];
  for await (const event of readLog(settings)) {
    if (event.meta.contactId === contact && isEventType(event.type)) events.push(event as unknown as LogEvent);
  }
  if (events.length === 0) {
    complain(`The log (${logPlace(settings)}) holds nothing of ${contact}.`);
    return 1;
  }
  for (const line of formatJourney(events)) print(line);
  return 0;
};
