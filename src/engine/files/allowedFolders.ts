import { readlinkSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';

/** Handed on to the processes that this one starts. */
const variable = 'EXTRAPOLATION_LINKS_INTO';

/** From now on, in this process and those that it starts, links are followed into these folders alone. */
export function confineLinks(folders: readonly string[]): void {
  process.env[variable] = folders.join(delimiter);
}

/** Links are followed into this folder, too, in this process; nothing changes where nobody confined them. */
export function alsoFollowInto(folder: string): void {
  const folders = process.env[variable];
  if (folders !== undefined) process.env[variable] = [folders, realPath(folder)].join(delimiter);
}

/** Whether what lies at a path, its links followed, may be read: anything where nobody confined links. */
export function mayFollow(path: string): boolean {
  const folders = process.env[variable];
  if (folders === undefined) return true;
  const real = realPath(path);
  return folders.split(delimiter).some((folder) => isInside(folder, real));
}

export function isInside(root: string, path: string): boolean {
  if (path === root) return true;
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** More links one after another than any system follows. */
const mostLinks = 40;

/**
 * The path without links; of one that is not there yet, its nearest folder's without links, and the rest. A link to nothing is
 * where it leads; links in a circle lead to the root, which nobody allows.
 */
export function realPath(path: string, links = 0): string {
  const whole = resolve(path);
  try {
    return realpathSync.native(whole);
  } catch {
    const parent = dirname(whole);
    if (parent === whole || links > mostLinks) return parse(whole).root;
    const target = targetOf(whole);
    return target === undefined
      ? join(realPath(parent, links), basename(whole))
      : realPath(resolve(parent, target), links + 1);
  }
}

function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
