import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../files/systemErrors.ts';
import { sniff, startLength } from './sniff.ts';
import type { Sniffed } from './sniff.ts';
import { breathe } from './work.ts';

/** Between them timers and signals are let in: some milliseconds where the system has the files in memory. */
const atATime = 64;

/** What files are by their first bytes, 512 of each at most; those that cannot be opened are left out. */
export async function sniffFiles(
  folder: string,
  names: readonly string[],
): Promise<{ name: string; sniffed: Sniffed }[]> {
  const buffer = new Uint8Array(startLength);
  const found: { name: string; sniffed: Sniffed }[] = [];
  for (const [index, name] of names.entries()) {
    const count = readStartInto(buffer, join(folder, name));
    if (count !== undefined) found.push({ name, sniffed: sniff(buffer.subarray(0, count)) });
    if (index % atATime === atATime - 1) await breathe();
  }
  return found;
}

/** How many bytes were read; undefined where the file is gone or this account may not read it. */
function readStartInto(buffer: Uint8Array, path: string): number | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'ENOENT', 'ELOOP', 'ENXIO')) return undefined;
    throw error;
  }
  try {
    return readSync(descriptor, buffer, 0, buffer.length, 0);
  } finally {
    closeSync(descriptor);
  }
}
