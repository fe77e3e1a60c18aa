import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, JSX, KeyboardEvent, PointerEvent } from 'react';
import { Icon } from './Icon.tsx';
import { PictureGrid } from './PictureGrid.tsx';
import type { Pictures } from './pictures.ts';
import styles from './PictureWipe.module.css';

/** Between pictures, px. */
export const wipeGap = 2;
const gap = wipeGap;

/** Without a layout few pictures are shown twice as large. */
function usualLayout(count: number): WipeLayout {
  const cell = count <= 9 ? 128 : 64;
  return { columns: Math.max(1, Math.min(count, cell === 64 ? 6 : 3)), cell };
}

export interface WipeLayout {
  columns: number;
  /** Side of a picture on the screen, px. */
  cell: number;
}

export interface PictureWipeProps {
  before: Pictures | null;
  after: Pictures | null;
  /** Says what the pictures after are. */
  label: string;
  nameOf: (index: number) => string;
  selected: number;
  onSelect: (index: number) => void;
  /** How large they are: as a panel has room. */
  layout?: WipeLayout | undefined;
  /** Pictures with a tick. */
  ticked?: readonly number[];
  /** Share of the grid that shows the pictures before. */
  wipe: number;
  onWipe: (share: number) => void;
  /** Held: everything is shown as it was. */
  isBefore: boolean;
}

/** The same pictures before and after, in one grid with an edge between them that is dragged. */
export function PictureWipe(props: PictureWipeProps): JSX.Element {
  const { before, after, label, selected, onSelect, ticked = [], wipe, onWipe, isBefore, nameOf } = props;
  const box = useRef<HTMLDivElement>(null);
  const count = before?.count ?? 36;
  const { columns, cell } = props.layout ?? usualLayout(count);
  const width = columns * (cell + gap) - gap;
  const height = Math.ceil(count / columns) * (cell + gap) - gap;
  const [current, setCurrent] = useState(wipe);
  useEffect(() => {
    setCurrent(wipe);
  }, [wipe]);
  const edge = Math.round((isBefore ? 1 : current) * width);
  const shareAt = (event: PointerEvent): number => {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 0.1 : 0.01;
    const next = {
      ArrowLeft: current - step,
      ArrowRight: current + step,
      Home: 0,
      End: 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onWipe(Math.min(1, Math.max(0, next)));
  };
  const select = (event: PointerEvent): void => {
    const bounds = box.current?.getBoundingClientRect();
    if (bounds === undefined || before === null) return;
    const column = Math.floor((event.clientX - bounds.left) / (cell + gap));
    const index = Math.floor((event.clientY - bounds.top) / (cell + gap)) * columns + column;
    if (column < columns && index < before.count) onSelect(index);
  };
  return (
    <div
      className={styles.wipe}
      ref={box}
      style={{ '--edge': `${edge}px`, width, minHeight: height } as CSSProperties}
      onPointerDown={select}
    >
      {before !== null && (
        <div aria-hidden="true" data-shown="before">
          <PictureGrid
            pictures={before}
            label="Before"
            columns={columns}
            cell={cell}
            gap={gap}
            selected={[selected]}
          />
        </div>
      )}
      {after !== null && (
        <div className={styles.after} data-shown="after">
          <PictureGrid
            pictures={after}
            label={label}
            nameOf={nameOf}
            columns={columns}
            cell={cell}
            gap={gap}
            selected={[selected]}
            onSelect={onSelect}
          />
        </div>
      )}
      {ticked.map((index) => (
        <span key={index} className={styles.tick} style={placeOf(index, columns, cell)} aria-hidden="true">
          <Icon name="check" />
        </span>
      ))}
      <span
        className={styles.edge}
        role="slider"
        tabIndex={0}
        aria-label="Before and after"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(current * 100)}
        aria-valuetext={`${Math.round(current * 100)} % before`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) setCurrent(shareAt(event));
        }}
        onPointerUp={() => {
          onWipe(current);
        }}
      >
        <i>
          <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M6 5L3 8l3 3M10 5l3 3-3 3" />
          </svg>
        </i>
      </span>
    </div>
  );
}

/** Within the upper right corner of a cell. */
function placeOf(index: number, columns: number, cell: number): CSSProperties {
  return {
    left: (index % columns) * (cell + gap) + cell - 17,
    top: Math.floor(index / columns) * (cell + gap) + 3,
  };
}
