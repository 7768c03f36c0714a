import { exactTime } from '../../design/format.js';
import { oneLine } from '../../design/stranger-text.js';
import { StrangerText } from '../../design/stranger-text.view.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Milliseconds that can only be a moment: between 2001 and 2286, in a field that is named like one. */
const momentField = /(^at|At|Since|since|until|Until|from|Seen|expires)$/;
const isMoment = (name: string, value: number): boolean => momentField.test(name) && value > 1e12 && value < 1e13;

const Leaf = ({ name, value }: Readonly<{ name: string; value: unknown }>) => {
  if (typeof value === 'string') {
    return value === '' ? <span className="quiet">empty</span> : <StrangerText limit={4000}>{value}</StrangerText>;
  }
  if (typeof value === 'number') {
    return (
      <span className="json-number">
        {value}
        {isMoment(name, value) && <span className="quiet"> {exactTime(value)}</span>}
      </span>
    );
  }
  return <span className="json-word">{value === undefined ? 'nothing' : JSON.stringify(value)}</span>;
};

const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Array.isArray(value) ? value.map((each, index) => [String(index + 1), each as unknown]) : Object.entries(value);

/** Data as it is: names and values, one under the other, nested ones indented. */
export const JsonTree = ({ value }: Readonly<{ value: object }>) => {
  const entries = entriesOf(value);
  if (entries.length === 0) return <p className="quiet">No data of its own</p>;
  return (
    <dl className="json">
      {entries.map(([name, each]) => {
        const nested = isRecord(each) || Array.isArray(each);
        return (
          <div key={name} className={nested ? 'json-nest' : 'json-pair'}>
            <dt>
              <bdi>{oneLine(name, 80)}</bdi>
            </dt>
            <dd>{nested ? <JsonTree value={each} /> : <Leaf name={name} value={each} />}</dd>
          </div>
        );
      })}
    </dl>
  );
};
