import { randomBytes } from 'node:crypto';
import { open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { isAlive } from './processes.ts';
import { hasCode, namingFile, withPath } from './systemErrors.ts';

/** A name beside `path` for what will be `path` when it is whole: no other writer's, and no longer than a name may be. */
export function unfinishedBeside(path: string): string {
  return join(dirname(path), `.part-${process.pid}-${randomBytes(6).toString('hex')}`);
}

/** True for the names of what is not whole, which a killed writer may have left; earlier versions' end in `.part` alone. */
export function isUnfinished(name: string): boolean {
  return /\.part(-\d+-[0-9a-f]+)?$/.test(name);
}

/** Clears away what killed writers left in a folder; what a living one is at stays. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const owner = /\.part-(\d+)-[0-9a-f]+$/.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await removeQuietly(join(folder, name));
  }
}

/**
 * Writes a file so that it is there whole or not at all, also after a power cut. Of several writers at once the last one's content
 * is there. What cannot be written leaves nothing behind.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeBeside(path, (temporary) => writeSynced(temporary, content));
}

/** As `writeWhole`, of what can be made again: after a power cut the file may be there and empty. */
export async function writeUnsynced(path: string, content: string | Uint8Array): Promise<void> {
  await writeBeside(path, (temporary) => writeFile(temporary, content));
}

async function writeBeside(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = unfinishedBeside(path);
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await removeQuietly(temporary);
    // People know the file by its own name.
    throw withPath(error, path);
  }
}

/** Writes a file, or its parts one after another, and waits until it is on the disk. */
export async function writeSynced(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  await namingFile(path, async () => {
    const handle = await open(path, 'w');
    try {
      await writeFile(handle, content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Makes a rename in this folder last. Windows cannot open folders, and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await namingFile(folder, async () => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Lists of two hundred thousand pictures have 30 MB, the manifest of a million exported ones 150. */
const mostTextBytes = 256 * 2 ** 20;

/**
 * The text of a file, which is named where it cannot be read. Its kind and size are looked at first: nothing is read from a pipe,
 * or into memory that is not there.
 * @param most bytes that a file of this kind can have
 * @throws StudioError `wrong-usage`, or the system's error
 */
export function readText(path: string, most = mostTextBytes): Promise<string> {
  return namingFile(path, async () => {
    const facts = await stat(path);
    if (!facts.isFile() && !facts.isDirectory()) {
      throw new StudioError('wrong-usage', `${path} is not an ordinary file. Choose another one.`);
    }
    if (facts.size > most) {
      throw new StudioError(
        'wrong-usage',
        `${path} has ${Math.ceil(facts.size / 2 ** 20)} MB, and at most ${most / 2 ** 20} MB are read. Choose another file.`,
      );
    }
    return readFile(path, 'utf8');
  });
}

/** The names in a folder; none where it is not there. What cannot be read now is not taken for empty. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Removes a folder of our own that is no longer of use; that it stays is no reason to fail. */
export async function removeQuietly(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
}
