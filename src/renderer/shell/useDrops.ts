import { useEffect, useState } from 'react';
import { goTo } from '../address/address.ts';
import { isRecipeFile, offerPhotos, offerRecipe } from '../api/droppedFile.ts';
import { openPicture } from '../api/openPicture.ts';
import { isPngFile } from '../api/pictureWords.ts';
import { host } from '../host/host.ts';
import { wordsOfDrop } from './dropWords.ts';
import type { Dropped } from './dropWords.ts';

export interface Drops {
  /** Why what was dropped last was not opened; null where it was. */
  words: string | null;
  dismiss: () => void;
  /** True while files are held over the window. */
  isOver: boolean;
}

/**
 * What is dropped anywhere in the window: photos go to the page that takes them, a folder is opened on Data, a recipe on
 * Intervene, and so is what a picture was made with; about anything else a sentence is given. Without this a browser would leave the Studio for the file.
 */
export function useDrops(page: string): Drops {
  const [words, setWords] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      // Within the window something else is entered.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      const { dataTransfer } = event;
      if (dataTransfer === null || !hasFiles(event)) return;
      event.preventDefault();
      // What is dropped may be looked at during the event only.
      const dropped = droppedThings(dataTransfer);
      void take(dropped, page).then(setWords);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [page]);
  return {
    words,
    dismiss: () => {
      setWords(null);
    },
    isOver,
  };
}

interface DroppedFiles extends Dropped {
  files: File[];
}

function droppedThings(transfer: DataTransfer): DroppedFiles {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  const folder = entries.find((entry) => entry?.isDirectory === true)?.name;
  const files = [...transfer.files].filter((_, index) => entries[index]?.isDirectory !== true);
  return { folder, files };
}

/** @returns what cannot be done with it, in words; null where it was opened */
async function take(dropped: DroppedFiles, page: string): Promise<string | null> {
  if (dropped.folder !== undefined) {
    const path = host.droppedFolder === null ? undefined : await host.droppedFolder();
    if (path === undefined) {
      if (page !== 'data') goTo('data');
      return wordsOfDrop(dropped, page);
    }
    goTo('data', { data: path, attribute: undefined, from: undefined, file: undefined });
    return null;
  }
  const recipe = dropped.files.find(isRecipeFile);
  if (recipe !== undefined) {
    offerRecipe(recipe);
    if (page !== 'intervene') goTo('intervene');
    return null;
  }
  const [first] = dropped.files;
  if (dropped.files.length === 1 && first !== undefined && isPngFile(first)) {
    const opened = await openPicture(first);
    if (opened.kind === 'opened') return opened.words;
  }
  const photos = dropped.files.filter(({ type }) => type.startsWith('image/'));
  return offerPhotos(photos) ? null : wordsOfDrop(dropped, page);
}
