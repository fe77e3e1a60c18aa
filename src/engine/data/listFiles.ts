import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { mayFollow } from '../files/allowedFolders.ts';
import { extname, join, relative, sep } from 'node:path';

const imageExtensions = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff']);

/** What is no picture by name is only kept for advice; so many names are enough. */
const mostOthers = 1000;

/** True for names that decoding is tried on. */
export function looksLikeImage(name: string): boolean {
  return imageExtensions.has(extname(name).toLowerCase());
}

export function looksLikeArchive(name: string): boolean {
  return /\.(zip|7z(\.\d+)?|tar|tgz|gz|rar)$/i.test(name);
}

/**
 * The files in a folder and all folders inside it, relative to it, with `/` between folders on every system, sorted.
 * Hidden files, and the folder of leftovers that macOS packs into archives, are passed over; links to files are followed, except
 * those that lead where this process may not read (`outside`).
 */
export async function listFiles(
  folder: string,
): Promise<{ files: string[]; others: string[]; outside: string[] }> {
  const files: string[] = [];
  const others: string[] = [];
  const outside: string[] = [];
  const waiting = [folder];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const entry of await readdir(current, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
      const path = join(current, entry.name);
      const name = relative(folder, path).split(sep).join('/');
      if (entry.isDirectory()) {
        waiting.push(path);
      } else if (entry.isSymbolicLink() && !mayFollow(path)) {
        outside.push(name);
      } else if (entry.isFile() || (entry.isSymbolicLink() && isFileBehind(path))) {
        if (looksLikeImage(entry.name)) files.push(name);
        else if (others.length < mostOthers) others.push(name);
      }
    }
  }
  return { files: files.sort(), others: others.sort(), outside: outside.sort() };
}

function isFileBehind(link: string): boolean {
  return statSync(link, { throwIfNoEntry: false })?.isFile() === true;
}
