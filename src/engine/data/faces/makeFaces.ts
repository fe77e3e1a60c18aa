import { statSync } from 'node:fs';
import { mkdir, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { faceSetSchema } from '../../../contract/dataSet.ts';
import type { FaceSet } from '../../../contract/dataSet.ts';
import { StudioError } from '../../../contract/errors.ts';
import type { Watch } from '../../../contract/progress.ts';
import {
  attributeListName,
  celebaAttributes,
  celebaLandmarks,
  formatTable,
  imageFolderName,
  landmarkListName,
  partitionListName,
} from '../celebaLists.ts';
import { whileLocked } from '../../files/folderLock.ts';
import {
  isUnfinished,
  readText,
  removeUnfinished,
  writeUnsynced,
  writeWhole,
} from '../../files/safeFiles.ts';
import { isOfTheMoment } from '../../files/systemErrors.ts';
import { mapInOrder, throwIfStopped } from '../work.ts';
import { drawFace } from './drawFace.ts';
import { faceParameters } from './parameters.ts';
import { jpegOfDrawing } from './renderFace.ts';
import { attributesOf, imageName, landmarksOf, maskName, partitionOfNumber, truthOf } from './truth.ts';

/** Raised whenever the same seed gives other pictures or truths. */
export const generatorVersion = 1;

export const faceSetName = 'data.json';
/** Held by the one process that makes the set. */
const lockName = '.making.lock';
export const truthFolderName = 'truth';
export const maskFolderName = 'masks';
export const truthListName = 'truth.jsonl';

/** CelebA's file names have six digits. */
const highestNumber = 999_999;
const inFlight = 4;
const bytesPerFace = 20_000;

export interface MakeFacesOptions {
  out: string;
  count: number;
  seed: number;
  /** Saturated and dark backgrounds and clothes as well. */
  hard?: boolean;
  /** The number of the first face, 1 by default: another start gives other faces of the same seed. */
  firstNumber?: number;
}

/**
 * Draws faces in CelebA's own layout, with the ground truth of each beside them (docs/data.md says what it holds).
 * A face depends on seed and number alone; the same options give the same bytes. A set whose making was interrupted, or
 * that has fewer faces of the same kind, is continued; a folder with anything else in it is refused.
 * @throws StudioError `wrong-usage`, `no-space` or `interrupted`.
 */
export async function makeFaces(options: MakeFacesOptions, watch: Watch = {}): Promise<FaceSet> {
  const wanted = describe(options);
  const { out } = options;
  await mkdir(out, { recursive: true });
  // A folder that holds anything else is refused before a lock lies in it; a finished set may be on a disk that is read-only.
  const there = await readExisting(out, wanted);
  if (there !== undefined && isFinished(there, wanted)) return there;
  const lockable = { folder: out, name: lockName, what: `The set of faces in ${out}`, deed: 'is being made' };
  return whileLocked(lockable, () => makeAll(wanted, out, watch));
}

async function makeAll(wanted: FaceSet, out: string, watch: Watch): Promise<FaceSet> {
  const before = await readExisting(out, wanted);
  if (before !== undefined && isFinished(before, wanted)) return before;
  await requireSpace(out, wanted.count - (before?.complete === true ? before.count : 0));
  const images = join(out, imageFolderName);
  const masks = join(out, truthFolderName, maskFolderName);
  await writeWhole(join(out, faceSetName), jsonText({ ...wanted, complete: false }));
  await mkdir(images, { recursive: true });
  await mkdir(masks, { recursive: true });
  for (const folder of [out, images, masks]) await removeUnfinished(folder);
  await drawAll(wanted, images, masks, watch);
  await writeLists(out, wanted);
  const finished = { ...wanted, complete: true };
  await writeWhole(join(out, faceSetName), jsonText(finished));
  return finished;
}

function isFinished(set: FaceSet, { count }: FaceSet): boolean {
  return set.complete && set.count === count;
}

function describe({ count, seed, hard = false, firstNumber = 1 }: MakeFacesOptions): FaceSet {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new StudioError(
      'wrong-usage',
      `The number of faces must be a whole number, 1 or more, not ${count}.`,
    );
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new StudioError('wrong-usage', `The seed must be a whole number, 0 or more, not ${seed}.`);
  }
  if (!Number.isSafeInteger(firstNumber) || firstNumber < 1 || firstNumber + count - 1 > highestNumber) {
    throw new StudioError(
      'wrong-usage',
      `Faces have numbers from 1 to ${highestNumber}; make fewer of them.`,
    );
  }
  const generator = 'extrapolation-studio faces';
  return { generator, version: generatorVersion, seed, count, firstNumber, hard, complete: false };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** What the folder holds already, where it can be continued. */
async function readExisting(out: string, wanted: FaceSet): Promise<FaceSet | undefined> {
  const names = await readdir(out);
  if (names.every((name) => isUnfinished(name) || name.startsWith(lockName))) return undefined;
  let content: unknown;
  if (names.includes(faceSetName)) {
    try {
      content = JSON.parse(await readText(join(out, faceSetName)));
    } catch (error) {
      if (isOfTheMoment(error)) throw error;
      content = undefined;
    }
  }
  const { data } = faceSetSchema.safeParse(content);
  if (data === undefined) {
    throw new StudioError(
      'wrong-usage',
      `${out} is not empty and holds no synthetic faces. Choose an empty or a new folder.`,
    );
  }
  const differs = (['version', 'seed', 'firstNumber', 'hard'] as const).filter(
    (field) => data[field] !== wanted[field],
  );
  if (differs.length > 0) {
    const facts = differs.map((field) => `${field} ${data[field]}, not ${wanted[field]}`).join('; ');
    throw new StudioError(
      'wrong-usage',
      `${out} holds other synthetic faces (${facts}). Choose an empty or a new folder.`,
    );
  }
  if (data.count > wanted.count) {
    const state = data.complete ? 'holds' : 'was begun with';
    throw new StudioError(
      'wrong-usage',
      `${out} ${state} ${data.count} faces of this kind, more than the ${wanted.count} asked for. Use it as it is, or choose a new folder.`,
    );
  }
  return data;
}

async function requireSpace(out: string, count: number): Promise<void> {
  const { bavail, bsize } = await statfs(out);
  const needed = count * bytesPerFace;
  if (bavail * bsize > needed) return;
  const megabytes = (value: number): string => `${Math.ceil(value / 1e6)} MB`;
  throw new StudioError(
    'no-space',
    `${count} faces need about ${megabytes(needed)}, and ${megabytes(bavail * bsize)} are free in ${out}. Make fewer, or choose another disk.`,
  );
}

function* numbersOf({ firstNumber, count }: FaceSet): Generator<number> {
  for (let i = 0; i < count; i++) yield firstNumber + i;
}

async function drawAll(set: FaceSet, images: string, masks: string, watch: Watch): Promise<void> {
  const draw = async (number: number): Promise<1> => {
    const image = join(images, imageName(number));
    const mask = join(masks, maskName(number));
    if (isThere(image) && isThere(mask)) return 1;
    const { picture, mask: maskPicture } = drawFace(faceParameters(set.seed, number, set.hard));
    const [jpeg, png] = await Promise.all([
      jpegOfDrawing(picture),
      sharp(Buffer.from(maskPicture)).removeAlpha().png({ compressionLevel: 4 }).toBuffer(),
    ]);
    // A picture has its name only once all of it is written: a name that is there needs no second look.
    await writeUnsynced(image, jpeg);
    await writeUnsynced(mask, png);
    return 1;
  };
  let done = 0;
  for await (const written of mapInOrder(numbersOf(set), inFlight, draw)) {
    throwIfStopped(watch, 'Making faces');
    done += written;
    if (done % 20 === 0 || done === set.count)
      watch.onProgress?.({ phase: 'drawing', done, total: set.count });
  }
}

function isThere(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

async function writeLists(out: string, set: FaceSet): Promise<void> {
  const faces = [...numbersOf(set)].map((number) => faceParameters(set.seed, number, set.hard));
  const attributes = formatTable(
    celebaAttributes,
    faces.map((face) => [imageName(face.number), attributesOf(face)] as const),
    2,
  );
  const landmarks = formatTable(
    celebaLandmarks,
    faces.map((face) => [imageName(face.number), landmarksOf(face)] as const),
    4,
  );
  const parts = faces.map(({ number }) => `${imageName(number)} ${partitionOfNumber(number)}\n`).join('');
  const truth = faces.map((face) => `${JSON.stringify(truthOf(face))}\n`).join('');
  await writeWhole(join(out, attributeListName), attributes);
  await writeWhole(join(out, landmarkListName), landmarks);
  await writeWhole(join(out, partitionListName), parts);
  await writeWhole(join(out, truthFolderName, truthListName), truth);
}
