import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JSX } from 'react';
import type { FolderEntry, ListedFolder } from '../../contract/studio.ts';
import { api } from '../api/api.ts';
import { sentenceOf } from '../api/errors.ts';
import { count, counted } from '../words.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Dialog, DialogActions } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { Note } from './marks.tsx';
import { MenuList } from './MenuList.tsx';
import styles from './FolderDialog.module.css';

export interface FolderDialogProps {
  title: string;
  isOpen: boolean;
  /** Where it begins; the first allowed folder where this one is not there. */
  start: string;
  onClose: () => void;
  onChoose: (folder: string) => void;
}

/** Chooses a folder of the machine that the engine runs on, which may be far from the browser. */
export function FolderDialog(props: FolderDialogProps): JSX.Element {
  return (
    <Dialog title={props.title} isOpen={props.isOpen} onClose={props.onClose} width={560}>
      <FolderBody {...props} />
    </Dialog>
  );
}

function FolderBody({ start, onClose, onChoose }: FolderDialogProps): JSX.Element {
  const [wanted, setWanted] = useState<string | undefined>(start === '' ? undefined : start);
  const listed = useQuery({
    queryKey: ['folders', wanted],
    queryFn: ({ signal }) =>
      api.studio.folders
        .list(wanted === undefined ? {} : { folder: wanted }, { signal })
        // What was typed may not be there; the places to begin from are.
        .catch((error: unknown) => {
          if (wanted === start) return api.studio.folders.list({}, { signal });
          throw error;
        }),
    staleTime: 0,
    placeholderData: (before) => before,
  });
  const folder = listed.data;
  return (
    <>
      <div className={classes('row', styles.places)} role="group" aria-label="Places">
        {folder?.places.map((place) => (
          <Button
            key={place.path}
            size="small"
            title={place.path}
            onClick={() => {
              setWanted(place.path);
            }}
          >
            {place.name}
          </Button>
        ))}
      </div>
      <div className="mono clip" title={folder?.path}>
        {folder?.path ?? ' '}
      </div>
      {listed.error !== null && <Note tone="bad">{sentenceOf(listed.error)}</Note>}
      {folder !== undefined && <FolderList folder={folder} onOpen={setWanted} />}
      <DialogActions>
        <span className="muted small grow">
          {folder === undefined ? '' : `${counted(folder.pictures, 'picture')} in this folder`}
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={folder === undefined}
          onClick={() => {
            if (folder !== undefined) onChoose(folder.path);
          }}
        >
          Choose this folder
        </Button>
      </DialogActions>
    </>
  );
}

function FolderList({
  folder,
  onOpen,
}: {
  folder: ListedFolder;
  onOpen: (path: string) => void;
}): JSX.Element {
  const { parent, folders } = folder;
  return (
    <MenuList
      role="group"
      label="Folders"
      className={styles.list}
      nothing={folders.length === 0 ? 'There are no folders in this one.' : undefined}
    >
      {parent !== null && (
        <button
          type="button"
          onClick={() => {
            onOpen(parent);
          }}
        >
          <Icon name="up" />
          The folder above
        </button>
      )}
      {folders.map((entry) => (
        <button
          key={entry.path}
          type="button"
          disabled={entry.pictures === null}
          onClick={() => {
            onOpen(entry.path);
          }}
        >
          <Icon name="folder" />
          <span className="grow clip">{entry.name}</span>
          <span className="muted">{picturesIn(entry)}</span>
        </button>
      ))}
    </MenuList>
  );
}

function picturesIn({ pictures }: FolderEntry): string {
  if (pictures === null) return 'may not be read';
  if (pictures === 0) return '';
  return pictures >= 1000
    ? 'over 1,000 pictures'
    : `${count(pictures)} ${pictures === 1 ? 'picture' : 'pictures'}`;
}
