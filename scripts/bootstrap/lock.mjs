import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fromFileSystem } from './failure.mjs';
import { makeFolder } from './files.mjs';

const beatEvery = 2_000;
/** On another computer that shares the folder nobody can ask whether the owner lives: its heartbeat must do. */
const silentFor = 60_000;
/** A lock without readable content was being written, or its writer died in that very moment. */
const unreadableFor = 5_000;

/**
 * Runs `work` while no other start, of this clone or another one, does what the lock guards. The lock of a process that is dead is
 * taken over.
 *
 * @template T
 * @param {string} file
 * @param {{ signal?: AbortSignal, onWait?: (owner: number) => void }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, options, work) {
  const token = randomUUID();
  let told = false;
  await makeFolder(path.dirname(file)).catch((error) => {
    throw fromFileSystem(error, path.dirname(file));
  });
  while (!(await take(file, token))) {
    options.signal?.throwIfAborted();
    const owner = await deadOrAlive(file);
    if (owner.dead) {
      await takeAway(file);
      continue;
    }
    if (!told && owner.pid !== undefined) options.onWait?.(owner.pid);
    told ||= owner.pid !== undefined;
    await wait(100);
  }
  const beat = setInterval(
    () => void fs.utimes(file, new Date(), new Date()).catch(() => undefined),
    beatEvery,
  );
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await read(file))?.token === token) await fs.rm(file, { force: true });
  }
}

/**
 * @param {string} file
 * @param {string} token
 */
async function take(file, token) {
  try {
    await fs.writeFile(file, JSON.stringify({ pid: process.pid, host: os.hostname(), token }), {
      flag: 'wx',
    });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw fromFileSystem(error, path.dirname(file));
  }
}

/**
 * @param {string} file
 * @returns {Promise<{ pid: number, host: string, token: string } | undefined>}
 */
async function read(file) {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} file */
async function deadOrAlive(file) {
  const stats = await fs.stat(file).catch(() => undefined);
  if (stats === undefined) return { dead: false };
  const age = Date.now() - stats.mtimeMs;
  const owner = await read(file);
  if (owner === undefined) return { dead: age > unreadableFor };
  if (owner.host === os.hostname() && !isAlive(owner.pid)) return { dead: true };
  return { dead: age > silentFor, pid: owner.pid };
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Removes a dead owner's lock. Of several that found it dead only the one that holds the guard may, after it looked again: otherwise
 * the slower one would remove the quicker one's new lock.
 *
 * @param {string} file
 */
async function takeAway(file) {
  const guard = `${file}.takeover`;
  if (!(await take(guard, ''))) {
    const stats = await fs.stat(guard).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > unreadableFor)
      await fs.rm(guard, { force: true });
    await wait(50);
    return;
  }
  try {
    if ((await deadOrAlive(file)).dead) await fs.rm(file, { force: true });
  } finally {
    await fs.rm(guard, { force: true });
  }
}
