import type { JSX } from 'react';
import { Icon } from './Icon.tsx';
import styles from './PictureMore.module.css';

const inset = 2;
const side = 20;

/** Where the button lies within a grid: the upper right corner of a picture, px. */
export function placeInGrid(
  index: number,
  {
    columns,
    cell,
    gap,
    columnGap = gap,
    below = 0,
  }: { columns: number; cell: number; gap: number; columnGap?: number; below?: number },
): { left: number; top: number } {
  return {
    left: (index % columns) * (cell + columnGap) + cell - side - inset,
    top: Math.floor(index / columns) * (cell + below + gap) + inset,
  };
}

/** The button of a picture's menu, on the picture. */
export function PictureMore({
  name,
  place,
  onOpen,
}: {
  name: string;
  place?: { left: number; top: number };
  onOpen: (button: Element) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      className={styles.more}
      style={place ?? { right: inset, top: inset }}
      aria-label={`Actions for ${name}`}
      aria-haspopup="menu"
      onClick={(event) => {
        event.stopPropagation();
        onOpen(event.currentTarget);
      }}
      onPointerDown={(event) => {
        event.stopPropagation();
      }}
    >
      <Icon name="more" />
    </button>
  );
}
