import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Crop } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { cropBox } from './crop.ts';
import { decoderReason } from './decode.ts';
import { listFiles } from './listFiles.ts';
import { openPicture, readPictureFile } from './pictureFile.ts';

/** Of 255: from here on a pixel is the part, up to there it is not; what lies between is unknown (our choice). */
const partFrom = 192;
const restUpTo = 63;
/** A pixel of the square belongs to what covers half of it. */
const half = 128;

/** Photographs of a folder. */
export interface Photographs {
  folder: string;
  /** Relative to the folder. */
  files: readonly string[];
  /** How one of them is called in a sentence; “photograph” where it is left out. */
  called?: string;
}

/** Where a part, such as hair, was marked on photographs. n is the number of photographs that have a mask. */
export interface PartMasks {
  /** The photographs, as places in the list of files. */
  places: Int32Array;
  /** 1 where the part is, and 1 where something else is; both 0 where it is unknown: [n · size · size] each. */
  part: Uint8Array;
  rest: Uint8Array;
  /** Masks of the folder that were not used, as they are not named like one of the photographs. */
  unused: number;
  /** SHA-256 of names and bytes of the masks. */
  sha256: string;
}

/**
 * Reads the masks of a part that were made of photographs: PNG files named like the photographs (`009001.png` for
 * `009001.jpg`), white where the part is, black where it is not, grey or transparent where it is unknown. A mask has the
 * size of its photograph, and is cropped as the photograph is, or that of the square, before or after its reduction to `size`.
 *
 * @param most photographs with a mask that are read, the first of the list
 * @throws StudioError `not-found`, `empty`, `damaged`, or `wrong-usage` where names or sizes do not fit or no mask has the part
 */
export async function readPartMasks(
  folder: string,
  photographs: Photographs,
  { crop, size, most }: { crop: Crop; size: number; most: number },
): Promise<PartMasks> {
  const masks = await masksIn(folder);
  const found = matched(masks, photographs.files).slice(0, most);
  if (found.length === 0) {
    const [example] = photographs.files;
    throw new StudioError(
      'wrong-usage',
      `None of the ${masks.length} masks in ${folder} is named like a ${photographs.called ?? 'photograph'}; the mask of ${example ?? '009001.jpg'}, for example, is ${withoutExtension(example ?? '009001.jpg')}.png.`,
    );
  }
  const pixels = size * size;
  const part = new Uint8Array(found.length * pixels);
  const rest = new Uint8Array(found.length * pixels);
  const hash = createHash('sha256');
  for (const [at, { mask, place }] of found.entries()) {
    const path = join(folder, mask);
    const bytes = await readPictureFile(path).catch((cause: unknown) => {
      throw unreadableMask(path, cause);
    });
    hash.update(`${mask}\n`).update(bytes);
    const photograph = join(photographs.folder, photographs.files[place]!);
    const own = await readMask(bytes, path, photograph, { crop, size });
    part.set(own.part, at * pixels);
    rest.set(own.rest, at * pixels);
  }
  if (!part.includes(1)) {
    throw new StudioError(
      'wrong-usage',
      `The masks in ${folder} mark nothing; white (255) is the part, black is not, grey is unknown.`,
    );
  }
  return {
    places: Int32Array.from(found, ({ place }) => place),
    ...{ part, rest, unused: masks.length - found.length, sha256: hash.digest('hex') },
  };
}

async function masksIn(folder: string): Promise<string[]> {
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status === undefined)
    throw new StudioError('not-found', `There is no folder of masks at ${folder}. Check the path.`);
  if (!status.isDirectory()) {
    throw new StudioError('wrong-usage', `${folder} is a file. Choose the folder that holds the masks.`);
  }
  const masks = (await listFiles(folder, 'all-folders')).files.filter((file) => /\.png$/i.test(file));
  if (masks.length > 0) return masks;
  throw new StudioError(
    'empty',
    `There are no masks in ${folder}: they are PNG files, named like the photographs.`,
  );
}

/** Masks with their photographs, in the order of the photographs: by the whole path, else by the file's own name. */
function matched(masks: readonly string[], files: readonly string[]): { mask: string; place: number }[] {
  const byPath = new Map(masks.map((mask) => [withoutExtension(mask), mask]));
  const byName = new Map(masks.map((mask) => [nameOf(withoutExtension(mask)), mask]));
  return files.flatMap((file, place) => {
    const path = withoutExtension(file);
    const mask = byPath.get(path) ?? byName.get(nameOf(path));
    return mask === undefined ? [] : [{ mask, place }];
  });
}

const withoutExtension = (file: string): string => file.replace(/\.[^./]+$/, '');
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function readMask(
  bytes: Uint8Array,
  path: string,
  photograph: string,
  { crop, size }: { crop: Crop; size: number },
): Promise<Pick<PartMasks, 'part' | 'rest'>> {
  const { classes, width, height } = await classesOf(bytes, path);
  const { autoOrient } = await openPicture(await readPictureFile(photograph)).metadata();
  const box = cropBox(crop, autoOrient.width, autoOrient.height);
  const isWhole = width === autoOrient.width && height === autoOrient.height;
  const isSquare = width === height && (width === box.side || width === size);
  if (!isWhole && !isSquare) {
    throw new StudioError(
      'wrong-usage',
      `The mask ${path} has ${width} × ${height} pixels; its photograph has ${autoOrient.width} × ${autoOrient.height}, and the square of it ${box.side} × ${box.side}, reduced to ${size} × ${size}.`,
    );
  }
  const square = isWhole ? box : { left: 0, top: 0, side: width };
  const reduced = await sharp(classes, { raw: { width, height, channels: 3 } })
    .extract({ left: square.left, top: square.top, width: square.side, height: square.side })
    .resize(size, size, { kernel: 'linear' })
    .raw()
    .toBuffer();
  const channel = (offset: number): Uint8Array =>
    Uint8Array.from({ length: size * size }, (_, pixel) => (reduced[3 * pixel + offset]! >= half ? 1 : 0));
  return { part: channel(0), rest: channel(1) };
}

/** What each pixel is, before greys come from a reduction: the part, something else, unknown, a channel each. */
async function classesOf(
  bytes: Uint8Array,
  path: string,
): Promise<{ classes: Uint8Array; width: number; height: number }> {
  try {
    const { data, info } = await openPicture(bytes)
      .flatten({ background: '#808080' })
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const classes = new Uint8Array(info.width * info.height * 3);
    for (let pixel = 0; pixel < info.width * info.height; pixel++) {
      const value = data[pixel * info.channels]!;
      classes[3 * pixel + (value >= partFrom ? 0 : value <= restUpTo ? 1 : 2)] = 255;
    }
    return { classes, width: info.width, height: info.height };
  } catch (cause) {
    throw unreadableMask(path, cause);
  }
}

function unreadableMask(path: string, cause: unknown): StudioError {
  return new StudioError(
    'damaged',
    `The mask ${path} cannot be read: ${decoderReason(cause)}. Save it again as PNG.`,
    { cause },
  );
}
