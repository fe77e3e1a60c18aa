import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { packedManifestSchema, partitions } from '../../contract/dataSet.ts';
import type { PackedManifest, Partition } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { isOfTheMoment, withPath } from '../files/systemErrors.ts';

export const manifestName = 'manifest.json';
export const imagesName = 'images.u8';
export const partitionName = 'partition.u8';
export const attributesName = 'attributes.i8';
/** The CRC-32 of each picture's bytes. */
export const checksName = 'checks.u32';

/** A packed set, opened. Pictures stay on disk; only the lists are in memory. */
export interface PackedImages {
  path: string;
  manifest: PackedManifest;
  count: number;
  /** The side of the pictures in pixels. */
  size: number;
  /** File of each picture, relative to the set's image folder. */
  files: readonly string[];
  attributeNames: readonly string[];
  partitionOf(index: number): Partition;
  /** 1 yes, −1 no, 0 unknown, in the order of `attributeNames`; a view, not to be written to. */
  attributesOf(index: number): Int8Array;
  indicesOf(partition: Partition): Int32Array;
  /**
   * RGB bytes of these pictures, in this order: [indices.length, size, size, 3].
   * @throws StudioError `damaged` where they are not those that were packed; then the set is packed again at the next opening
   */
  read(indices: ArrayLike<number>): Uint8Array;
  close(): void;
}

/**
 * Opens a folder that packImages wrote.
 * @throws StudioError `not-found` or `damaged`.
 */
export function openPackedImages(path: string): PackedImages {
  if (!existsSync(join(path, manifestName))) {
    throw new StudioError('not-found', `There is no packed image set at ${path}. Pack the set again.`);
  }
  const manifest = readManifest(path);
  const { count, size, files, attributeNames, sha256 } = manifest;
  const partition = readBytes(path, partitionName, count, sha256.partition);
  const columns = attributeNames.length;
  const attributes = new Int8Array(
    readBytes(path, attributesName, count * columns, sha256.attributes).buffer,
  );
  const checks = new Uint32Array(readBytes(path, checksName, count * 4, sha256.checks).buffer);
  const bytesEach = size * size * 3;
  const images = openImages(path);
  if (fstatSync(images).size !== count * bytesEach || files.length !== count) {
    closeSync(images);
    throw damagedPack(path, imagesName);
  }
  let isOpen = true;
  const readAt = (position: number, into: Uint8Array, offset: number): number => {
    try {
      return readSync(images, into, offset, bytesEach, position);
    } catch (error) {
      throw withPath(error, join(path, imagesName));
    }
  };
  return {
    path,
    manifest,
    count,
    size,
    files,
    attributeNames,
    partitionOf: (index) => partitions[partition[checked(index, count)]!]!,
    attributesOf: (index) => attributes.subarray(checked(index, count) * columns, (index + 1) * columns),
    indicesOf: (wanted) => {
      const code = partitions.indexOf(wanted);
      return Int32Array.from(files.keys()).filter((index) => partition[index] === code);
    },
    read: (indices) => {
      const pixels = new Uint8Array(indices.length * bytesEach);
      for (let i = 0; i < indices.length; i++) {
        const index = checked(indices[i]!, count);
        const got = readAt(index * bytesEach, pixels, i * bytesEach);
        const picture = pixels.subarray(i * bytesEach, (i + 1) * bytesEach);
        if (got !== bytesEach || crc32(picture) !== checks[index]) throw givenUp(path, imagesName);
      }
      return pixels;
    },
    close: () => {
      if (isOpen) closeSync(images);
      isOpen = false;
    },
  };
}

function openImages(path: string): number {
  try {
    return openSync(join(path, imagesName), 'r');
  } catch (error) {
    throw unreadable(error, path, imagesName);
  }
}

function checked(index: number, count: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`picture ${index} of ${count} was asked for`);
  }
  return index;
}

/** What cannot be read now may well be whole, and is not to be made again for that. */
function unreadable(error: unknown, path: string, file: string): unknown {
  return isOfTheMoment(error) ? withPath(error, join(path, file)) : damagedPack(path, file);
}

function damagedPack(path: string, file: string): StudioError {
  return new StudioError(
    'damaged',
    `The packed image set at ${path} is damaged (${file}). It is replaced when the set is packed.`,
  );
}

/** What was found damaged while it was read: without its manifest it is made again. */
function givenUp(path: string, file: string): StudioError {
  rmSync(join(path, manifestName), { force: true });
  return new StudioError(
    'damaged',
    `The packed image set at ${path} is damaged (${file}), and what was read is not used. Try again: the set is then packed again from its pictures.`,
  );
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The manifest, where it is one that was written here, to the last letter. */
function readManifest(path: string): PackedManifest {
  try {
    const json: unknown = JSON.parse(readFileSync(join(path, manifestName), 'utf8'));
    const { sha256: hashes, ...rest } = z.looseObject({ sha256: z.unknown() }).parse(json);
    const manifest = packedManifestSchema.parse({ ...rest, sha256: hashes });
    if (manifest.sha256.manifest === sha256(JSON.stringify(rest))) return manifest;
  } catch (error) {
    // Whatever is wrong with what is in it, it is made again.
    throw unreadable(error, path, manifestName);
  }
  throw damagedPack(path, manifestName);
}

function readBytes(path: string, name: string, length: number, hash: string): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(readFileSync(join(path, name)));
  } catch (error) {
    throw unreadable(error, path, name);
  }
  if (bytes.length !== length || sha256(bytes) !== hash) throw damagedPack(path, name);
  return bytes;
}
