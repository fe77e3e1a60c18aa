import { useState } from 'react';
import type { JSX } from 'react';
import { host } from '../host/host.ts';
import { nameOf } from '../words.ts';
import { Button } from './Button.tsx';

/** The way to a folder that was written: the file manager, or its path to paste where the page has none. */
export function ShowFolder({ folder }: { folder: string }): JSX.Element {
  const { revealFolder } = host;
  const [isCopied, setCopied] = useState(false);
  const name = nameOf(folder);
  if (revealFolder !== null)
    return (
      <Button
        size="small"
        aria-label={`Open ${name} in the file manager`}
        onClick={() => {
          void revealFolder(folder);
        }}
      >
        Open in the file manager
      </Button>
    );
  return (
    <Button
      size="small"
      aria-label={`Copy the path of ${name}`}
      onClick={() => {
        void navigator.clipboard.writeText(folder).then(() => {
          setCopied(true);
        });
      }}
    >
      {isCopied ? 'Path copied' : 'Copy path'}
    </Button>
  );
}
