import { withoutCredentials, type Settings } from '#config/settings.js';

/** Where the log is, as people are told: never with a password. */
export const logPlace = ({ eventStore, data }: Pick<Settings, 'eventStore' | 'data'>): string => {
  if (eventStore === 'memory') return 'memory only: forgotten when this ends';
  return eventStore === 'sqlite' ? `${data}/events.db` : withoutCredentials(eventStore);
};
