import { bytes } from '../../contract/figures.ts';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { hasCode } from '../files/systemErrors.ts';

/** Free bytes for this user, and the size of a block, on the disk that a folder is on or will be on. */
export interface DiskSpace {
  free: number;
  block: number;
}

export async function diskSpaceAt(folder: string): Promise<DiskSpace> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return { free: bavail * bsize, block: bsize };
    } catch (error) {
      const isMissing = hasCode(error, 'ENOENT');
      if (!isMissing || dirname(at) === at) throw error;
    }
  }
}

/** Beside its pixels: headers of the picture file, its line of metadata and its entry in the manifest. */
const overhead = 1024;
/** Left free for everything else on the disk. */
const reserve = 64 * 1024 ** 2;

export interface Room {
  pictures: number;
  /** Side of a picture in pixels. */
  size: number;
  /** Bytes in each file beside its pixels. */
  beside: number;
}

/** Bytes that must be free. A picture is taken to fill the blocks of its raw pixels, which no format exceeds. */
export function spaceNeeded({ pictures, size, beside }: Room, block: number): number {
  const each = Math.ceil((size * size * 3 + overhead + beside) / block) * block + overhead;
  return pictures * each + reserve;
}

/**
 * Throws where pictures may not fit.
 * @throws StudioError `no-space`
 */
export function requireSpace(folder: string, { free, block }: DiskSpace, room: Room): void {
  const needed = spaceNeeded(room, block);
  if (room.pictures === 0 || needed <= free) return;
  throw new StudioError(
    'no-space',
    `The export needs up to ${bytes(needed)} and the disk of ${folder} has ${bytes(free)} free. Free some space, choose another folder, or export fewer pictures.`,
  );
}

/** The sentence for a disk that fills up under way; any other error is itself. */
export function explainFullDisk(error: unknown, folder: string): unknown {
  if (!hasCode(error, 'ENOSPC', 'EDQUOT')) return error;
  return new StudioError(
    'no-space',
    `The disk of ${folder} is full. Finished pictures are kept. Free some space and run the same command again.`,
    { cause: error },
  );
}
