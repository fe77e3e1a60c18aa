import { opendir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { StudioError } from '../../contract/errors.ts';
import type { FolderEntry, ListedFolder } from '../../contract/studio.ts';
import { looksLikeImage } from '../data/pictureNames.ts';
import type { PathGuard } from './pathGuard.ts';

const picturesCounted = 1000;

/** The folders inside a folder, for choosing one of them. Hidden ones are left out. */
export async function listFolder(guard: PathGuard, folder: string | undefined): Promise<ListedFolder> {
  const path = guard.require(folder ?? guard.roots[0]!);
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory() !== true) {
    throw new StudioError('not-found', `There is no folder at ${path}. Choose another one.`);
  }
  const { names, pictures } = await contentOf(path, facts);
  const folders = await Promise.all(names.map((name) => describe(join(path, name))));
  const up = dirname(path);
  return {
    path,
    parent: up !== path && guard.isAllowed(up) ? up : null,
    pictures,
    folders,
    places: guard.roots.map((root) => ({ name: basename(root) || root, path: root })),
  };
}

interface Content {
  /** Of the folders inside, in order. */
  names: string[];
  pictures: number;
}

/** A folder of two hundred thousand pictures takes a while to read: what was found holds until it changes. */
const contents = new LRUCache<string, { changed: number; content: Promise<Content> }>({ max: 100 });
/** A folder that changed just now may change once more within one tick of its disk's clock. */
const settledMilliseconds = 3000;

function contentOf(path: string, { mtimeMs }: { mtimeMs: number }): Promise<Content> {
  const known = contents.get(path);
  if (known?.changed === mtimeMs) return known.content;
  const content = readContent(path);
  if (Date.now() - mtimeMs > settledMilliseconds) {
    contents.set(path, { changed: mtimeMs, content });
    content.catch(() => contents.delete(path));
  }
  return content;
}

async function readContent(path: string): Promise<Content> {
  const entries = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
    throw new StudioError('not-found', `${path} may not be read. Choose another folder.`, { cause });
  });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const names = folders.map(({ name }) => name);
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const pictures = entries.filter((entry) => entry.isFile() && looksLikeImage(entry.name)).length;
  return { names, pictures };
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
