import { causesOf, type Placed, type Shape } from './journey.shape.js';

const lane = 100;
/** `--row` of journey.css. */
const row = 44;

const at = (shape: Shape, placed: Placed): readonly [number, number] => [
  (shape.lanes.indexOf(placed.lane) + 0.5) * lane,
  (placed.row + 0.5) * row,
];

const curve = (shape: Shape, from: Placed, to: Placed): string => {
  const [[x1, y1], [x2, y2]] = [at(shape, from), at(shape, to)];
  // On one lane the line leaves it, or it would hide under the stops in between.
  const bow = x1 === x2 && to.row - from.row > 1 ? lane * 0.32 : 0;
  const half = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1 + bow} ${half} ${x2 + bow} ${half} ${x2} ${y2}`;
};

/** What led to the chosen event, and what it led to, drawn over the lanes. The same stands in words in the inspector. */
export const Causes = ({ shape, chosen }: Readonly<{ shape: Shape; chosen: Placed }>) => {
  const [width, height] = [shape.lanes.length * lane, shape.placed.length * row];
  const causes = [chosen, ...causesOf(chosen)];
  return (
    <svg
      className="causes"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      style={{ height }}
      aria-hidden="true"
    >
      {shape.lanes.map((name, index) => (
        <path key={name} className="causes-lane" d={`M${(index + 0.5) * lane} 0V${height}`} />
      ))}
      {shape.effectsOf(chosen).map((effect) => (
        <path key={effect.event.id} className="causes-effect" d={curve(shape, chosen, effect)} />
      ))}
      {causes.map(
        (placed) =>
          placed.cause && (
            <path key={placed.event.id} className="causes-cause" d={curve(shape, placed.cause, placed)} />
          ),
      )}
    </svg>
  );
};
