import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mkdir, open, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { LockFile } from '../../contract/runFiles.ts';
import { identityOfFolder, livingOwner, parseLock, readLock } from './lockFile.ts';
import type { FoundLock, LockOwner } from './lockFile.ts';
import { startOfProcess, thisPlace } from './processIdentity.ts';
import { removeQuietly } from './safeFiles.ts';
import { hasCode, namingFile } from './systemErrors.ts';

const renewEveryMilliseconds = 1000;
/** Taking over takes some milliseconds; whoever is at it for longer was killed in the middle. */
const longTakeoverMilliseconds = 5000;
const watchMilliseconds = 6000;
const watchPause = 250;
const attempts = 400;
const betweenAttempts = 20;

/** The nonces of the locks that this process holds or is taking. */
const heldHere = new Set<string>();

/** Renews itself on a timer of its own, whatever its holder is at, until it is released. */
export interface FolderLock {
  /**
   * To be called before anything is written.
   * @throws StudioError `busy` where another process has taken the folder, `not-found` where its folder is gone
   */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/** What is locked, and how that is told. */
export interface Lockable {
  folder: string;
  /** The lock's file in the folder. */
  name: string;
  /** "The run in /here": what another process is at. */
  what: string;
  /** "is being trained": what that process does. */
  deed: string;
}

/**
 * Takes the lock of a folder, which is there: one writer a folder. A dead owner's lock is taken over.
 * @param clock milliseconds since 1970
 * @throws StudioError `busy` where another process holds it
 */
export async function lockFolder(lockable: Lockable, clock: () => number = Date.now): Promise<FolderLock> {
  const lock = join(lockable.folder, lockable.name);
  const own = await ownLock(lockable.folder, clock());
  heldHere.add(own.nonce);
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (await madeLock(lock, JSON.stringify(own))) return new HeldLock(lockable, own.nonce);
      if (!(await removeDeadLock(lockable, lock, clock))) await wait(betweenAttempts);
    }
  } catch (error) {
    heldHere.delete(own.nonce);
    throw error;
  }
  heldHere.delete(own.nonce);
  throw new StudioError('busy', `${lockable.what} is being opened by several processes at once. Try again.`);
}

/** Does `work` while this process holds the lock. @throws StudioError `busy` where another one does */
export async function whileLocked<R>(lockable: Lockable, work: () => Promise<R>): Promise<R> {
  const lock = await lockFolder(lockable);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

class HeldLock implements FolderLock {
  readonly #lockable: Lockable;
  readonly #lock: string;
  readonly #nonce: string;
  readonly #timer: NodeJS.Timeout;

  constructor(lockable: Lockable, nonce: string) {
    this.#lockable = lockable;
    this.#lock = join(lockable.folder, lockable.name);
    this.#nonce = nonce;
    // What it finds is told when the holder asks next.
    this.#timer = setInterval(() => void this.#renew().catch(() => undefined), renewEveryMilliseconds);
    this.#timer.unref();
  }

  async confirm(): Promise<void> {
    if (await this.#isOwn()) return;
    clearInterval(this.#timer);
    const { folder, what } = this.#lockable;
    if (!existsSync(folder)) {
      throw new StudioError(
        'not-found',
        `The folder ${folder} was moved or deleted while it was in use, so this process stops and writes nothing more. What it had saved is where the folder is now; continue from there.`,
      );
    }
    throw new StudioError(
      'busy',
      `${what} was taken over by another process, so this process stops and writes nothing more. What it had saved is safe.`,
    );
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    heldHere.delete(this.#nonce);
    // A lock that stays is nobody's, and is taken over by whoever comes next: no reason to fail after all was done.
    if (await this.#isOwn().catch(() => false)) await rm(this.#lock, { force: true }).catch(() => undefined);
  }

  async #renew(): Promise<void> {
    if (!(await this.#isOwn())) return;
    const time = new Date();
    await utimes(this.#lock, time, time);
  }

  async #isOwn(): Promise<boolean> {
    const found = await readLock(this.#lock);
    return found !== undefined && parseLock(found.text)?.nonce === this.#nonce;
  }
}

async function ownLock(folder: string, now: number): Promise<LockFile & { nonce: string }> {
  const [{ host, boot }, start] = await Promise.all([thisPlace(), startOfProcess(process.pid)]);
  const startedAt = start.state === 'alive' ? start.startedAt : undefined;
  return {
    pid: process.pid,
    host,
    startedAt: new Date(now).toISOString(),
    nonce: randomUUID(),
    ...(boot !== undefined && { boot }),
    ...(startedAt !== undefined && { processStart: startedAt }),
    folder: await identityOfFolder(folder),
  };
}

/** @returns false where there is one already */
async function madeLock(lock: string, content: string): Promise<boolean> {
  let handle;
  try {
    handle = await open(lock, 'wx');
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    await namingFile(lock, async () => {
      try {
        await handle.writeFile(content);
      } finally {
        await handle.close();
      }
    });
    return true;
  } catch (error) {
    // On a full disk: half a lock would keep everyone out.
    await removeQuietly(lock);
    throw error;
  }
}

/**
 * Removes the lock where its owner is gone. Of several processes that find the same dead lock one alone may remove it: the one
 * that makes the folder which is named after it. It looks once more when it has, since another may have been there before, and
 * the lock that lies there now may be that one's, who lives.
 *
 * @returns false where another process is taking over
 */
async function removeDeadLock(
  { folder, what, deed }: Lockable,
  lock: string,
  clock: () => number,
): Promise<boolean> {
  const found = await readLock(lock);
  if (found === undefined) return true;
  const owner = await livingOwner(folder, found, clock());
  // Being written, or cut off a moment ago: the next look tells.
  if (owner !== undefined && parseLock(found.text) === undefined) return false;
  if (owner === undefined && (await isRenewedElsewhere(lock, found))) {
    throw new StudioError(
      'busy',
      `${what} ${deed} on another machine, whose clock and this one’s are minutes apart. Stop it there first, and set the clocks.`,
    );
  }
  if (owner !== undefined && !isGivenUp(owner, found)) {
    throw new StudioError(
      'busy',
      `${what} ${deed} by process ${owner.pid} on ${owner.host}. Stop it first, or wait.`,
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

/**
 * Whether another machine's lock that looks too old is renewed all the same, as one is whose machine's clock is minutes off: it is
 * watched for longer than a network disk keeps old times.
 */
async function isRenewedElsewhere(lock: string, found: FoundLock): Promise<boolean> {
  const host = parseLock(found.text)?.host;
  if (host === undefined || host === (await thisPlace()).host) return false;
  for (let waited = 0; waited < watchMilliseconds; waited += watchPause) {
    await wait(watchPause);
    const now = await readLock(lock);
    if (now === undefined || now.text !== found.text) return false;
    if (now.changedAt !== found.changedAt) return true;
  }
  return false;
}

/** A lock of this very process that it does not hold: one that could not be removed, or was not made whole. */
function isGivenUp({ pid, isKnown }: LockOwner, { text }: FoundLock): boolean {
  const nonce = parseLock(text)?.nonce;
  return isKnown && pid === process.pid && nonce !== undefined && !heldHere.has(nonce);
}

async function claimed(claim: string): Promise<boolean> {
  try {
    await mkdir(claim);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  const begun = await stat(claim).catch(() => undefined);
  if (begun !== undefined && Math.abs(Date.now() - begun.mtimeMs) > longTakeoverMilliseconds) {
    await rmdir(claim).catch(() => undefined);
  }
  return false;
}

function identityOf({ text, changedAt }: FoundLock): string {
  return `${changedAt} ${text}`;
}
