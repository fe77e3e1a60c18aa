import { useEffect, useRef, useState } from 'react';
import type { JSX } from 'react';
import { Button } from '../components/Button.tsx';
import { Dialog, DialogActions } from '../components/Dialog.tsx';
import { useHeld, useLast } from '../components/held.ts';
import { Icon } from '../components/Icon.tsx';
import { PictureFrame } from '../components/PictureFrame.tsx';
import { Picture } from '../components/Picture.tsx';
import { layoutGrid } from '../components/pictureLayout.ts';
import { onePicture } from '../components/pictures.ts';
import type { Pictures } from '../components/pictures.ts';
import { enlarged } from '../components/pictureViews.ts';
import type { PictureAt } from '../components/pictureViews.ts';
import { PictureWipe } from '../components/PictureWipe.tsx';
import { actionsOf } from './pictureActions.ts';
import styles from './pictures.module.css';

/** What the dialog has beside and around the picture, px. */
const around = { width: 220, height: 250 };
const most = 12;

/** The picture that was enlarged, alone and as large as the window allows at a whole multiple. */
export function PictureViewer(): JSX.Element {
  const open = useHeld(enlarged);
  const last = useLast(open);
  // The dialog is always there, opens and closes: so it knows where the focus was, and gives it back.
  return (
    <Dialog
      title={last?.view.nameOf(last.index) ?? ''}
      isOpen={open !== null}
      width={last === null ? 0 : cellOf(last.view.pictures) + 160}
      onClose={() => {
        enlarged.set(null);
      }}
    >
      {last !== null && <Enlarged {...last} />}
    </Dialog>
  );
}

function Enlarged({ view, index }: PictureAt): JSX.Element {
  const { pictures, before } = view;
  const go = (to: number): void => {
    enlarged.set({ view, index: (to + pictures.count) % pictures.count });
  };
  useViewerKeys({ ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: pictures.count - 1 }, go);
  const canGo = pictures.count > 1;
  const name = view.nameOf(index);
  const facts = view.factsOf?.(index);
  const cell = cellOf(pictures);
  return (
    <div className={styles.viewer} data-enlarged={index}>
      <div className={styles.large}>
        <Step name="Previous picture" icon="left" to={canGo ? index - 1 : null} onGo={go} />
        <Large pictures={pictures} before={before ?? null} index={index} name={name} cell={cell} />
        <Step name="Next picture" icon="right" to={canGo ? index + 1 : null} onGo={go} />
      </div>
      <p className="small muted" aria-live="polite">
        {view.title}, {index + 1} of {pictures.count}. {pictures.width} × {pictures.height} pixels, shown ×{' '}
        {cell / pictures.width}.{facts !== undefined && ` ${facts}`}
      </p>
      <DialogActions>
        {actionsOf({ view, index }).map(({ words, run }) => (
          <Button
            key={words}
            size="small"
            onClick={() => {
              run();
              if (words.startsWith('Use')) enlarged.set(null);
            }}
          >
            {words}
          </Button>
        ))}
      </DialogActions>
    </div>
  );
}

const dialogKeys: readonly string[] = ['Escape', 'Tab', 'Enter', ' '];

/** Keys go to the picture wherever in the dialog the focus is, and none to the page below it. */
function useViewerKeys(moves: Readonly<Record<string, number>>, go: (to: number) => void): void {
  const latest = useRef({ moves, go });
  useEffect(() => {
    latest.current = { moves, go };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || dialogKeys.includes(event.key)) return;
      // The edge between before and after has arrow keys of its own, and so have menus.
      if (event.target instanceof Element && event.target.closest('[role=slider], [role=menu]') !== null)
        return;
      event.stopPropagation();
      const to = latest.current.moves[event.key];
      if (to === undefined) return;
      event.preventDefault();
      latest.current.go(to);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, []);
}

function cellOf({ width, height }: Pictures): number {
  const room = { width: window.innerWidth - around.width, height: window.innerHeight - around.height };
  return layoutGrid(room, { count: 1, side: Math.max(width, height), gap: 0, most }).cell;
}

function Step(props: {
  name: string;
  icon: 'left' | 'right';
  to: number | null;
  onGo: (to: number) => void;
}): JSX.Element {
  const { name, icon, to, onGo } = props;
  return (
    <Button
      look="quiet"
      square
      aria-label={name}
      title={name}
      disabled={to === null}
      onClick={() => {
        if (to !== null) onGo(to);
      }}
    >
      <Icon name={icon} />
    </Button>
  );
}

/** With a picture before it an edge to drag lies between the two. */
function Large(props: {
  pictures: Pictures;
  before: Pictures | null;
  index: number;
  name: string;
  cell: number;
}): JSX.Element {
  const { pictures, before, index, name, cell } = props;
  const [wipe, setWipe] = useState(0.5);
  if (before === null || index >= before.count) {
    return (
      <PictureFrame cell={cell}>
        <Picture pictures={pictures} index={index} label={name} />
      </PictureFrame>
    );
  }
  return (
    <PictureWipe
      before={onePicture(before, index)}
      after={onePicture(pictures, index)}
      label={name}
      nameOf={() => name}
      layout={{ columns: 1, cell }}
      wipe={wipe}
      onWipe={setWipe}
      isBefore={false}
    />
  );
}
