import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { TextField } from './controls.tsx';
import { useFolderChooser } from './useFolderChooser.tsx';

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
