import type { JSX } from 'react';
import { Button } from '../components/Button.tsx';
import { ShellLine } from './ShellLine.tsx';

/** Says why what was dropped was not opened. */
export function DropLine({ words, onClose }: { words: string; onClose: () => void }): JSX.Element {
  return (
    <ShellLine tone="warn" role="alert">
      <span className="grow">{words}</span>
      <Button size="small" onClick={onClose}>
        Close
      </Button>
    </ShellLine>
  );
}
