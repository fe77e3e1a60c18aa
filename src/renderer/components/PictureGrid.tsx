import { useId, useState } from 'react';
import type { ComponentPropsWithoutRef, CSSProperties, JSX, KeyboardEvent } from 'react';
import { classes } from './classes.ts';
import { movedInGrid } from './movedInGrid.ts';
import { PictureFrame } from './PictureFrame.tsx';
import { PictureMore, placeInGrid } from './PictureMore.tsx';
import { Picture } from './Picture.tsx';
import type { Pictures } from './pictures.ts';
import { belowElement, enlarge, isMenuKey, openPictureMenu } from './pictureViews.ts';
import type { PictureView } from './pictureViews.ts';
import styles from './PictureGrid.module.css';

export interface PictureGridProps extends Partial<
  Pick<PictureView, 'before' | 'faceOf' | 'factsOf' | 'savedOf'>
> {
  pictures: Pictures;
  /** Says what the grid holds. */
  label: string;
  /** Of the picture at a place: its seed, its file. */
  nameOf?: (index: number) => string;
  /** Written below the picture, in one line. */
  captionOf?: (index: number) => string;
  columns: number;
  /** Side of a cell on the screen: whole multiples of the pictures' own side, except 48 for lists. */
  cell?: number;
  gap?: number;
  /** Between columns, where it differs. */
  columnGap?: number;
  /** Shown as selected. */
  selected?: readonly number[];
  /** Where a click selects, a double click or Enter enlarges; elsewhere a click does. */
  onSelect?: ((index: number) => void) | undefined;
  /** Greyed: the pictures are of the question before. */
  stale?: boolean;
  /** Only looked at: what lies around it answers clicks and keys. */
  isPlain?: boolean;
  /** Without the button of the picture's menu: what lies around it has one. */
  isBare?: boolean;
}

/** Of a caption with the space above it, px, as in the stylesheet. */
const captionHeight = 18;

/**
 * Pictures side by side, their pixels never smoothed. A grid is one tab stop: arrows move, Space selects, Enter enlarges,
 * the key of menus opens what can be done with the picture.
 */
export function PictureGrid(props: PictureGridProps): JSX.Element {
  const { pictures, label, columns, cell = 64, gap = 4, selected = [], onSelect, stale = false } = props;
  const columnGap = props.columnGap ?? gap;
  const { isPlain = false, isBare = false, before, faceOf, factsOf, savedOf, captionOf } = props;
  const nameOf = props.nameOf ?? ((index: number) => `picture ${index + 1}`);
  const view: PictureView = { title: label, pictures, before, nameOf, faceOf, factsOf, savedOf };
  const [at, setAt] = useState(0);
  const base = useId();
  const current = Math.min(at, Math.max(0, pictures.count - 1));
  const { pointed, handlers } = usePointed();
  const openMenu = (index: number, element: Element): void => {
    openPictureMenu(view, index, belowElement(element));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = movedInGrid(event.key, current, columns, pictures.count);
    if (next !== undefined) setAt(next);
    else if (event.key === ' ' && onSelect !== undefined) onSelect(current);
    else if (event.key === 'Enter' || event.key === ' ') enlarge(view, current);
    else if (isMenuKey(event))
      openMenu(current, document.getElementById(`${base}-${current}`) ?? event.currentTarget);
    else return;
    event.preventDefault();
  };
  const style = {
    gridTemplateColumns: `repeat(${columns}, ${cell}px)`,
    gap: `${gap}px ${columnGap}px`,
    '--cell': `${cell}px`,
  } as CSSProperties;
  const cells = Array.from({ length: pictures.count }, (_, index) => (
    <Cell
      key={index}
      id={`${base}-${index}`}
      pictures={pictures}
      index={index}
      name={nameOf(index)}
      caption={captionOf?.(index)}
      facts={factsOf?.(index)}
      isOption={!isPlain}
      isSelected={selected.includes(index)}
      isCurrent={!isPlain && index === current}
    />
  ));
  if (isPlain) {
    return (
      <div className={classes(styles.cells, stale && 'stale')} role="group" aria-label={label} style={style}>
        {cells}
      </div>
    );
  }
  const menuAt = pointed === 'current' ? current : pointed;
  return (
    <div
      className={styles.box}
      {...handlers}
      onContextMenu={(event) => {
        event.preventDefault();
        const index = indexOf(event.target);
        if (index === undefined) return;
        setAt(index);
        openPictureMenu(view, index, { x: event.clientX, y: event.clientY });
      }}
    >
      <div
        className={classes(styles.cells, stale && 'stale')}
        role="listbox"
        aria-label={label}
        aria-multiselectable={selected.length > 1}
        aria-activedescendant={pictures.count > 0 ? `${base}-${current}` : undefined}
        tabIndex={0}
        style={style}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const index = indexOf(event.target);
          if (index === undefined) return;
          setAt(index);
          if (onSelect === undefined) enlarge(view, index);
          else onSelect(index);
        }}
        onDoubleClick={(event) => {
          const index = indexOf(event.target);
          if (index !== undefined) enlarge(view, index);
        }}
      >
        {cells}
      </div>
      {!isBare && menuAt !== null && menuAt < pictures.count && (
        <PictureMore
          name={nameOf(menuAt)}
          place={placeInGrid(menuAt, {
            columns,
            cell,
            gap,
            columnGap,
            below: captionOf === undefined ? 0 : captionHeight,
          })}
          onOpen={(element) => {
            openMenu(menuAt, element);
          }}
        />
      )}
    </div>
  );
}

