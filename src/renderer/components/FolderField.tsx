import { useState } from 'react';
import type { JSX } from 'react';
import { host } from '../host/host.ts';
import { Button } from './Button.tsx';
import { TextField } from './controls.tsx';
import { FolderDialog } from './FolderDialog.tsx';

export interface FolderFieldProps {
  id?: string;
  label?: string;
  /** The question of the dialog. */
  title: string;
  value: string;
  onChange: (folder: string) => void;
}

/** A folder that is typed or chosen: in the system's dialog where there is one, else in one of the page. */
export function FolderField({ id, label, title, value, onChange }: FolderFieldProps): JSX.Element {
  const chooser = useFolderChooser(title, value, onChange);
  return (
    <span className="row">
      <span className="grow">
        <TextField
          mono
          value={value}
          onChange={onChange}
          {...(id !== undefined && { id })}
          {...(label !== undefined && { label })}
        />
      </span>
      <Button onClick={chooser.open}>Choose…</Button>
      {chooser.dialog}
    </span>
  );
}

/** How a folder is chosen on this host: `open` asks, `dialog` belongs somewhere into the page. */
export function useFolderChooser(
  title: string,
  start: string,
  onChoose: (folder: string) => void,
): { open: () => void; dialog: JSX.Element } {
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
  const dialog = (
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
  );
  return { open, dialog };
}
