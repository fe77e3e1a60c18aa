import { stat } from 'node:fs/promises';
import { lockFileSchema } from '../../contract/runFiles.ts';
import type { LockFile } from '../../contract/runFiles.ts';
import { readText } from './safeFiles.ts';
import { startOfProcess, thisPlace } from './processIdentity.ts';
import { hasCode } from './systemErrors.ts';

/** What shows no life for so long belongs to a process that went away, where nothing better is known. */
const staleAfterMilliseconds = 120_000;
/** A number that renewed its lock so lately has not been given to another process since. */
const freshMilliseconds = 5000;
/** Writing a lock takes no longer; one that is cut off after this time belongs to a process that died meanwhile. */
const beingWrittenMilliseconds = 1000;

export interface FoundLock {
  text: string;
  changedAt: number;
}

/** Who holds a lock. `isKnown` where it is that very process of this machine, and not merely one of its number. */
export interface LockOwner {
  pid: number;
  host: string;
  isKnown: boolean;
}

/** What tells this folder from a copy of it. */
export async function identityOfFolder(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true });
  return `${dev}:${ino}`;
}

/**
 * A shared folder is another device where it is mounted a second time, on a server that also works in it, for instance; its
 * inodes are the same ones. A copy has another inode.
 */
function isSameFolder(one: string, other: string): boolean {
  return one.split(':')[1] === other.split(':')[1];
}

/** Undefined where there is none. */
export async function readLock(lock: string): Promise<FoundLock | undefined> {
  try {
    return { text: await readText(lock), changedAt: (await stat(lock)).mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

export function parseLock(text: string): LockFile | undefined {
  try {
    return lockFileSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Who holds the lock of a folder now; undefined where nobody does. */
export async function ownerOf(
  folder: string,
  lock: string,
  now = Date.now(),
): Promise<LockOwner | undefined> {
  const found = await readLock(lock);
  return found && livingOwner(folder, found, now);
}

/**
 * On this machine a process is asked itself, so that no clock decides: one that was stopped, or slept, or whose machine's clock was
 * changed, is alive. Another machine's is known by the age of its lock alone, which a clock far off in either direction does not
 * shorten to nothing: a lock of the future is as old as it is far away.
 */
export async function livingOwner(
  folder: string,
  { text, changedAt }: FoundLock,
  now: number,
): Promise<LockOwner | undefined> {
  const age = Math.abs(now - changedAt);
  const lock = parseLock(text);
  const place = await thisPlace();
  if (lock === undefined) {
    return age < beingWrittenMilliseconds ? { pid: 0, host: place.host, isKnown: false } : undefined;
  }
  const { pid, host } = lock;
  const byAge = age > staleAfterMilliseconds ? undefined : { pid, host, isKnown: false };
  if (host !== place.host || (lock.boot !== undefined && lock.boot !== place.boot)) return byAge;
  if (lock.folder !== undefined && !isSameFolder(lock.folder, await identityOfFolder(folder)))
    return undefined;
  const start = await startOfProcess(pid);
  if (start.state === 'gone') return undefined;
  // Locks of earlier versions do not say when their process began, and neither does Windows.
  if (lock.processStart === undefined || start.startedAt === undefined) {
    return byAge && { ...byAge, isKnown: lock.folder !== undefined && age < freshMilliseconds };
  }
  return lock.processStart === start.startedAt ? { pid, host, isKnown: true } : undefined;
}
