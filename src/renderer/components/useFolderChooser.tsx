import { lazy, Suspense, useState } from 'react';
import type { JSX } from 'react';
import { host } from '../host/host.ts';
import { useIdle } from './useIdle.ts';

const FolderDialog = lazy(() => import('./FolderDialog.tsx'));

/** How a folder is chosen on this host: `open` asks, `dialog` belongs somewhere into the page. */
export function useFolderChooser(
  title: string,
  start: string,
  onChoose: (folder: string) => void,
): { open: () => void; dialog: JSX.Element | false } {
  const [isOpen, setOpen] = useState(false);
  const open = (): void => {
    if (host.chooseFolder === null) {
      setOpen(true);
      return;
    }
    void host.chooseFolder(title).then((folder) => {
      if (folder !== undefined) onChoose(folder);
    });
  };
  const close = (): void => {
    setOpen(false);
  };
  const isIdle = useIdle();
  const dialog = (isIdle || isOpen) && (
    <Suspense>
      <FolderDialog
        title={title}
        isOpen={isOpen}
        start={start}
        onClose={close}
        onChoose={(folder) => {
          close();
          onChoose(folder);
        }}
      />
    </Suspense>
  );
  return { open, dialog };
}
