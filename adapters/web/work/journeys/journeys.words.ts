import type { JourneySummary } from '#domain/views/journey.js';
import type { Tone } from '../../design/tone.js';

export const journeyStates: Readonly<Record<JourneySummary['state'], Readonly<{ tone: Tone; words: string }>>> = {
  'in-progress': { tone: 'talking', words: 'In progress' },
  over: { tone: 'unknown', words: 'Over' },
  failed: { tone: 'failed', words: 'Failed' },
};

export type Sought = Readonly<{ text: string; state: JourneySummary['state'] | 'all' }>;

/** Every word that was typed must be found somewhere in the line. */
export const matches = ({ text, state }: Sought): ((journey: JourneySummary) => boolean) => {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return (journey) => {
    if (state !== 'all' && journey.state !== state) return false;
    const { contactId, customerRef = '', iconLabel = '', origin = '', agents } = journey;
    const line = [contactId, customerRef, iconLabel, origin, ...agents].join(' ').toLocaleLowerCase();
    return words.every((word) => line.includes(word));
  };
};
