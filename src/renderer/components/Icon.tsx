import type { CSSProperties, JSX } from 'react';

/** Line drawings on a 16 × 16 grid; `pages` are on 20 × 20. */
const drawings = {
  down: <path d="M4 6.500l4 4 4-4" />,
  left: <path d="M9.500 4l-4 4 4 4" />,
  right: <path d="M6.500 4l4 4-4 4" />,
  up: <path d="M4 9.500l4-4 4 4" />,
  find: (
    <>
      <circle cx="7" cy="7" r="4.300" />
      <path d="M10.300 10.300L14 14" />
    </>
  ),
  folder: <path d="M1.800 12.500v-9h4.500l1.500 1.700h6.400v7.300z" />,
  file: <path d="M4 1.800h5.500L12.500 5v9.200H4zM9.300 1.800V5h3.200" />,
  keep: <path d="M4 2.500h8v11l-4-3-4 3z" />,
  copy: (
    <>
      <rect x="5.500" y="5.500" width="8" height="8" rx="1" />
      <path d="M10.500 5.500v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
    </>
  ),
  check: <path d="M3 8.500l3.200 3.200L13 4.800" />,
  dash: <path d="M4 8h8" />,
  plus: <path d="M8 3v10M3 8h10" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  more: <path d="M3.500 8h.1M8 8h.1M12.500 8h.1" strokeWidth="2.200" />,
  live: <circle cx="8" cy="8" r="3.500" fill="currentColor" stroke="none" />,
  pause: <path d="M5.500 3.500v9M10.500 3.500v9" strokeWidth="2" />,
  play: <path d="M5 3.200v9.600L12.500 8z" />,
  stop: <rect x="4" y="4" width="8" height="8" rx="1" />,
  bolt: <path d="M9 1.800L3.800 9h4L7 14.200 12.200 7h-4z" />,
  wait: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.500V8l2.500 1.500" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.300v3.700M8 4.800v.1" />
    </>
  ),
  bad: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.800v3.700M8 11v.1" />
    </>
  ),
  warn: <path d="M8 2.300L14.500 13.500h-13zM8 6.500v3.200M8 11.600v.1" />,
  help: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.300 6.300a1.800 1.800 0 1 1 2.500 1.700c-.6.3-.8.6-.8 1.200M8 11.300v.1" />
    </>
  ),
  theme: (
    <>
      <circle cx="8" cy="8" r="5.500" />
      <path d="M8 2.500a5.500 5.500 0 0 1 0 11z" fill="currentColor" stroke="none" />
    </>
  ),
  download: <path d="M8 2.500v7.500M5 7.200l3 3 3-3M2.800 13.200h10.400" />,
  undo: <path d="M5.500 3L2.500 6l3 3M2.800 6h6.700a4 4 0 0 1 0 8H6" />,
  redo: <path d="M10.500 3l3 3-3 3M13.200 6H6.500a4 4 0 0 0 0 8H10" />,
  brushPart: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 5v6M5 8h6" />
    </>
  ),
  brushRest: (
    <>
      <circle cx="8" cy="8" r="6" strokeDasharray="1.300 2.470" />
      <path d="M5 8h6" />
    </>
  ),
  eraser: <path d="M6 13h7.500M2.800 9.500l6-6 4.200 4.200L8.200 12.500H5.500z" />,
  pen: <path d="M3 13l.7-3L10.800 2.900l2.300 2.300L6 12.300z" />,
  trash: <path d="M3 4.500h10M6 4.500V3h4v1.500M4.500 4.500l.6 8.800h5.800l.6-8.800" />,
} as const satisfies Record<string, JSX.Element>;

export type IconName = keyof typeof drawings;

export function Icon({ name, style }: { name: IconName; style?: CSSProperties }): JSX.Element {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" style={style}>
      {drawings[name]}
    </svg>
  );
}
