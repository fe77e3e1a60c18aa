import { join } from 'node:path';
import type { Crop, Decoding, Selection, SkippedFile } from '../../contract/dataSet.ts';
import { isOfTheMoment, withPath } from '../files/systemErrors.ts';
import { decodeJpegSquares } from '../tensorflow/jpegSquares.ts';
import type { JpegSquare } from '../tensorflow/jpegSquares.ts';
import { decodeBySharp, decoderReason, jpegSquare } from './decode.ts';
import { wholeReader } from './readWhole.ts';
import { mayEndEarly, requireWholeJpeg } from './wholePicture.ts';
import { breathe, mapInOrder } from './work.ts';

/** Files that are read ahead, and JPEGs that are decoded at once while this thread waits: some milliseconds. */
const together = 16;
/** Pictures of sharp's that are under way at a time; each may be large. */
const sharpInFlight = 4;

export interface SquareOptions {
  crop: Crop;
  /** The side of a square in pixels. */
  size: number;
  decoding: Decoding;
  /** Default: today’s. `earlier` keeps pictures that are left out today: those that end half grey, and those of fractions. */
  selection?: Selection;
}

/** RGB bytes [size, size, 3], or why the picture is left out. */
export type ReadSquare = Uint8Array | SkippedFile;

/** A picture that was read: a JPEG that waits for others to be decoded with, or what became of it already. */
type Begun = { file: string; jpeg: JpegSquare } | ReadSquare;

/** The squares of pictures in the order of `files`, which are relative to `folder`; the same bytes as `decodeCrop` one by one. */
export async function* readSquares(
  folder: string,
  files: readonly string[],
  options: SquareOptions,
): AsyncGenerator<ReadSquare> {
  const inTurn = turns(sharpInFlight);
  const readWhole = wholeReader();
  const begin = async (file: string): Promise<Begun> => {
    try {
      const bytes = await readWhole(join(folder, file));
      const jpeg = options.decoding === 1 ? undefined : jpegSquare(bytes, options.crop);
      return jpeg === undefined ? await inTurn(() => bySharp(file, bytes, options)) : { file, jpeg };
    } catch (error) {
      // Left out, a whole picture would be missing in the packed set for good.
      if (isOfTheMoment(error)) throw withPath(error, join(folder, file));
      return { file, reason: decoderReason(error) };
    }
  };
  let group: Begun[] = [];
  for await (const begun of mapInOrder(files, together, begin)) {
    group.push(begun);
    if (group.length < together) continue;
    yield* await finish(group, options);
    group = [];
    await breathe();
  }
  yield* await finish(group, options);
}

async function finish(group: readonly Begun[], options: SquareOptions): Promise<ReadSquare[]> {
  const waiting = group.filter((begun) => 'jpeg' in begun);
  const decoded = decodeJpegSquares(
    waiting.map(({ jpeg }) => jpeg),
    options.size,
  );
  const squares: ReadSquare[] = [];
  let next = 0;
  for (const begun of group) {
    if (!('jpeg' in begun)) squares.push(begun);
    else squares.push(await checked(begun, decoded[next++], options));
  }
  return squares;
}

/** The square that TensorFlow decoded, unless it is the square of a picture that ends early; where it gave up, sharp's. */
async function checked(
  { file, jpeg: { bytes } }: { file: string; jpeg: JpegSquare },
  pixels: Uint8Array | undefined,
  options: SquareOptions,
): Promise<ReadSquare> {
  if (pixels === undefined) return bySharp(file, bytes, options);
  if (options.selection === 'earlier' || !mayEndEarly(bytes, pixels)) return pixels;
  try {
    await requireWholeJpeg(bytes);
    return pixels;
  } catch (error) {
    return { file, reason: decoderReason(error) };
  }
}

async function bySharp(file: string, bytes: Uint8Array, options: SquareOptions): Promise<ReadSquare> {
  try {
    const { crop, size, decoding, selection } = options;
    return (await decodeBySharp(bytes, crop, size, decoding, selection === 'earlier')).pixels;
  } catch (error) {
    return { file, reason: decoderReason(error) };
  }
}

/** At most `most` pieces of work at a time; the others wait for their turn. */
function turns(most: number): <R>(work: () => Promise<R>) => Promise<R> {
  const waiting: (() => void)[] = [];
  let under = 0;
  return async (work) => {
    if (under === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else under += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) under -= 1;
      else next();
    }
  };
}
