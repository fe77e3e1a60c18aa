import { lstat, mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { syncFolder } from '../files/safeFiles.ts';
import { runPaths } from './runFolder.ts';

/**
 * Puts all that training made aside, into a folder of the run named by the time, so that it begins at step 0. Nothing is deleted, and
 * links are moved as links. Checkpoints go first: stopped in between, the rest still says that the run was trained.
 *
 * @returns the folder, or undefined where there was nothing. The caller holds the run's lock.
 */
export async function putAside(folder: string, now: Date): Promise<string | undefined> {
  const { checkpoints, samples, tensorboard, metrics, status } = runPaths(folder);
  const aside = join(
    folder,
    `before-${now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)}`,
  );
  let isMade = false;
  for (const part of [checkpoints, samples, tensorboard, metrics, status]) {
    if ((await lstat(part).catch(() => undefined)) === undefined) continue;
    if (!isMade) await mkdir(aside, { recursive: true });
    isMade = true;
    await rename(part, join(aside, basename(part)));
  }
  await mkdir(checkpoints, { recursive: true });
  await mkdir(samples, { recursive: true });
  await syncFolder(folder);
  return isMade ? aside : undefined;
}
