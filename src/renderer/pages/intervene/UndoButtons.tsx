import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { RecipeWork } from './useWork.ts';

/** Back and forth in the history of the recipe. */
export function UndoButtons({ work: { work, undo, redo } }: { work: RecipeWork }): JSX.Element {
  return (
    <>
      <Button
        look="quiet"
        square
        aria-label="Undo"
        title="Undo  Ctrl Z"
        disabled={work.now === 0}
        onClick={undo}
      >
        <Icon name="undo" />
      </Button>
      <Button
        look="quiet"
        square
        aria-label="Redo"
        title="Redo  Ctrl Shift Z"
        disabled={work.now === work.states.length - 1}
        onClick={redo}
      >
        <Icon name="redo" />
      </Button>
    </>
  );
}
