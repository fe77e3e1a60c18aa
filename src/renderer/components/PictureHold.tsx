import type { JSX, ReactNode } from 'react';
import { PictureMore } from './PictureMore.tsx';
import { belowElement, enlarge, openPictureMenu } from './pictureViews.ts';
import type { PictureView } from './pictureViews.ts';
import styles from './PictureHold.module.css';

export interface PictureHoldProps {
  view: PictureView;
  index: number;
  /** A click selects here: a double click enlarges. */
  isSelecting?: boolean;
  /** The picture in its frame. */
  children: ReactNode;
}

/** Around a picture that stands alone: a click enlarges it, and its menu is a button that the keyboard reaches. */
export function PictureHold({ view, index, isSelecting = false, children }: PictureHoldProps): JSX.Element {
  const open = (): void => {
    enlarge(view, index);
  };
  return (
    <span
      className={styles.hold}
      onClick={isSelecting ? undefined : open}
      onDoubleClick={isSelecting ? open : undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        openPictureMenu(view, index, { x: event.clientX, y: event.clientY });
      }}
    >
      {children}
      <span className={styles.more}>
        <PictureMore
          name={view.nameOf(index)}
          onOpen={(button) => {
            openPictureMenu(view, index, belowElement(button));
          }}
        />
      </span>
    </span>
  );
}
