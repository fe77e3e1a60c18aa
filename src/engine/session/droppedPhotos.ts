import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { readJson, runsFolder } from '../runs/runFolder.ts';

/** More than any camera writes; what is larger is used and not stored. */
const mostBytes = 100 * 1000 ** 2;
const listName = 'photos.json';
const listSchema = z.strictObject({ version: z.literal(1), names: z.array(z.string()).min(1).max(36) });

export interface DroppedPhotos {
  names: string[];
  photos: Blob[];
}

/** The photos that were dropped last lie beside the runs, so that a reload finds them. */
export function photosFolder(): string {
  return join(runsFolder(), 'photos');
}

/**
 * Stores photos in the place of those before.
 * @throws StudioError `wrong-usage` where they are too large; those before are gone then, too
 */
export async function storePhotos({ names, photos }: DroppedPhotos): Promise<void> {
  await forgetPhotos();
  const size = photos.reduce((sum, { size }) => sum + size, 0);
  if (size > mostBytes) {
    throw new StudioError(
      'wrong-usage',
      `These photos take ${Math.ceil(size / 1000 ** 2)} MB and at most ${mostBytes / 1000 ** 2} MB are kept, so a reload will not find them. Choose fewer or smaller ones.`,
    );
  }
  const folder = photosFolder();
  await mkdir(folder, { recursive: true });
  for (const [index, photo] of photos.entries()) {
    await writeFile(join(folder, fileName(index)), new Uint8Array(await photo.arrayBuffer()));
  }
  // Last: without the list there are no photos, however far the writing came.
  const list = listSchema.parse({
    version: 1,
    names: photos.map((_, index) => names[index] ?? fileName(index)),
  });
  await writeWhole(join(folder, listName), `${JSON.stringify(list)}\n`);
}

/** Null where none are stored, or not whole. */
export async function readPhotos(): Promise<DroppedPhotos | null> {
  const folder = photosFolder();
  try {
    const { names } = await readJson(join(folder, listName), listSchema);
    const files = await Promise.all(names.map((_, index) => readFile(join(folder, fileName(index)))));
    return { names, photos: files.map((bytes) => new Blob([bytes])) };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (error instanceof StudioError || isMissing) return null;
    throw error;
  }
}

export async function forgetPhotos(): Promise<void> {
  await rm(photosFolder(), { recursive: true, force: true });
}

/** The names that people gave are in the list: no name of theirs becomes a path. */
function fileName(index: number): string {
  return `photo-${String(index + 1).padStart(2, '0')}`;
}
