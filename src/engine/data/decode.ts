import type { Sharp } from 'sharp';
import { currentDecoding } from '../../contract/dataSet.ts';
import type { Crop, Decoding } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { hasCode } from '../files/systemErrors.ts';
import { cropBox } from './crop.ts';
import type { CropBox } from './crop.ts';
import { decodeJpegSquares } from '../tensorflow/jpegSquares.ts';
import type { JpegSquare } from '../tensorflow/jpegSquares.ts';
import { plainJpegSize } from './jpegHeader.ts';
import { resizeSquare } from './resizeSquare.ts';
import { openPicture, readPictureFile } from './pictureFile.ts';
import { isCutShort } from './sniff.ts';
import { decodeWhole, mayEndEarly, requireWholeJpeg } from './wholePicture.ts';

/** The side of the pictures that the models see. */
export const defaultSize = 64;

/** Smaller pictures hold less than the crop needs to be more than a smear. */
export const smallestSide = 16;

/**
 * A decoded square: RGB, one byte a channel, row by row: [size, size, 3].
 * `width` and `height` are the whole picture's, after its EXIF rotation.
 */
export interface DecodedCrop {
  pixels: Uint8Array;
  width: number;
  height: number;
  box: CropBox;
}

/**
 * JPEGs up to this many pixels, 2,048 × 2,048, are decoded by TensorFlow while this thread waits, for some 50 ms at most; sharp
 * decodes larger ones on threads of its own.
 */
const mostPixels = 2 ** 22;

/**
 * Decodes the bytes of a picture and takes its square.
 * EXIF rotation is applied; grey, palette, 16-bit and CMYK pictures become 8-bit sRGB; transparency is laid on white;
 * the square is resized with a triangle filter as wide as the reduction asks for (Pillow's BILINEAR; the paper's base
 * code resizes so through scipy), never by the JPEG decoder's own shrinking.
 * @throws Error of the decoder, or StudioError `damaged` where the picture is too small.
 */
export async function decodeCrop(
  bytes: Uint8Array,
  crop: Crop,
  size: number,
  decoding: Decoding = currentDecoding,
): Promise<DecodedCrop> {
  const square = decoding === 1 ? undefined : jpegSquare(bytes, crop);
  const [pixels] = square === undefined ? [] : decodeJpegSquares([square], size);
  if (square === undefined || pixels === undefined) return decodeBySharp(bytes, crop, size, decoding);
  if (mayEndEarly(bytes, pixels)) await requireWholeJpeg(bytes);
  return { pixels, width: square.width, height: square.height, box: square.box };
}

/** The square of a whole JPEG that TensorFlow reads as sharp and Pillow do; undefined for any other picture. */
export function jpegSquare(bytes: Uint8Array, crop: Crop): JpegSquare | undefined {
  const jpeg = plainJpegSize(bytes);
  if (jpeg === undefined || isCutShort(bytes)) return undefined;
  const { width, height } = jpeg;
  if (width < smallestSide || height < smallestSide || width * height > mostPixels) return undefined;
  return { bytes, width, height, box: cropBox(crop, width, height) };
}

/** As `decodeCrop`, for all pictures. `isEarlier`: also those that later versions than the first ones leave out. */
export async function decodeBySharp(
  bytes: Uint8Array,
  crop: Crop,
  size: number,
  decoding: Decoding,
  isEarlier = false,
): Promise<DecodedCrop> {
  const picture = openPicture(bytes);
  if (isCutShort(bytes)) throw new StudioError('damaged', cutShortWords);
  const { autoOrient, depth } = await picture.metadata();
  const { width, height } = autoOrient;
  if (!isEarlier && !readDepths.includes(depth)) throw new StudioError('damaged', otherNumbersWords);
  if (width < smallestSide || height < smallestSide) {
    throw new StudioError(
      'damaged',
      `it is only ${width} × ${height} pixels; ${smallestSide} is the minimum`,
    );
  }
  const box = cropBox(crop, width, height);
  const squareOf = (failOn: 'error' | 'warning'): Promise<Uint8Array> => {
    const square = openPicture(bytes, failOn)
      .autoOrient()
      .extract({ left: box.left, top: box.top, width: box.side, height: box.side })
      .flatten({ background: '#ffffff' });
    if (decoding === 2) return rawPixels(square, box.side);
    square.resize(size, size, { kernel: 'linear', fastShrinkOnLoad: false });
    return rawPixels(square, size);
  };
  const pixels = isEarlier ? await squareOf('error') : await wholeSquare(squareOf);
  return { pixels: decoding === 1 ? pixels : resizeSquare(pixels, box.side, size), width, height, box };
}

/** Bits a channel that are read; what is white in others, such as fractions, is not known. */
const readDepths: readonly (string | undefined)[] = ['uchar', 'ushort'];
export const otherNumbersWords =
  'its values are fractions or have 32 bits, which do not say what is white; save it with 8 or 16 bits a channel';

/** A warning that a part is missing counts; after any other the picture is decoded as ever. */
async function wholeSquare(
  squareOf: (failOn: 'error' | 'warning') => Promise<Uint8Array>,
): Promise<Uint8Array> {
  return (await decodeWhole(() => squareOf('warning'))) ?? squareOf('error');
}

async function rawPixels(square: Sharp, side: number): Promise<Uint8Array> {
  const raw = await square.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer();
  if (raw.length === side * side * 3) return new Uint8Array(raw.buffer, raw.byteOffset, raw.length);
  throw new StudioError(
    'damaged',
    `it decodes to ${raw.length} values where ${side * side * 3} were expected`,
  );
}

/** Of a picture whose end is missing. */
export const cutShortWords = 'it is cut short';
/** Of a file that this account may not read. */
export const noRightWords = 'this account has no permission to read it';

/** What the decoder said, as part of a sentence. */
export function decoderReason(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be decoded';
  if (error instanceof StudioError) return error.message;
  if (hasCode(error, 'EACCES', 'EPERM')) return noRightWords;
  const first = error.message.split('\n')[0] ?? '';
  if (/exceeds pixel limit/i.test(first)) return 'it has more pixels than are read (144 million)';
  if (/premature end|truncated|unexpected end|read error|not enough data/i.test(error.message))
    return cutShortWords;
  if (/unsupported image format|unknown format/i.test(first)) return 'it is not a picture in a known format';
  return first === '' ? 'it cannot be decoded' : first;
}

/**
 * A person's own picture as the models see it: RGB bytes [size, size, 3].
 * @throws StudioError `not-found` or `damaged`.
 */
export async function readImageFile(
  path: string,
  crop: Crop = 'vae',
  size = defaultSize,
  decoding: Decoding = currentDecoding,
): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readPictureFile(path);
  } catch (cause) {
    if (cause instanceof StudioError) {
      throw new StudioError(
        'damaged',
        `${path} cannot be read as a picture: ${cause.message}. Choose another one.`,
      );
    }
    throw new StudioError('not-found', `There is no readable picture at ${path}. Check the path.`, { cause });
  }
  try {
    return (await decodeCrop(bytes, crop, size, decoding)).pixels;
  } catch (cause) {
    const reason = decoderReason(cause);
    throw new StudioError('damaged', `${path} cannot be read as a picture: ${reason}. Choose another one.`, {
      cause,
    });
  }
}
