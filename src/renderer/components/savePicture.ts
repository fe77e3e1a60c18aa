import { api } from '../api/api.ts';
import { pictureFileName } from './pictureFileName.ts';
import type { SavedPictures } from './pictureFileName.ts';
import { saveFile } from './saveFile.ts';

/** Saves pictures as a PNG that tells its run, seeds and recipe to whoever opens it in the Studio; several as a grid. */
export async function savePicture(what: SavedPictures): Promise<void> {
  const { png } = await api.intervene.pictureFile(what);
  saveFile(pictureFileName(what), png);
}