/** The place of the picture that an event fell on. */
function indexOf(target: EventTarget): number | undefined {
  const found = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return found === null ? undefined : Number(found.dataset['index']);
}

interface CellProps {
  id: string;
  pictures: Pictures;
  index: number;
  name: string;
  caption: string | undefined;
  facts: string | undefined;
  isOption: boolean;
  isSelected: boolean;
  isCurrent: boolean;
}

function Cell(props: CellProps): JSX.Element {
  const { id, pictures, index, name, caption, facts, isOption, isSelected, isCurrent } = props;
  const canvas = <Picture pictures={pictures} index={index} />;
  if (!isOption) {
    return (
      <PictureFrame isOn={isSelected} role="img" aria-label={name}>
        {canvas}
      </PictureFrame>
    );
  }
  const option = {
    ...{ id, 'data-index': index, role: 'option', 'aria-label': name, 'aria-selected': isSelected },
    title: facts === undefined ? name : `${name}\n${facts}`,
  };
  const frame = { isOn: isSelected, className: classes(isCurrent && styles.current) };
  if (caption === undefined) {
    return (
      <PictureFrame {...option} {...frame}>
        {canvas}
      </PictureFrame>
    );
  }
  return (
    <span {...option} className={styles.captioned}>
      <PictureFrame {...frame}>{canvas}</PictureFrame>
      <small className="clip">{caption}</small>
    </span>
  );
}

/** Which picture is pointed at, or that the one at which the keyboard is has the focus around it. */
function usePointed(): {
  pointed: number | 'current' | null;
  handlers: Pick<ComponentPropsWithoutRef<'div'>, 'onPointerOver' | 'onPointerLeave' | 'onFocus' | 'onBlur'>;
} {
  const [hovered, setHovered] = useState<number | null>(null);
  const [isFocused, setFocused] = useState(false);
  return {
    pointed: hovered ?? (isFocused ? 'current' : null),
    handlers: {
      onPointerOver: (event) => {
        const index = indexOf(event.target);
        if (index !== undefined) setHovered(index);
      },
      onPointerLeave: () => {
        setHovered(null);
      },
      onFocus: (event) => {
        setFocused(event.target.matches(':focus-visible'));
      },
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      },
    },
  };
}
