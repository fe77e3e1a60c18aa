import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { currentDecoding, decodingOf, truthRowSchema } from '../../contract/dataSet.ts';
import type { Crop, Decoding, TruthRow } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { cropBox, toCropPixels } from './crop.ts';
import { decodeCrop, decoderReason, defaultSize } from './decode.ts';
import { readPictureFile } from './pictureFile.ts';
import { pictureHeight, pictureWidth } from './faces/drawing.ts';
import { maskFolderName, truthFolderName, truthListName } from './faces/makeFaces.ts';
import { maskName } from './faces/truth.ts';
import type { ImageSet } from './imageSet.ts';
import type { PackedImages } from './packedImages.ts';

/** Shares of a pixel, 0 … 1, row by row: [size, size] each. What is in none of them is neck, ears, clothes, beard or glasses. */
export interface TruthMasks {
  hair: Float32Array;
  /** The face's skin with brows, eyes, nose and mouth; without hair, beard and glasses. */
  face: Float32Array;
  background: Float32Array;
}

/** Iris centres in the crop; a pixel's centre has whole numbers, so that they index its rows and columns. */
export interface TruthEyes {
  left: readonly [x: number, y: number];
  right: readonly [x: number, y: number];
  /** In pixels of the crop. */
  distance: number;
  irisRadius: number;
}

/** The ground truth of synthetic faces by index of the set it was read for. */
export interface Truth {
  size: number;
  count: number;
  rowOf(index: number): TruthRow;
  eyesOf(index: number): TruthEyes;
  masksOf(index: number): Promise<TruthMasks>;
}

/**
 * The ground truth of a set of synthetic faces, seen through the crop of the packed set; of a set that is not packed,
 * through the crop and size given.
 * @throws StudioError `not-found` where there is none (pictures of other origin), `damaged` where it cannot be read.
 */
export async function readTruth(
  set: ImageSet | PackedImages,
  crop: Crop = 'vae',
  size: number = defaultSize,
): Promise<Truth> {
  const isPacked = 'manifest' in set;
  const root = isPacked ? set.manifest.source : set.root;
  const side = isPacked ? set.size : size;
  const usedCrop = isPacked ? set.manifest.crop : crop;
  const decoding = isPacked ? decodingOf(set.manifest) : currentDecoding;
  const { files } = set;
  const list = join(root, truthFolderName, truthListName);
  if (!existsSync(list)) {
    throw new StudioError(
      'not-found',
      `There is no ground truth for the pictures in ${root}. Only synthetic faces have one, while their folder stays where it was made.`,
    );
  }
  const lineOf = await readLines(list);
  const box = cropBox(usedCrop, pictureWidth, pictureHeight);
  const rowOf = (index: number): TruthRow => {
    const file = files[index];
    if (file === undefined) throw new RangeError(`picture ${index} of ${files.length} was asked for`);
    const line = lineOf.get(basename(file));
    if (line === undefined)
      throw new StudioError('damaged', `${list} has no line for ${file}. Make the faces again.`);
    return parseRow(line, list);
  };
  return {
    size: side,
    count: files.length,
    rowOf,
    eyesOf: (index) => {
      const row = rowOf(index);
      const scale = side / box.side;
      return {
        left: toCropPixels(row.leftEye, box, side),
        right: toCropPixels(row.rightEye, box, side),
        distance: row.eyeDistance * scale,
        irisRadius: row.irisRadius * scale,
      };
    },
    masksOf: (index) => {
      const mask = join(root, truthFolderName, maskFolderName, maskName(rowOf(index).number));
      return readMasks(mask, usedCrop, side, decoding);
    },
  };
}

/** Lines by file name; a line becomes an object only when it is asked for. */
async function readLines(list: string): Promise<Map<string, string>> {
  const lineOf = new Map<string, string>();
  for (const line of (await readFile(list, 'utf8')).split('\n')) {
    const file = /"file":"([^"]+)"/.exec(line)?.[1];
    if (file !== undefined) lineOf.set(file, line);
  }
  return lineOf;
}

function parseRow(line: string, list: string): TruthRow {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch {
    content = undefined;
  }
  const result = truthRowSchema.safeParse(content);
  if (result.success) return result.data;
  throw new StudioError('damaged', `${list} has a line that cannot be read. Make the faces again.`);
}

async function readMasks(path: string, crop: Crop, size: number, decoding: Decoding): Promise<TruthMasks> {
  let pixels: Uint8Array;
  try {
    ({ pixels } = await decodeCrop(await readPictureFile(path), crop, size, decoding));
  } catch (cause) {
    throw new StudioError(
      'damaged',
      `${path} cannot be read: ${decoderReason(cause)}. Make the faces again.`,
      { cause },
    );
  }
  const channel = (offset: number): Float32Array =>
    Float32Array.from({ length: size * size }, (_, pixel) => pixels[pixel * 3 + offset]! / 255);
  return { hair: channel(0), face: channel(1), background: channel(2) };
}
