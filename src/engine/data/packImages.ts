import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, open, rename, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { currentDecoding, decodings, packedManifestSchema } from '../../contract/dataSet.ts';
import type { Crop, Decoding, PackedManifest, SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { packedFolder } from './cacheFolder.ts';
import { defaultSize } from './decode.ts';
import {
  removeQuietly,
  removeUnfinished,
  syncFolder,
  unfinishedBeside,
  writeSynced,
} from '../files/safeFiles.ts';
import { hasCode, namingFile } from '../files/systemErrors.ts';
import { breathe, throwIfStopped } from './work.ts';
import { rowOfFile } from './imageSet.ts';
import type { ImageSet } from './imageSet.ts';
import {
  attributesName,
  checksName,
  imagesName,
  manifestName,
  openPackedImages,
  partitionName,
  sha256,
} from './packedImages.ts';
import type { PackedImages } from './packedImages.ts';
import { readSquares } from './readSquares.ts';
import type { SquareOptions } from './readSquares.ts';

const writeChunk = 256;
const spareBytes = 64 * 2 ** 20;
const what = 'Packing the images';

export interface PackOptions {
  crop?: Crop;
  /** Side in pixels. */
  size?: number;
  /** That of a run which goes on; default: today's. */
  decoding?: Decoding;
  /** Default: `packed` in the user's cache folder. */
  cacheFolder?: string;
}

/**
 * Decodes every picture once into one file of bytes, [count, size, size, 3] RGB, and opens it; where that was done
 * before with the same files (names, sizes, times), lists, crop and size, it only opens it.
 * Files that cannot be decoded are left out and named in the manifest. An interrupted packing leaves nothing behind.
 * @throws StudioError `empty`, `no-space` or `interrupted`.
 */
export async function packImages(
  set: ImageSet,
  options: PackOptions = {},
  watch: Watch = {},
): Promise<PackedImages> {
  const { crop = 'vae', size = defaultSize, decoding = currentDecoding } = options;
  const { cacheFolder = packedFolder() } = options;
  const key = (await packKeys(set, { crop, size }, watch)).get(decoding)!;
  const target = join(cacheFolder, key);
  const before = tryOpen(target);
  if (before !== undefined) return before;
  await mkdir(cacheFolder, { recursive: true });
  await removeUnfinished(cacheFolder);
  await requireSpace(cacheFolder, set.files.length * size * size * 3);
  const temporary = unfinishedBeside(target);
  await mkdir(temporary);
  try {
    await writePack(set, { crop, size, decoding, key, selection: set.selection }, temporary, watch);
    await moveInto(temporary, target);
  } catch (error) {
    await removeQuietly(temporary);
    if (hasCode(error, 'ENOSPC', 'EDQUOT')) throw noSpace(cacheFolder, 'The disk became full', error);
    throw error;
  }
  return openPackedImages(target);
}

/**
 * SHA-256 of all that the packed bytes depend on, for each decoding.
 * @param imageFolder where the set's files are thought to lie; default: where they do
 */
export async function packKeys(
  set: ImageSet,
  { crop, size, imageFolder = set.imageFolder }: { crop: Crop; size: number; imageFolder?: string },
  watch: Watch = {},
): Promise<Map<Decoding, string>> {
  const hashes = decodings.map((decoding) => ({ decoding, hash: createHash('sha256') }));
  const update = (text: string): void => {
    for (const { hash } of hashes) hash.update(text);
  };
  const isEarlier = set.selection === 'earlier';
  for (const { decoding, hash } of hashes) {
    const facts = [decoding, crop, size, imageFolder];
    hash.update(JSON.stringify(isEarlier ? facts : [...facts, wholePictures]));
  }
  for (const list of set.lists) update(fileLine(list, basename(list), isEarlier));
  for (const [index, file] of set.files.entries()) {
    update(fileLine(join(set.imageFolder, file), file, isEarlier));
    if (index % 2000 === 1999) {
      throwIfStopped(watch, what);
      await breathe();
    }
  }
  return new Map(hashes.map(({ decoding, hash }) => [decoding, hash.digest('hex')]));
}

/** Set apart in the key: what the first versions packed may hold pictures that are left out today. */
const wholePictures = 'whole pictures';
const readableByAll = 0o444;

/** Of a file that not everybody may read its rights are facts, too: who gets the right later would miss it in the packed set. */
function fileLine(path: string, name: string, isEarlier: boolean): string {
  const status = statSync(path, { throwIfNoEntry: false });
  const rights =
    isEarlier || status === undefined || (status.mode & readableByAll) === readableByAll
      ? ''
      : `\0${status.mode} ${status.uid} ${status.gid}`;
  return `${name}\0${status?.size ?? -1}\0${status?.mtimeMs ?? -1}${rights}\n`;
}

/** Undefined where it is not there whole: it is made again then. */
function tryOpen(target: string): PackedImages | undefined {
  try {
    return openPackedImages(target);
  } catch (error) {
    if (error instanceof StudioError && ['damaged', 'not-found'].includes(error.code)) return undefined;
    throw error;
  }
}

async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + spareBytes) return;
  const megabytes = (value: number): string => `${Math.ceil(value / 1e6)} MB`;
  throw noSpace(folder, `The packed set needs ${megabytes(bytes)} and ${megabytes(free)} are free`);
}

