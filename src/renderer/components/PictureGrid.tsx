import { useEffect, useId, useRef, useState } from 'react';
import type { CSSProperties, JSX, KeyboardEvent } from 'react';
import { classes } from './classes.ts';
import { movedInGrid } from './movedInGrid.ts';
import { PictureFrame } from './PictureFrame.tsx';
import { imageDataOf } from './pictures.ts';
import type { Pictures } from './pictures.ts';
import styles from './PictureGrid.module.css';

export interface PictureGridProps {
  pictures: Pictures;
  /** Says what the grid holds. */
  label: string;
  /** Of the picture at a place: its seed, its file. */
  nameOf?: (index: number) => string;
  columns: number;
  /** Side of a cell on the screen: whole multiples of the pictures' own side, except 48 for lists. */
  cell?: number;
  gap?: number;
  /** Shown as selected. */
  selected?: readonly number[];
  onSelect?: (index: number) => void;
  onOpen?: (index: number) => void;
  /** Greyed: the pictures are of the question before. */
  stale?: boolean;
}

/**
 * Pictures side by side, their pixels never smoothed. A grid that can be chosen from is one tab stop: arrows move,
 * Space selects, Enter opens.
 */
export function PictureGrid(props: PictureGridProps): JSX.Element {
  const {
    pictures,
    label,
    columns,
    cell = 64,
    gap = 4,
    selected = [],
    onSelect,
    onOpen,
    stale = false,
  } = props;
  const nameOf = props.nameOf ?? ((index: number) => `picture ${index + 1}`);
  const [at, setAt] = useState(0);
  const base = useId();
  const current = Math.min(at, Math.max(0, pictures.count - 1));
  const isActive = onSelect !== undefined || onOpen !== undefined;
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = movedInGrid(event.key, current, columns, pictures.count);
    if (next !== undefined) setAt(next);
    else if (event.key === ' ') onSelect?.(current);
    else if (event.key === 'Enter') (onOpen ?? onSelect)?.(current);
    else return;
    event.preventDefault();
  };
  const style = {
    gridTemplateColumns: `repeat(${columns}, ${cell}px)`,
    gap,
    '--cell': `${cell}px`,
  } as CSSProperties;
  const cells = Array.from({ length: pictures.count }, (_, index) => (
    <Cell
      key={index}
      id={`${base}-${index}`}
      pictures={pictures}
      index={index}
      name={nameOf(index)}
      isOption={isActive}
      isSelected={selected.includes(index)}
      isCurrent={isActive && index === current}
      onClick={() => {
        setAt(index);
        onSelect?.(index);
      }}
      onDoubleClick={() => onOpen?.(index)}
    />
  ));
  if (!isActive) {
    return (
      <div className={classes(styles.cells, stale && 'stale')} role="group" aria-label={label} style={style}>
        {cells}
      </div>
    );
  }
  return (
    <div
      className={classes(styles.cells, stale && 'stale')}
      role="listbox"
      aria-label={label}
      aria-multiselectable={selected.length > 1}
      aria-activedescendant={pictures.count > 0 ? `${base}-${current}` : undefined}
      tabIndex={0}
      style={style}
      onKeyDown={onKeyDown}
    >
      {cells}
    </div>
  );
}

interface CellProps {
  id: string;
  pictures: Pictures;
  index: number;
  name: string;
  isOption: boolean;
  isSelected: boolean;
  isCurrent: boolean;
  onClick: () => void;
  onDoubleClick: () => void;
}

function Cell(props: CellProps): JSX.Element {
  const { id, pictures, index, name, isOption, isSelected, isCurrent, onClick, onDoubleClick } = props;
  const canvas = <Picture pictures={pictures} index={index} />;
  if (!isOption) {
    return (
      <PictureFrame isOn={isSelected} role="img" aria-label={name}>
        {canvas}
      </PictureFrame>
    );
  }
  return (
    <PictureFrame
      id={id}
      isOn={isSelected}
      className={classes(isCurrent && styles.current)}
      role="option"
      aria-label={name}
      aria-selected={isSelected}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      {canvas}
    </PictureFrame>
  );
}

/** One picture on a canvas of its own size; the style makes it larger without smoothing. */
export function Picture({
  pictures,
  index,
  label,
}: {
  pictures: Pictures;
  index: number;
  label?: string;
}): JSX.Element {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (index < pictures.count)
      ref.current?.getContext('2d')?.putImageData(imageDataOf(pictures, index), 0, 0);
  }, [pictures, index]);
  return (
    <canvas
      ref={ref}
      width={pictures.width}
      height={pictures.height}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
