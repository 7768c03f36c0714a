import type { JourneySummary } from '#domain/views/journey.js';
import { journeyStates } from './journeys.words.js';

export type StateSought = JourneySummary['state'] | 'all';

const choices: readonly Readonly<{ state: StateSought; label: string }>[] = [
  { state: 'all', label: 'All' },
  { state: 'in-progress', label: journeyStates['in-progress'].words },
  { state: 'over', label: journeyStates.over.words },
  { state: 'failed', label: journeyStates.failed.words },
];

export const StateFilter = (given: Readonly<{ chosen: StateSought; onChoose: (state: StateSought) => void }>) => (
  <fieldset className="filter">
    <legend className="visually-hidden">State</legend>
    {choices.map(({ state, label }) => (
      <label key={state} className="filter-choice">
        <input
          type="radio"
          name="state"
          className="visually-hidden"
          checked={given.chosen === state}
          onChange={() => {
            given.onChoose(state);
          }}
        />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
);
