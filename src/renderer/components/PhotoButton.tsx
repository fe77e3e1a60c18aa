import { useRef } from 'react';
import type { JSX, ReactNode } from 'react';
import { Button } from './Button.tsx';
import { imageFilesOf } from './usePhotos.ts';

/** Opens pictures of one's own: they are read in the page and encoded by the engine, and copied nowhere. */
export function PhotoButton({
  onOpen,
  isBusy,
  refusal = null,
  children,
}: {
  onOpen: (files: readonly File[]) => void;
  isBusy: boolean;
  /** Why the model takes in no photos. */
  refusal?: string | null;
  children: ReactNode;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        disabled={isBusy || refusal !== null}
        title={refusal ?? undefined}
        onClick={() => input.current?.click()}
      >
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Photos"
        onChange={(event) => {
          const files = imageFilesOf(event.currentTarget.files);
          event.currentTarget.value = '';
          if (files.length > 0) onOpen(files);
        }}
      />
    </>
  );
}
