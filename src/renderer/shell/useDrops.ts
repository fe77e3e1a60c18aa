import { useEffect, useState } from 'react';
import { goTo } from '../address/address.ts';
import { isRecipeFile, offerRecipe } from '../api/droppedFile.ts';
import { host } from '../host/host.ts';
import { isPageWithPhotos, wordsOfDrop } from './dropWords.ts';
import type { Dropped } from './dropWords.ts';

/**
 * What is dropped anywhere and was not taken by the page itself: a folder is opened on Data, a recipe on Intervene; about
 * anything else a sentence is given. Without this a browser would leave the Studio for the file.
 */
export function useDrops(page: string): { words: string | null; dismiss: () => void } {
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      const { dataTransfer } = event;
      if (dataTransfer === null || !dataTransfer.types.includes('Files') || event.defaultPrevented) return;
      event.preventDefault();
      // What is dropped may be looked at during the event only.
      const dropped = droppedThings(dataTransfer);
      void take(dropped, page).then(setWords);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [page]);
  const dismiss = (): void => {
    setWords(null);
  };
  return { words, dismiss };
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
  return isPageWithPhotos(page) && dropped.files.length === 0 ? null : wordsOfDrop(dropped, page);
}
