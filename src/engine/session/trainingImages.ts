import { decodingOf } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { dataNotHere } from '../../contract/runFiles.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { openImageSet } from '../data/imageSet.ts';
import { packImages } from '../data/packImages.ts';
import type { PackedImages } from '../data/packedImages.ts';

/** The packed images of a run, made again where the cache was cleared. @throws StudioError when the folder has changed */
export async function openTrainingImages(run: RunFile, watch: Watch): Promise<PackedImages> {
  if (run.data.folder === dataNotHere) {
    throw new StudioError(
      'not-found',
      `The ${run.data.trainingImages.toLocaleString('en')} pictures that this model was trained on did not come with it, so what needs them cannot be done. Train a run of your own.`,
    );
  }
  const images = await packImages(
    await openImageSet(run.data.folder),
    { crop: run.data.crop, size: run.data.size, decoding: decodingOf(run.data) },
    watch,
  );
  if (images.manifest.key === run.data.key) return images;
  images.close();
  throw new StudioError(
    'wrong-usage',
    `The images in ${run.data.folder} have changed since this run began, so going on would mix two data sets. Restore the folder, or start a new run.`,
  );
}

/** Held-out pictures of a run's data, validation before test; of a set without any, its first training pictures. */
export function heldOutIndices(images: PackedImages, most: number): Int32Array {
  const held = Int32Array.from([...images.indicesOf('validation'), ...images.indicesOf('test')]);
  return (held.length > 0 ? held : images.indicesOf('train')).slice(0, most);
}

/** Opens a run's pictures for the time of `work`. */
export async function withImages<R>(
  run: RunFile,
  watch: Watch,
  work: (images: PackedImages) => Promise<R>,
): Promise<R> {
  const images = await openTrainingImages(run, watch);
  try {
    return await work(images);
  } finally {
    images.close();
  }
}
