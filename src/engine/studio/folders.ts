import { opendir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { FolderEntry, ListedFolder } from '../../contract/studio.ts';
import { looksLikeImage } from '../data/listFiles.ts';
import type { PathGuard } from './pathGuard.ts';

const picturesCounted = 1000;

/** The folders inside a folder, for choosing one of them. Hidden ones are left out. */
export async function listFolder(guard: PathGuard, folder: string | undefined): Promise<ListedFolder> {
  const path = guard.require(folder ?? guard.roots[0]!);
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory() !== true) {
    throw new StudioError('not-found', `There is no folder at ${path}. Choose another one.`);
  }
  let entries;
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (cause) {
    throw new StudioError('not-found', `${path} may not be read. Choose another folder.`, { cause });
  }
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  names.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const folders = await Promise.all(names.map((entry) => describe(join(path, entry.name))));
  const up = dirname(path);
  return {
    path,
    parent: up !== path && guard.isAllowed(up) ? up : null,
    pictures: entries.filter((entry) => entry.isFile() && looksLikeImage(entry.name)).length,
    folders,
    places: guard.roots.map((root) => ({ name: basename(root) || root, path: root })),
  };
}

async function describe(path: string): Promise<FolderEntry> {
  const name = basename(path);
  try {
    let pictures = 0;
    for await (const entry of await opendir(path)) {
      if (entry.isFile() && looksLikeImage(entry.name)) pictures += 1;
      if (pictures >= picturesCounted) break;
    }
    return { name, path, pictures };
  } catch {
    return { name, path, pictures: null };
  }
}
