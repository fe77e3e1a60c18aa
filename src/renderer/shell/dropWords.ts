/** What was dropped: the name of a folder among it, and the files. */
export interface Dropped {
  folder: string | undefined;
  files: readonly { name: string; type: string }[];
}

/** Pages that open photos which are dropped on them. */
const pagesWithPhotos: readonly string[] = ['intervene', 'explore', 'start'];

export function isPageWithPhotos(page: string): boolean {
  return pagesWithPhotos.includes(page);
}

/** Why nothing was opened, and what would be. */
export function wordsOfDrop({ folder, files }: Dropped, page: string): string {
  if (folder !== undefined) {
    return `A browser does not tell a page where the folder “${folder}” is. Press “Choose…” and choose it there.`;
  }
  const areImages = files.length > 0 && files.every(({ type }) => type.startsWith('image/'));
  if (areImages && !isPageWithPhotos(page)) {
    return 'Photos can be dropped on Explore and on Intervene. To train on pictures, put them into a folder and choose it on Data.';
  }
  if (areImages) {
    return 'The chosen model cannot use photos. Choose a run with an encoder, such as a β-VAE, that has a checkpoint.';
  }
  const name = files[0]?.name ?? 'What was dropped';
  return `${name} cannot be opened here: the Studio takes photos, recipes (.json), and folders of pictures.`;
}

/** What may be dropped now, while something is held over the window. */
export function dropHint(page: string): string {
  return isPageWithPhotos(page)
    ? 'Drop photos to open them here, a recipe, a picture saved with one, or a folder of pictures'
    : 'Drop a recipe, a picture saved with one, or a folder of pictures';
}
