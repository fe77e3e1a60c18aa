import { setTimeout as wait } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import { lockFolder } from './folderLock.ts';
import type { FolderLock, Lockable } from './folderLock.ts';

/** Writing a small file takes some milliseconds: others wait so often for it, and so many milliseconds. */
const [attempts, betweenAttempts] = [40, 50];

/**
 * Does short work under a lock that others hold for moments: one after another, so that of changes made by several processes none
 * is lost.
 * @throws StudioError `busy` where another process holds it for seconds
 */
export async function inTurn<R>(lockable: Lockable, work: () => Promise<R>): Promise<R> {
  const lock = await patientLock(lockable);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function patientLock(lockable: Lockable): Promise<FolderLock> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await lockFolder(lockable);
    } catch (error) {
      const isTaken = error instanceof StudioError && error.code === 'busy';
      if (!isTaken || attempt === attempts) throw error;
    }
    await wait(betweenAttempts);
  }
}
