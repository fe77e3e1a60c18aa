import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { lockFileSchema } from '../../contract/runFiles.ts';
import { StudioError } from '../../contract/errors.ts';
import { runPaths } from './runFolder.ts';

/** A living trainer renews its lock about once a second; one this old belongs to a machine that went away. */
const staleAfterMilliseconds = 120_000;

export interface RunLock {
  renew(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the lock of a run: one writer a run. A dead owner's lock is taken over.
 * @throws StudioError `busy` where another process is training the run
 */
export async function lockRun(folder: string, now = new Date()): Promise<RunLock> {
  const { lock } = runPaths(folder);
  const content = JSON.stringify({ pid: process.pid, host: hostname(), startedAt: now.toISOString() });
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await writeFile(lock, content, { flag: 'wx' });
      return {
        renew: async () => {
          const time = new Date();
          await utimes(lock, time, time);
        },
        release: () => rm(lock, { force: true }),
      };
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    await removeDeadLock(folder, lock);
  }
  throw new StudioError(
    'busy',
    `The run in ${folder} is being taken by several processes at once. Try again.`,
  );
}

/** True while a living process trains the run. */
export async function isLocked(folder: string): Promise<boolean> {
  return (await livingOwner(runPaths(folder).lock)) !== undefined;
}

async function removeDeadLock(folder: string, lock: string): Promise<void> {
  const owner = await livingOwner(lock);
  if (owner !== undefined) {
    throw new StudioError(
      'busy',
      `The run in ${folder} is being trained by process ${owner.pid} on ${owner.host}. Stop it first, or wait.`,
    );
  }
  // Renamed before it is removed: of two that take over at once, one rename fails and that one tries again.
  const aside = `${lock}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    return;
  }
  await rm(aside, { force: true });
}

async function livingOwner(lock: string): Promise<{ pid: number; host: string } | undefined> {
  let text: string;
  let age: number;
  try {
    text = await readFile(lock, 'utf8');
    age = Date.now() - (await stat(lock)).mtimeMs;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  if (age > staleAfterMilliseconds) return undefined;
  const parsed = lockFileSchema.safeParse(parseOrUndefined(text));
  // A lock cut off while it was written belongs to a process that died then, unless it is a moment old.
  if (!parsed.success) return age < 1000 ? { pid: 0, host: hostname() } : undefined;
  const { pid, host } = parsed.data;
  if (host === hostname() && !isAlive(pid)) return undefined;
  return { pid, host };
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
