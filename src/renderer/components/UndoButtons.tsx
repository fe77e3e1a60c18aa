import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

export interface UndoButtonsProps {
  canUndo: boolean;
  canRedo: boolean;
  undo: () => void;
  redo: () => void;
  /** What is undone, where the buttons' place does not say it: "stroke". */
  what?: string;
  size?: 'small';
}

/** Back and forth in a history, which the keys of the page do, too. */
export function UndoButtons({ canUndo, canRedo, undo, redo, what, size }: UndoButtonsProps): JSX.Element {
  const label = (word: string): string => (what === undefined ? word : `${word} ${what}`);
  const usual = { look: 'quiet', square: true, ...(size && { size }) } as const;
  return (
    <>
      <Button {...usual} aria-label={label('Undo')} title="Undo  Ctrl Z" disabled={!canUndo} onClick={undo}>
        <Icon name="undo" />
      </Button>
      <Button
        {...usual}
        aria-label={label('Redo')}
        title="Redo  Ctrl Shift Z"
        disabled={!canRedo}
        onClick={redo}
      >
        <Icon name="redo" />
      </Button>
    </>
  );
}
