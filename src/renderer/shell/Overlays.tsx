import type { JSX } from 'react';
import { Finder } from './Finder.tsx';
import { Help } from './Help.tsx';
import { PictureMenu } from './PictureMenu.tsx';
import { PictureViewer } from './PictureViewer.tsx';

export interface OverlaysProps {
  open: 'finder' | 'keys' | null;
  onClose: () => void;
  /** Copies the page's command. */
  onCopy: () => void;
  onKeys: () => void;
}

/** What opens over every page. Loaded once the page itself stands, since nothing of it is seen before something is pressed. */
export default function Overlays({ open, onClose, onCopy, onKeys }: OverlaysProps): JSX.Element {
  return (
    <>
      <Finder isOpen={open === 'finder'} onClose={onClose} onCopy={onCopy} onKeys={onKeys} />
      <Help isOpen={open === 'keys'} onClose={onClose} />
      <PictureViewer />
      <PictureMenu />
    </>
  );
}
