import { opendir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FolderLook } from '../../contract/studio.ts';
import { hasTruth, isSystemFolder } from '../data/folderKinds.ts';
import { looksLikeImage } from '../data/pictureNames.ts';
import { recogniseFolder } from './recogniseFolder.ts';

/** Between two events. */
const pauseMilliseconds = 200;

export interface LookLimits {
  /** A whole disk is not looked through for a number that nobody waits for. */
  milliseconds: number;
  folders: number;
}

const usualLimits: LookLimits = { milliseconds: 30_000, folders: 20_000 };

/**
 * What a folder is, at once, and then how many pictures lie in it and the folders inside. Links, hidden folders and systems'
 * folders are passed over, and so are the masks of drawn faces; folders that cannot be read count as empty. Ends at the limits, or when nobody listens any more.
 */
export async function* lookIntoFolder(
  folder: string,
  signal?: AbortSignal,
  limits: LookLimits = usualLimits,
): AsyncGenerator<FolderLook, void, void> {
  const begun = performance.now();
  const look: FolderLook = {
    kind: await recogniseFolder(folder),
    pictures: 0,
    folders: 0,
    state: 'counting',
  };
  yield { ...look };
  let told = performance.now();
  const left = [folder];
  while (left.length > 0) {
    const next = left.pop()!;
    if (next !== folder && isTruth(next)) continue;
    look.folders += 1;
    for await (const { isFolder, name } of entriesOf(next)) {
      if (isFolder) left.push(join(next, name));
      else look.pictures += 1;
      const now = performance.now();
      if (signal?.aborted === true) return;
      if (now - begun > limits.milliseconds || look.folders > limits.folders) {
        yield { ...look, state: 'stopped' };
        return;
      }
      if (now - told < pauseMilliseconds) continue;
      told = now;
      yield { ...look };
    }
  }
  yield { ...look, state: 'done' };
}

/** Whether the pictures here are the masks of drawn faces, which nobody trains on. */
function isTruth(folder: string): boolean {
  if (basename(folder) !== 'truth') return false;
  try {
    return hasTruth(dirname(folder), new Set(['data.json']));
  } catch {
    // A disk that fails now: the folder is counted as any other.
    return false;
  }
}

/** Folders to look into, and pictures. */
async function* entriesOf(folder: string): AsyncGenerator<{ name: string; isFolder: boolean }, void, void> {
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      const { name } = entry;
      if (name.startsWith('.')) continue;
      if (entry.isDirectory() && !isSystemFolder(name)) yield { name, isFolder: true };
      else if (entry.isFile() && looksLikeImage(name)) yield { name, isFolder: false };
    }
  } catch {
    // What cannot be read holds nothing that could be trained on.
  }
}
