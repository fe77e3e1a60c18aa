import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * @param {string} file
 * @returns {Promise<string>} SHA-256 in hexadecimal
 */
export async function hashFile(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * @param {...string} texts
 * @returns {string} SHA-256 in hexadecimal of the texts in their order
 */
export function hashTexts(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:${text}`);
  return hash.digest('hex');
}

/**
 * @param {string} file
 * @returns {Promise<import('node:fs').Stats | undefined>} undefined when there is no such file
 */
export async function statOrNothing(file) {
  try {
    return await fs.stat(file);
  } catch {
    return undefined;
  }
}

/**
 * Reads a JSON object written by a start before this one; what is missing or damaged counts as not written.
 *
 * @param {string} file
 * @returns {Promise<Record<string, unknown> | undefined>}
 */
export async function readStamp(file) {
  try {
    const value = JSON.parse(await fs.readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where the system will not make a folder and says "no such
 * file", as Linux does below /proc.
 *
 * @param {string} folder
 */
export async function makeFolder(folder) {
  const make = () =>
    fs.mkdir(folder).catch(async (error) => {
      if (error.code !== 'EEXIST' || !(await statOrNothing(folder))?.isDirectory()) throw error;
    });
  try {
    await make();
  } catch (error) {
    if (error.code !== 'ENOENT' || path.dirname(folder) === folder) throw error;
    await makeFolder(path.dirname(folder));
    await make();
  }
}

/**
 * Readers see the old file or the new one, never a half.
 *
 * @param {string} file
 * @param {string} text
 */
export async function writeWhole(file, text) {
  const temporary = `${file}.${process.pid}.tmp`;
  await fs.writeFile(temporary, text);
  await fs.rename(temporary, file);
}

/**
 * @param {string} source
 * @param {string} target
 */
export async function copyWhole(source, target) {
  const temporary = `${target}.${process.pid}.tmp`;
  await fs.copyFile(source, temporary);
  await fs.rename(temporary, target);
}

/** @param {string} folder */
export async function removeFolder(folder) {
  // A program of a killed start may still write there for a moment; the retries outlast it.
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/**
 * @param {string} parent
 * @param {string} prefix
 */
export async function removeLeftovers(parent, prefix) {
  const names = await fs.readdir(parent).catch(() => /** @type {string[]} */ ([]));
  for (const name of names) if (name.startsWith(prefix)) await removeFolder(path.join(parent, name));
}

/**
 * @param {string} folder
 * @returns {Promise<number>} bytes of all files below it that are there at this moment
 */
export async function folderBytes(folder) {
  let total = 0;
  for (const entry of await fs.readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const inside = path.join(folder, entry.name);
    total += entry.isDirectory() ? await folderBytes(inside) : ((await statOrNothing(inside))?.size ?? 0);
  }
  return total;
}

/**
 * @param {string} folder
 * @returns {Promise<number>} bytes a person without special rights may still write there
 */
export async function freeBytes(folder) {
  const { bavail, bsize } = await fs.statfs(folder);
  return bavail * bsize;
}
