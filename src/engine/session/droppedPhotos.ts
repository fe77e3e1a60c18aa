import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { removeQuietly, writeWhole } from '../files/safeFiles.ts';
import { readJson, runsFolder } from '../runs/runFolder.ts';
import { hasCode } from '../files/systemErrors.ts';

/** More than any camera writes; what is larger is used and not stored. */
const mostBytes = 100 * 1000 ** 2;
const listName = 'photos.json';
const listSchema = z.strictObject({
  version: z.literal(1),
  names: z.array(z.string()).min(1).max(36),
  /** The folder of the photos, beside the list; earlier versions kept them with the list. */
  set: z
    .string()
    .regex(/^set-[0-9a-f]+$/)
    .default('.'),
});

export interface DroppedPhotos {
  names: string[];
  photos: Blob[];
}

/** The photos that were dropped last lie beside the runs, so that a reload finds them. */
export function photosFolder(): string {
  return join(runsFolder(), 'photos');
}

/** Storing and forgetting follow each other, whatever several tabs ask at once. */
let changing = Promise.resolve();

async function inTurn(change: () => Promise<void>): Promise<void> {
  const turn = changing.then(change);
  changing = turn.catch(() => undefined);
  return turn;
}

/**
 * Stores photos in the place of those before, for this account's eyes only.
 * @throws StudioError `wrong-usage` where they are too large; those before are gone then, too
 */
export async function storePhotos({ names, photos }: DroppedPhotos): Promise<void> {
  return inTurn(async () => {
    const size = photos.reduce((sum, { size }) => sum + size, 0);
    if (size > mostBytes) {
      await removeAll();
      throw new StudioError(
        'wrong-usage',
        `These photos take up ${Math.ceil(size / 1000 ** 2)} MB and at most ${mostBytes / 1000 ** 2} MB are kept, so a reload will not find them. Choose fewer or smaller ones.`,
      );
    }
    const folder = photosFolder();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const set = `set-${randomBytes(8).toString('hex')}`;
    await mkdir(join(folder, set));
    for (const [index, photo] of photos.entries()) {
      await writeFile(join(folder, set, fileName(index)), new Uint8Array(await photo.arrayBuffer()));
    }
    const list: z.input<typeof listSchema> = {
      version: 1,
      names: photos.map((_, index) => names[index] ?? fileName(index)),
      set,
    };
    // Without the list there are no photos, however far the writing came; those before are there until it names others.
    await writeWhole(join(folder, listName), `${JSON.stringify(listSchema.parse(list))}\n`);
    for (const name of await readdir(folder)) {
      if (name !== set && name !== listName) await removeQuietly(join(folder, name));
    }
  });
}

/** Null where none are stored, or not whole. */
export async function readPhotos(): Promise<DroppedPhotos | null> {
  const folder = photosFolder();
  try {
    const { names, set } = await readJson(join(folder, listName), listSchema);
    const files = await Promise.all(names.map((_, index) => readFile(join(folder, set, fileName(index)))));
    return { names, photos: files.map((bytes) => new Blob([bytes])) };
  } catch (error) {
    if (error instanceof StudioError || hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

export async function forgetPhotos(): Promise<void> {
  return inTurn(removeAll);
}

async function removeAll(): Promise<void> {
  await rm(photosFolder(), { recursive: true, force: true });
}

/** The names that people gave are in the list: no name of theirs becomes a path. */
function fileName(index: number): string {
  return `photo-${String(index + 1).padStart(2, '0')}`;
}
