import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { packedManifestSchema, partitions } from '../../contract/dataSet.ts';
import type { PackedManifest, Partition } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';

export const manifestName = 'manifest.json';
export const imagesName = 'images.u8';
export const partitionName = 'partition.u8';
export const attributesName = 'attributes.i8';

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
  /** RGB bytes of these pictures, in this order: [indices.length, size, size, 3]. */
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
  const { count, size, files, attributeNames } = manifest;
  const partition = readBytes(path, partitionName, count);
  const columns = attributeNames.length;
  const attributes = new Int8Array(readBytes(path, attributesName, count * columns).buffer);
  const bytesEach = size * size * 3;
  const images = openSync(join(path, imagesName), 'r');
  if (fstatSync(images).size !== count * bytesEach || files.length !== count) {
    closeSync(images);
    throw damagedPack(path, imagesName);
  }
  let isOpen = true;
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
        const got = readSync(
          images,
          pixels,
          i * bytesEach,
          bytesEach,
          checked(indices[i]!, count) * bytesEach,
        );
        if (got !== bytesEach) throw damagedPack(path, imagesName);
      }
      return pixels;
    },
    close: () => {
      if (isOpen) closeSync(images);
      isOpen = false;
    },
  };
}

function checked(index: number, count: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`picture ${index} of ${count} was asked for`);
  }
  return index;
}

function damagedPack(path: string, file: string): StudioError {
  return new StudioError(
    'damaged',
    `The packed image set at ${path} is damaged (${file}). Delete this folder; it is made again when the set is packed.`,
  );
}

function readManifest(path: string): PackedManifest {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(path, manifestName), 'utf8'));
  } catch {
    throw damagedPack(path, manifestName);
  }
  const result = packedManifestSchema.safeParse(content);
  if (!result.success) throw damagedPack(path, manifestName);
  return result.data;
}

function readBytes(path: string, name: string, length: number): Uint8Array<ArrayBuffer> {
  if (length > 0 && !existsSync(join(path, name))) throw damagedPack(path, name);
  const bytes = length === 0 ? new Uint8Array(0) : Uint8Array.from(readFileSync(join(path, name)));
  if (bytes.length !== length) throw damagedPack(path, name);
  return bytes;
}
