import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { decodingOf, selectionOf } from '../../contract/dataSet.ts';
import type { Selection } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { dataNotHere } from '../../contract/runFiles.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { packedFolder } from '../data/cacheFolder.ts';
import { contentKey } from '../data/contentKey.ts';
import { openImageSet } from '../data/imageSet.ts';
import type { ImageSet } from '../data/imageSet.ts';
import { openPackedImages } from '../data/packedImages.ts';
import { packImages, packKeys } from '../data/packImages.ts';
import type { PackedImages } from '../data/packedImages.ts';

/** The packed images of a run, made again where the cache was cleared. @throws StudioError when the folder has changed */
export async function openTrainingImages(run: RunFile, watch: Watch): Promise<PackedImages> {
  return (await openPicturesOf(run, undefined, watch)).images;
}

/**
 * The same for a run that goes on, which may be told where its pictures lie now. Pictures that are the same are followed wherever they
 * were moved or copied to, whenever their files were written.
 *
 * @param given where they lie now, where that is not where they lay
 * @returns the caller's to close, and what run.json is to say of them from now on
 * @throws StudioError `wrong-usage` where they are other pictures
 */
export async function openPicturesOf(
  run: RunFile,
  given: string | undefined,
  watch: Watch,
): Promise<{ images: PackedImages; data: RunFile['data'] }> {
  const folder = resolve(given ?? run.data.folder);
  if (given === undefined && run.data.folder === dataNotHere) {
    throw new StudioError(
      'not-found',
      `The ${run.data.trainingImages.toLocaleString('en')} pictures that this model was trained on did not come with it, so what needs them is not available. Train a run of your own.`,
    );
  }
  for (const selection of selectionsOf(run)) {
    const set = await openSet(folder, selection, given === undefined);
    const opened = await sameIn(set, run, folder, watch);
    if (opened !== undefined) return opened;
  }
  const words =
    run.data.content === undefined
      ? ' (A run of an earlier version knows its pictures by the sizes and dates of their files: copy them with their dates, as "cp -p" does.)'
      : '';
  throw new StudioError(
    'wrong-usage',
    `The images in ${folder} have changed since this run began, so continuing would mix two data sets. Restore the folder, give "train --resume RUN --data FOLDER" the folder of the same pictures, or start a new run.${words}`,
  );
}

/**
 * What a run took. The first versions took what lies beside pictures, too, such as the run's own folder once it was there: without that
 * the pictures may be those that it began with.
 */
function selectionsOf({ data }: RunFile): Selection[] {
  const own = selectionOf(data);
  return own === 'earlier' ? [own, 'pictures'] : [own];
}

/** The run's pictures, where a set's are the same. */
async function sameIn(
  set: ImageSet,
  run: RunFile,
  folder: string,
  watch: Watch,
): Promise<{ images: PackedImages; data: RunFile['data'] } | undefined> {
  const { crop, size } = run.data;
  const images = await packImages(set, { crop, size, decoding: decodingOf(run.data) }, watch);
  const { key } = images.manifest;
  try {
    if (key === run.data.key) return { images, data: { ...run.data, folder } };
    const content = contentKey(images.manifest);
    if (content === (await contentOfRun(run, set, folder, content))) {
      const { selection } = set;
      const data = { ...run.data, folder, key, content, ...(selection !== 'earlier' && { selection }) };
      return { images, data };
    }
  } catch (error) {
    images.close();
    throw error;
  }
  images.close();
  return undefined;
}

async function openSet(folder: string, selection: Selection, isOwn: boolean): Promise<ImageSet> {
  try {
    return await openImageSet(folder, selection);
  } catch (error) {
    if (!isOwn || !(error instanceof StudioError) || error.code !== 'not-found') throw error;
    throw new StudioError(
      'not-found',
      `The pictures of this run are no longer at ${folder}. Put them back, or say where they are now: "extrapolate train --resume RUN --data FOLDER".`,
      { cause: error },
    );
  }
}

/**
 * The content key of a run's pictures. Of a run of an earlier version it is that of its packed pictures, where these are still in the
 * cache; or `content`, where files of the same names, sizes and dates lie elsewhere.
 */
async function contentOfRun(
  { data }: RunFile,
  set: ImageSet,
  folder: string,
  content: string,
): Promise<string | undefined> {
  if (data.content !== undefined) return data.content;
  const imageFolder = join(data.folder, relative(folder, set.imageFolder));
  const keys = await packKeys(set, { crop: data.crop, size: data.size, imageFolder });
  if (keys.get(decodingOf(data)) === data.key) return content;
  const packed = join(packedFolder(), data.key);
  if (!existsSync(packed)) return undefined;
  let before: PackedImages | undefined;
  try {
    before = openPackedImages(packed);
    return contentKey(before.manifest);
  } catch (error) {
    if (error instanceof StudioError) return undefined;
    throw error;
  } finally {
    before?.close();
  }
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
