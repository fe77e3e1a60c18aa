import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, JSX, KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import { Icon } from './Icon.tsx';
import { PictureGrid } from './PictureGrid.tsx';
import { PictureMore, placeInGrid } from './PictureMore.tsx';
import { noPictures } from './pictures.ts';
import type { Pictures } from './pictures.ts';
import { belowElement, enlarge, openPictureMenu } from './pictureViews.ts';
import type { PictureView } from './pictureViews.ts';
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
  faceOf?: PictureView['faceOf'];
  savedOf?: PictureView['savedOf'];
  selected?: number;
  /** Without it the pictures are only looked at. */
  onSelect?: ((index: number) => void) | undefined;
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
  const {
    before,
    after,
    label,
    onSelect,
    ticked = [],
    wipe,
    onWipe,
    isBefore,
    nameOf,
    faceOf,
    savedOf,
  } = props;
  const selected = props.selected === undefined ? [] : [props.selected];
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
  const [pointed, setPointed] = useState<number | null>(null);
  const view: PictureView = { title: label, pictures: after ?? noPictures, before, nameOf, faceOf, savedOf };
  /** Left of the edge the pictures before lie below, which no grid answers for. */
  const indexAt = ({ clientX, clientY }: MouseEvent): number | null => {
    const bounds = box.current?.getBoundingClientRect();
    if (bounds === undefined) return null;
    const column = Math.floor((clientX - bounds.left) / (cell + gap));
    const index = Math.floor((clientY - bounds.top) / (cell + gap)) * columns + column;
    return column >= 0 && column < columns && index >= 0 && index < count ? index : null;
  };
  const isLive = onSelect !== undefined;
  return (
    <div
      className={styles.wipe}
      ref={box}
      style={{ '--edge': `${edge}px`, width, minHeight: height } as CSSProperties}
      {...(isLive && {
        onPointerDown: (event: MouseEvent) => {
          const index = indexAt(event);
          if (index !== null && event.button === 0) onSelect(index);
        },
        onPointerMove: (event: MouseEvent) => {
          setPointed(indexAt(event));
        },
        onPointerLeave: () => {
          setPointed(null);
        },
        onDoubleClick: (event: MouseEvent) => {
          const index = indexAt(event);
          if (index !== null) enlarge(view, index);
        },
        onContextMenu: (event: MouseEvent) => {
          const index = indexAt(event);
          if (index === null) return;
          event.preventDefault();
          event.stopPropagation();
          openPictureMenu(view, index, { x: event.clientX, y: event.clientY });
        },
      })}
    >
      {before !== null && (
        <div aria-hidden="true" data-shown="before">
          <PictureGrid
            pictures={before}
            label="Before"
            columns={columns}
            cell={cell}
            gap={gap}
            selected={selected}
            isPlain
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
            selected={selected}
            onSelect={onSelect}
            before={before}
            faceOf={faceOf}
            savedOf={savedOf}
            isPlain={!isLive}
            isBare
          />
        </div>
      )}
      {ticked.map((index) => (
        <span key={index} className={styles.tick} style={placeOf(index, columns, cell)} aria-hidden="true">
          <Icon name="check" />
        </span>
      ))}
      {pointed !== null && (
        <PictureMore
          name={nameOf(pointed)}
          place={placeInGrid(pointed, { columns, cell, gap })}
          onOpen={(button) => {
            openPictureMenu(view, pointed, belowElement(button));
          }}
        />
      )}
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
