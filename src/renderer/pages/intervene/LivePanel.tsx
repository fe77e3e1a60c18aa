import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, JSX, KeyboardEvent, PointerEvent } from 'react';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Dice } from '../../components/Dice.tsx';
import { Note, StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { Picture, PictureGrid } from '../../components/PictureGrid.tsx';
import type { Pictures } from '../../components/pictures.ts';
import type { LiveAnswer } from '../../components/useLivePictures.ts';
import styles from './LivePanel.module.css';

const gap = 2;

/** Few pictures are shown twice as large. */
function layoutOf(count: number): { columns: number; cell: number; width: number } {
  const cell = count <= 9 ? 128 : 64;
  const columns = Math.max(1, Math.min(count, cell === 64 ? 6 : 3));
  return { columns, cell, width: columns * cell + (columns - 1) * gap };
}

export interface LivePanelProps {
  title: string;
  nameOf: (index: number) => string;
  before: Pictures | null;
  after: LiveAnswer;
  /** A person's photos as they were given; null for seeds. */
  originals: Pictures | null;
  selected: number;
  onSelect: (index: number) => void;
  /** Share of the grid that shows the pictures before. */
  wipe: number;
  onWipe: (share: number) => void;
  /** Held: everything is shown as it was. */
  isBefore: boolean;
  onNewSeeds: () => void;
}

/** The grid that follows every control, with a wipe between before and after, and the selected picture large. */
export function LivePanel(props: LivePanelProps): JSX.Element {
  const { title, before, after, selected, isBefore, onNewSeeds } = props;
  const facts =
    after.milliseconds === null ? (
      'drawing'
    ) : (
      <StateMark icon="live" tone="live">
        live, {Math.round(after.milliseconds)} ms
      </StateMark>
    );
  const tools = (
    <>
      <span className={classes('small soft', styles.hint)}>
        Drag the edge, or hold <kbd>B</kbd> for before
      </span>
      <Button size="small" square aria-label="New seeds" title="New seeds  N" onClick={onNewSeeds}>
        <Dice />
      </Button>
    </>
  );
  return (
    <Panel title={title} fact={facts} tools={tools} bodyClassName={styles.body}>
      {after.error !== null && (
        <Note tone="bad" className={styles.note}>
          {after.error}
        </Note>
      )}
      <div className={styles.views}>
        <Wipe {...props} />
        <div className={styles.faces}>
          <Face
            pictures={before}
            index={selected}
            caption={`${props.nameOf(selected)}, before`}
            inset={props.originals}
          />
          <Face
            pictures={isBefore ? before : after.value}
            index={selected}
            caption={isBefore ? 'before' : 'after'}
            inset={null}
          />
        </div>
      </div>
    </Panel>
  );
}

function Wipe(props: LivePanelProps): JSX.Element {
  const { before, after, selected, onSelect, wipe, onWipe, isBefore, nameOf } = props;
  const box = useRef<HTMLDivElement>(null);
  const { columns, cell, width } = layoutOf(before?.count ?? 36);
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
      style={{ '--edge': `${edge}px` } as CSSProperties}
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
      {after.value !== null && (
        <div className={styles.after} data-shown="after">
          <PictureGrid
            pictures={after.value}
            label="Pictures with the recipe"
            nameOf={nameOf}
            columns={columns}
            cell={cell}
            gap={gap}
            selected={[selected]}
            onSelect={onSelect}
          />
        </div>
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

function Face({
  pictures,
  index,
  caption,
  inset,
}: {
  pictures: Pictures | null;
  index: number;
  caption: string;
  inset: Pictures | null;
}): JSX.Element {
  return (
    <figure className={styles.face}>
      <PictureFrame>
        {pictures !== null && <Picture pictures={pictures} index={index} label={caption} />}
      </PictureFrame>
      {inset !== null && (
        <span className={styles.inset}>
          <Picture pictures={inset} index={index} label="The photo as it was given" />
        </span>
      )}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
