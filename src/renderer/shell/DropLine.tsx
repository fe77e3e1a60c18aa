import type { JSX } from 'react';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';

/** Says why what was dropped was not opened. */
export function DropLine({ words, onClose }: { words: string; onClose: () => void }): JSX.Element {
  return (
    <div className="line" role="alert">
      <Icon name="warn" />
      <span className="grow">{words}</span>
      <Button size="small" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}
