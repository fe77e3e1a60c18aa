import type { JSX } from 'react';

/** Other seeds, by chance. */
export function Dice(): JSX.Element {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="3" y="3" width="10" height="10" rx="2" />
      <path d="M6 6h.1M10 10h.1M10 6h.1M6 10h.1" strokeWidth="2" />
    </svg>
  );
}
