import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { readImageFile } from '../data/decode.ts';
import { openImageSet } from '../data/imageSet.ts';
import type { ImageSet } from '../data/imageSet.ts';
import { imagesFromBytes } from '../models/layeredGenerator.ts';
import type { TrainedBetaVae } from '../models/trainedBetaVae.ts';
import { tf } from '../tensorflow/tf.ts';
import { requireEncoder } from './openModel.ts';
import type { OpenModel } from './openModel.ts';

/** More pictures than this are for "export", which keeps none in memory. */
const mostPictures = 4096;
const batch = 32;

/** A person's pictures and what the encoder makes of them. */
export interface EncodedPictures {
  files: string[];
  /** The cropped originals, [count, 64, 64, 3]. */
  bytes: Uint8Array;
  /** Posterior means and log-variances, [count, latent] each. */
  means: Float32Array;
  logVariances: Float32Array;
  skipped: SkippedFile[];
}

/** Which pictures of a folder are taken: those that training never saw, or the first ones; all where nothing is said. */
export interface PictureChoice {
  heldOut?: boolean | undefined;
  most?: number | undefined;
}

/**
 * Reads pictures as the model was trained to see them, and encodes them.
 * @param path a picture, or a folder of pictures
 * @throws StudioError `empty` where none can be decoded
 */
export async function encodePictures(
  { model: anyModel, run }: OpenModel,
  path: string,
  watch: Watch,
  choice: PictureChoice = {},
): Promise<EncodedPictures> {
  const model = requireEncoder(anyModel);
  const { folder, names } = await namesAt(path, choice);
  if (names.length > mostPictures) {
    throw new StudioError(
      'wrong-usage',
      `${path} has ${names.length} pictures; at most ${mostPictures} are taken at once.`,
    );
  }
  const side = model.imageSize;
  const files: string[] = [];
  const skipped: SkippedFile[] = [];
  const pixels: Uint8Array[] = [];
  for (const [index, name] of names.entries()) {
    if (watch.signal?.aborted === true)
      throw new StudioError('interrupted', 'Reading the pictures was stopped.');
    try {
      pixels.push(await readImageFile(join(folder, name), run.data.crop, side));
      files.push(name);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      skipped.push({ file: name, reason: error.message });
    }
    watch.onProgress?.({ phase: 'reading', done: index + 1, total: names.length });
  }
  if (files.length === 0) {
    const why = skipped[0]?.reason ?? 'it holds no picture';
    throw new StudioError('empty', `No picture in ${path} can be used (${why}).`);
  }
  const bytes = new Uint8Array(files.length * side * side * 3);
  pixels.forEach((picture, index) => {
    bytes.set(picture, index * picture.length);
  });
  const codes = await encodeBytes(model, bytes, watch);
  return { files, bytes, skipped, ...codes };
}

/** Encodes bytes [count, 64, 64, 3] in batches. */
export async function encodeBytes(
  model: TrainedBetaVae,
  bytes: Uint8Array,
  watch: Watch,
): Promise<Pick<EncodedPictures, 'means' | 'logVariances'>> {
  const each = model.imageSize ** 2 * 3;
  const count = bytes.length / each;
  const means = new Float32Array(count * model.latent);
  const logVariances = new Float32Array(count * model.latent);
  for (let start = 0; start < count; start += batch) {
    const size = Math.min(batch, count - start);
    const images = imagesFromBytes(bytes.subarray(start * each, (start + size) * each), model.imageSize);
    const { mean, logVariance } = model.encode(images);
    means.set(mean.dataSync<'float32'>(), start * model.latent);
    logVariances.set(logVariance.dataSync<'float32'>(), start * model.latent);
    tf.dispose([images, mean, logVariance]);
    watch.onProgress?.({ phase: 'encoding', done: start + size, total: count });
    await nextTurn();
  }
  return { means, logVariances };
}

async function namesAt(
  path: string,
  { heldOut, most }: PictureChoice,
): Promise<{ folder: string; names: readonly string[] }> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) {
    return { folder: dirname(path), names: [basename(path)] };
  }
  const set = await openImageSet(path);
  return { folder: set.imageFolder, names: chosenFiles(set, heldOut).slice(0, most) };
}

/** @throws StudioError `empty` where no picture of the set was held out */
export function chosenFiles(set: ImageSet, heldOut = false): readonly string[] {
  if (!heldOut) return set.files;
  const files = set.files.filter((_, index) => set.partition[index] !== 0);
  if (files.length > 0) return files;
  throw new StudioError(
    'empty',
    `No picture in ${set.imageFolder} was held out of training. Take all of them.`,
  );
}
