import './skeleton.css';

/** What is about to be here, in its shape. `label` says to a reader what is being waited for. */
export const Skeleton = ({ label, lines }: Readonly<{ label: string; lines: readonly number[] }>) => (
  <div className="skeleton" role="status">
    <span className="visually-hidden">{label}</span>
    {lines.map((width, index) => (
      <span key={index} className="skeleton-line" style={{ width: `${width}%` }} aria-hidden="true" />
    ))}
  </div>
);
