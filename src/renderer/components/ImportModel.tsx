import { lazy, Suspense, useState } from 'react';
import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { useIdle } from './useIdle.ts';

const ImportModelDialog = lazy(() => import('./ImportModelDialog.tsx'));

/** "Open a model…": a generator that was trained elsewhere becomes a run. */
export function ImportModel(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const isIdle = useIdle();
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        Open a model…
      </Button>
      {(isIdle || isOpen) && (
        <Suspense>
          <ImportModelDialog
            isOpen={isOpen}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
