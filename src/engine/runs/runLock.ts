import { relative } from 'node:path';
import { lockFolder } from '../files/folderLock.ts';
import type { FolderLock } from '../files/folderLock.ts';
import { ownerOf } from '../files/lockFile.ts';
import type { LockOwner } from '../files/lockFile.ts';
import { runPaths } from './runFolder.ts';

/**
 * Takes the lock of a run: one writer a run. A dead owner's lock is taken over.
 * @param clock milliseconds since 1970
 * @throws StudioError `busy` where another process is training the run
 */
export async function lockRun(folder: string, clock?: () => number): Promise<FolderLock> {
  const name = relative(folder, runPaths(folder).lock);
  return lockFolder({ folder, name, what: `The run in ${folder}`, deed: 'is being trained' }, clock);
}

/** Who works in a run's folder now; undefined where nobody does. */
export async function lockOwner(folder: string, now?: number): Promise<LockOwner | undefined> {
  return ownerOf(folder, runPaths(folder).lock, now);
}

/** True while a living process trains the run. */
export async function isLocked(folder: string): Promise<boolean> {
  return (await lockOwner(folder)) !== undefined;
}
