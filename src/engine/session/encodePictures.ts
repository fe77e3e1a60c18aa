import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decodingOf } from '../../contract/dataSet.ts';
import type { SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { readImageFile } from '../data/decode.ts';
import { openImageSet } from '../data/imageSet.ts';
import type { ImageSet } from '../data/imageSet.ts';
import { mapInOrder, throwIfStopped } from '../data/work.ts';
import { imagesFromBytes } from '../models/layeredGenerator.ts';
import type { EncodingModel } from '../models/trainedModel.ts';
import { tf } from '../tensorflow/tf.ts';
import { batchesOf } from './batches.ts';
import { requireEncoder } from './openModel.ts';
import type { OpenModel } from './openModel.ts';

/** More pictures than this are not held in memory at once. */
const mostPictures = 4096;
const batch = 32;
/** Pictures that are read while others are encoded. */
const readAhead = 8;

/** What the encoder makes of pictures. */
export interface PictureCodes {
  files: string[];
  /** Posterior means and log-variances, [count, latent] each; no log-variances of an encoder that has the mean alone. */
  means: Float32Array;
  logVariances: Float32Array | undefined;
  skipped: SkippedFile[];
}

/** A person's pictures and what the encoder makes of them. */
export interface EncodedPictures extends PictureCodes {
  /** The cropped originals, [count, 64, 64, 3]. */
  bytes: Uint8Array;
}

/** Which pictures of a folder are taken: those that training never saw, or the first ones; all where nothing is said. */
export interface PictureChoice {
  heldOut?: boolean | undefined;
  most?: number | undefined;
}

/**
 * Reads pictures as the model was trained to see them, and encodes them.
 * @param path a picture, or a folder of pictures
 * @throws StudioError `wrong-usage` for more pictures than can be kept, `empty` where none can be decoded
 */
export async function encodePictures(
  open: OpenModel,
  path: string,
  watch: Watch,
  choice: PictureChoice = {},
): Promise<EncodedPictures> {
  requireEncoder(open.model);
  const chosen = await namesAt(path, choice);
  if (chosen.names.length > mostPictures) {
    throw new StudioError(
      'wrong-usage',
      `${path} has ${chosen.names.length} pictures; at most ${mostPictures} can be used at once.`,
    );
  }
  const pixels: Uint8Array[] = [];
  const codes = await encodeChosen(open, { path, ...chosen }, watch, (bytes) => pixels.push(bytes));
  return { ...codes, bytes: joined(pixels) };
}

/**
 * The codes alone, of as many pictures as there are: their pixels are let go batch by batch.
 * @throws StudioError `empty` where none can be decoded
 */
export async function encodeManyPictures(
  open: OpenModel,
  path: string,
  watch: Watch,
  choice: PictureChoice = {},
): Promise<PictureCodes> {
  requireEncoder(open.model);
  return encodeChosen(open, { path, ...(await namesAt(path, choice)) }, watch);
}

interface Chosen {
  path: string;
  folder: string;
  names: readonly string[];
}

/** @param keep is given the pixels of one batch after another */
async function encodeChosen(
  { model: anyModel, run }: OpenModel,
  { path, folder, names }: Chosen,
  watch: Watch,
  keep?: (bytes: Uint8Array) => void,
): Promise<PictureCodes> {
  const model = requireEncoder(anyModel);
  const { latent } = model;
  const files: string[] = [];
  const skipped: SkippedFile[] = [];
  const means = new Float32Array(names.length * latent);
  let logVariances: Float32Array | undefined;
  let waiting: Uint8Array[] = [];
  const encodeWaiting = async (): Promise<void> => {
    const bytes = joined(waiting);
    const codes = await encodeBytes(model, bytes, {});
    const first = (files.length - waiting.length) * latent;
    means.set(codes.means, first);
    if (codes.logVariances !== undefined) {
      logVariances ??= new Float32Array(names.length * latent);
      logVariances.set(codes.logVariances, first);
    }
    keep?.(bytes);
    waiting = [];
  };
  const read = mapInOrder(names, readAhead, (name) => readOrSkip(folder, name, run, model.imageSize));
  let done = 0;
  for await (const { name, pixels, reason } of read) {
    throwIfStopped(watch, 'Reading the pictures');
    if (pixels === undefined) skipped.push({ file: name, reason });
    else {
      files.push(name);
      waiting.push(pixels);
      if (waiting.length === batch) await encodeWaiting();
    }
    done += 1;
    watch.onProgress?.({ phase: 'encoding pictures', done, total: names.length });
  }
  if (waiting.length > 0) await encodeWaiting();
  if (files.length === 0) {
    const why = skipped[0]?.reason ?? 'it holds no picture';
    throw new StudioError('empty', `No picture in ${path} can be used (${why}).`);
  }
  const length = files.length * latent;
  return { files, skipped, means: means.slice(0, length), logVariances: logVariances?.slice(0, length) };
}

type Read =
  | { name: string; pixels: Uint8Array; reason?: undefined }
  | { name: string; pixels?: undefined; reason: string };

async function readOrSkip(folder: string, name: string, { data }: RunFile, side: number): Promise<Read> {
  try {
    return { name, pixels: await readImageFile(join(folder, name), data.crop, side, decodingOf(data)) };
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    return { name, reason: error.message };
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Encodes bytes [count, 64, 64, 3] in batches. */
export async function encodeBytes(
  model: EncodingModel,
  bytes: Uint8Array,
  watch: Watch,
): Promise<Pick<EncodedPictures, 'means' | 'logVariances'>> {
  const each = model.imageSize ** 2 * 3;
  const count = bytes.length / each;
  const means = new Float32Array(count * model.latent);
  let logVariances: Float32Array | undefined;
  for await (const { first, size } of batchesOf(count, batch)) {
    const images = imagesFromBytes(bytes.subarray(first * each, (first + size) * each), model.imageSize);
    const { mean, logVariance } = model.encode(images);
    means.set(mean.dataSync<'float32'>(), first * model.latent);
    if (logVariance !== undefined) {
      logVariances ??= new Float32Array(count * model.latent);
      logVariances.set(logVariance.dataSync<'float32'>(), first * model.latent);
    }
    tf.dispose([images, mean, logVariance]);
    watch.onProgress?.({ phase: 'encoding', done: first + size, total: count });
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
