import { elapsed, elapsedInWords, fullMoment } from './format.js';
import { useNow } from './now.js';
import './timer.css';

type Given = Readonly<{
  since: number;
  /** What lasts, for those who cannot see where it stands: `On hold for`. */
  label: string;
  large?: boolean;
}>;

/** Counts up, in figures that do not dance. Says nothing by itself: a reader asks when it wants to know. */
export const Timer = ({ since, label, large = false }: Given) => {
  const lasted = useNow() - since;
  return (
    <span role="timer" className={large ? 'timer timer--large' : 'timer'} title={`Since ${fullMoment(since)}`}>
      <span className="visually-hidden">
        {label} {elapsedInWords(lasted)}
      </span>
      <span aria-hidden="true">{elapsed(lasted)}</span>
    </span>
  );
};