function noSpace(folder: string, fact: string, cause?: unknown): StudioError {
  const sentence = `${fact} in ${folder}. Free some space, or name another cache folder in EXTRAPOLATION_CACHE.`;
  return new StudioError('no-space', sentence, { cause });
}

interface Packing extends SquareOptions {
  key: string;
}

async function writePack(set: ImageSet, packing: Packing, folder: string, watch: Watch): Promise<void> {
  const { kept, skipped, checks } = await writeImages(set, packing, join(folder, imagesName), watch);
  if (kept.length === 0) {
    const first = skipped[0];
    const example = first === undefined ? '' : ` The first is ${first.file}: ${first.reason}.`;
    throw new StudioError(
      'empty',
      `None of the ${set.files.length} files in ${set.imageFolder} can be read as a picture.${example} Check the download.`,
    );
  }
  const { attributes } = set;
  const attributeNames = attributes?.names ?? [];
  const values = new Int8Array(kept.length * attributeNames.length);
  if (attributes !== undefined) {
    for (const [index, position] of kept.entries()) {
      const row = rowOfFile(attributes, set.files[position]!);
      for (let column = 0; row >= 0 && column < attributeNames.length; column++) {
        values[index * attributeNames.length + column] = Math.sign(
          attributes.values[row * attributeNames.length + column]!,
        );
      }
    }
  }
  const bytes = {
    partition: Uint8Array.from(kept, (position) => set.partition[position]!),
    attributes: new Uint8Array(values.buffer),
    checks: new Uint8Array(checks.buffer),
  };
  const manifest = packedManifestSchema.omit({ sha256: true }).parse({
    format: 'extrapolation-studio packed images',
    version: 1,
    key: packing.key,
    source: set.root,
    layout: set.layout,
    crop: packing.crop,
    size: packing.size,
    decoding: packing.decoding,
    count: kept.length,
    files: kept.map((position) => set.files[position]!),
    skipped,
    attributeNames,
    notes: set.notes.map((note) => note.sentence),
  } satisfies Omit<PackedManifest, 'sha256'>);
  await writeSynced(join(folder, partitionName), bytes.partition);
  await writeSynced(join(folder, attributesName), bytes.attributes);
  await writeSynced(join(folder, checksName), bytes.checks);
  const hashes = {
    partition: sha256(bytes.partition),
    attributes: sha256(bytes.attributes),
    checks: sha256(bytes.checks),
    manifest: sha256(JSON.stringify(manifest)),
  };
  await writeSynced(join(folder, manifestName), JSON.stringify({ ...manifest, sha256: hashes }));
  await syncFolder(folder);
}

/** Decodes into `file` in the order of the set; returns the positions of the pictures that are in it. */
async function writeImages(
  set: ImageSet,
  packing: Packing,
  file: string,
  watch: Watch,
): Promise<{ kept: number[]; skipped: SkippedFile[]; checks: Uint32Array<ArrayBuffer> }> {
  const bytesEach = packing.size * packing.size * 3;
  const chunk = new Uint8Array(writeChunk * bytesEach);
  const checks: number[] = [];
  const kept: number[] = [];
  const skipped: SkippedFile[] = [];
  const total = set.files.length;
  let filled = 0;
  let done = 0;
  const output = await open(file, 'w');
  try {
    for await (const result of readSquares(set.imageFolder, set.files, packing)) {
      throwIfStopped(watch, what);
      if (result instanceof Uint8Array) {
        chunk.set(result, filled * bytesEach);
        kept.push(done);
        checks.push(crc32(result));
        filled++;
      } else {
        skipped.push(result);
      }
      done++;
      if (filled === writeChunk || (done === total && filled > 0)) {
        await namingFile(file, () => output.writeFile(chunk.subarray(0, filled * bytesEach)));
        filled = 0;
      }
      if (done % 64 === 0 || done === total) watch.onProgress?.({ phase: 'packing', done, total });
    }
    await namingFile(file, () => output.sync());
  } finally {
    await namingFile(file, () => output.close());
  }
  return { kept, skipped, checks: Uint32Array.from(checks) };
}

/** Gives the finished folder its name; another process may have been faster, with the same bytes, or what is there is damaged. */
async function moveInto(temporary: string, target: string): Promise<void> {
  try {
    await rename(temporary, target);
  } catch (error) {
    const other = tryOpen(target);
    if (other !== undefined) {
      other.close();
      await removeQuietly(temporary);
    } else if (existsSync(target)) {
      await removeQuietly(target);
      await rename(temporary, target);
    } else {
      throw error;
    }
  }
  await syncFolder(dirname(target));
}
