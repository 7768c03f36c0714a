/** Two lines, patched through: the mark of the product. */
export const Brand = ({ size = 24 }: Readonly<{ size?: number }>) => (
  <span className="brand">
    <svg className="brand-mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="8" className="brand-ground" />
      <g className="brand-line">
        <circle cx="9.5" cy="10" r="2.7" />
        <circle cx="22.5" cy="22" r="2.7" />
        <path d="M12.2 10H20a3 3 0 0 1 0 6h-8a3 3 0 0 0 0 6h7.8" />
      </g>
    </svg>
    <span className="brand-name">Trunkline</span>
  </span>
);
