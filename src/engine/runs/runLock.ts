import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { lockFileSchema } from '../../contract/runFiles.ts';
import { StudioError } from '../../contract/errors.ts';
import { runPaths } from './runFolder.ts';

/** A living trainer renews its lock about once a second; one this old belongs to a machine that went away. */
const staleAfterMilliseconds = 120_000;
/** Taking over takes some milliseconds; whoever is at it for longer was killed in the middle. */
const longTakeoverMilliseconds = 5000;
const attempts = 400;
const betweenAttempts = 20;

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
  for (let attempt = 0; attempt < attempts; attempt++) {
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
    if (!(await removeDeadLock(folder, lock))) await wait(betweenAttempts);
  }
  throw new StudioError(
    'busy',
    `The run in ${folder} is being taken by several processes at once. Try again.`,
  );
}

/** True while a living process trains the run. */
export async function isLocked(folder: string): Promise<boolean> {
  const found = await readLock(runPaths(folder).lock);
  return found !== undefined && livingOwner(found) !== undefined;
}

/**
 * Removes the lock where its owner is gone. Of several processes that find the same dead lock one alone may remove it: the one
 * that makes the folder which is named after it. It looks once more when it has, since another may have been there before, and
 * the lock that lies there now may be that one's, who lives.
 *
 * @returns false where another process is taking over
 */
async function removeDeadLock(folder: string, lock: string): Promise<boolean> {
  const found = await readLock(lock);
  if (found === undefined) return true;
  const owner = livingOwner(found);
  if (owner !== undefined) {
    throw new StudioError(
      'busy',
      `The run in ${folder} is being trained by process ${owner.pid} on ${owner.host}. Stop it first, or wait.`,
    );
  }
  const claim = `${lock}.${createHash('sha256').update(identityOf(found)).digest('hex').slice(0, 16)}`;
  if (!(await claimed(claim))) return false;
  try {
    const again = await readLock(lock);
    if (again !== undefined && identityOf(again) === identityOf(found)) await rm(lock, { force: true });
  } finally {
    await rmdir(claim);
  }
  return true;
}

async function claimed(claim: string): Promise<boolean> {
  try {
    await mkdir(claim);
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  const begun = await stat(claim).catch(() => undefined);
  if (begun !== undefined && Date.now() - begun.mtimeMs > longTakeoverMilliseconds) {
    await rmdir(claim).catch(() => undefined);
  }
  return false;
}

interface FoundLock {
  text: string;
  changedAt: number;
}

function identityOf({ text, changedAt }: FoundLock): string {
  return `${changedAt} ${text}`;
}

async function readLock(lock: string): Promise<FoundLock | undefined> {
  try {
    return { text: await readFile(lock, 'utf8'), changedAt: (await stat(lock)).mtimeMs };
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function livingOwner({ text, changedAt }: FoundLock): { pid: number; host: string } | undefined {
  const age = Date.now() - changedAt;
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
