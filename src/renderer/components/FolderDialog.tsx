import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JSX } from 'react';
import type { FolderEntry, ListedFolder } from '../../contract/studio.ts';
import { api, useAbout } from '../api/api.ts';
import { sentenceOf } from '../api/errors.ts';
import { capitalised, count, nameOf } from '../words.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Dialog, DialogActions } from './Dialog.tsx';
import { lookWords } from './folderWords.ts';
import { Icon } from './Icon.tsx';
import { Note } from './marks.tsx';
import { MenuList } from './MenuList.tsx';
import { PathBox } from './PathBox.tsx';
import { asTyped, matchesOf, splitTyped } from './pathTyping.ts';
import { recentFolders, rememberFolder } from './recentFolders.ts';
import { useFolderLook } from './useFolderLook.ts';
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
export default function FolderDialog(props: FolderDialogProps): JSX.Element {
  return (
    <Dialog title={props.title} isOpen={props.isOpen} onClose={props.onClose} width={640}>
      <FolderBody {...props} />
    </Dialog>
  );
}

function FolderBody({ start, onClose, onChoose }: FolderDialogProps): JSX.Element {
  const separator = useAbout()?.separator ?? '/';
  const [wanted, setWanted] = useState<string | undefined>(start === '' ? undefined : start);
  /** Null until something is typed: the path of the folder that is listed. */
  const [typed, setTyped] = useState<string | null>(null);
  const listed = useListedFolder(wanted, start);
  const folder = listed.data;
  const text = typed ?? (folder === undefined ? '' : asTyped(folder.path, separator));
  const { begun } = splitTyped(text, separator);
  const open = (path: string): void => {
    setTyped(null);
    setWanted(path);
  };
  const type = (next: string): void => {
    setTyped(next);
    const { parent } = splitTyped(next, separator);
    if (parent !== null && parent !== folder?.path) setWanted(parent);
  };
  const isListed = listed.error === null && !listed.isPlaceholderData;
  const names = folder?.folders.map(({ name }) => name) ?? [];
  const chosen =
    folder === undefined || !isListed ? undefined : chosenOf(folder, typed === null ? '' : begun);
  const look = useFolderLook(chosen);
  const matches = typed === null ? names : matchesOf(begun, names);
  const choose = (path: string): void => {
    rememberFolder(path);
    onChoose(path);
  };
  const problem =
    listed.error !== null
      ? sentenceOf(listed.error)
      : chosen === undefined && isListed && folder !== undefined && matches.length === 0
        ? `There is no folder “${begun}” in ${folder.path}.`
        : null;
  return (
    <>
      <Places folder={folder} onOpen={open} />
      <PathBox
        text={text}
        names={names}
        separator={separator}
        onType={type}
        onEnter={() => {
          const only = matches.length === 1 ? matches[0] : undefined;
          const entry = folder?.folders.find(({ name, path }) => path === chosen || name === only);
          if (chosen !== undefined && typed === null) choose(chosen);
          else if (entry !== undefined) open(entry.path);
        }}
      />
      {problem !== null && <Note tone="bad">{problem}</Note>}
      {folder !== undefined && (
        <FolderList
          folder={{ ...folder, folders: folder.folders.filter(({ name }) => matches.includes(name)) }}
          nothing={begun === '' ? 'There are no folders in this one.' : `No folder begins with “${begun}”.`}
          onOpen={open}
        />
      )}
      <DialogActions>
        <span className={classes('small', 'grow', styles.look)} aria-live="polite">
          {chosen !== undefined && capitalised(lookWords(look))}
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={chosen === undefined}
          title={chosen}
          onClick={() => {
            if (chosen !== undefined) choose(chosen);
          }}
        >
          Choose this folder
        </Button>
      </DialogActions>
    </>
  );
}

function useListedFolder(
  wanted: string | undefined,
  start: string,
): { data: ListedFolder | undefined; error: Error | null; isPlaceholderData: boolean } {
  return useQuery({
    queryKey: ['folders', wanted],
    queryFn: ({ signal }) =>
      api.studio.folders
        .list(wanted === undefined ? {} : { folder: wanted }, { signal })
        // What it begins with may not be there; the places to begin from are.
        .catch((error: unknown) => {
          if (wanted === start) return api.studio.folders.list({}, { signal });
          throw error;
        }),
    staleTime: 0,
    placeholderData: (before) => before,
  });
}

/** The folder that is listed, or the one inside whose name is typed; undefined where there is none of that name. */
export function chosenOf(folder: ListedFolder, begun: string): string | undefined {
  if (begun === '') return folder.path;
  return folder.folders.find(({ name, pictures }) => name === begun && pictures !== null)?.path;
}

/** Where one can start from: allowed folders, and those that were chosen before. */
function Places({
  folder,
  onOpen,
}: {
  folder: ListedFolder | undefined;
  onOpen: (path: string) => void;
}): JSX.Element {
  const places = folder?.places ?? [];
  const recent = recentFolders().filter((path) => !places.some((place) => place.path === path));
  const button = (path: string, name: string): JSX.Element => (
    <Button
      key={path}
      size="small"
      title={path}
      onClick={() => {
        onOpen(path);
      }}
    >
      {name}
    </Button>
  );
  return (
    <>
      <div className={classes('row', styles.places)} role="group" aria-label="Places">
        {places.map(({ path, name }) => button(path, name))}
      </div>
      {recent.length > 0 && (
        <div className={classes('row', styles.places)} role="group" aria-label="Recent places">
          <span className="muted small">Recent</span>
          {recent.map((path) => button(path, nameOf(path)))}
        </div>
      )}
    </>
  );
}

function FolderList({
  folder,
  nothing,
  onOpen,
}: {
  folder: ListedFolder;
  nothing: string;
  onOpen: (path: string) => void;
}): JSX.Element {
  const { parent, folders } = folder;
  return (
    <MenuList
      role="group"
      label="Folders"
      className={styles.list}
      nothing={folders.length === 0 ? nothing : undefined}
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
