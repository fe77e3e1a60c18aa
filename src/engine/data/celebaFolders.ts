import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Selection } from '../../contract/dataSet.ts';
import { mayFollow } from '../files/allowedFolders.ts';
import { imageFolderName } from './celebaLists.ts';

/** Where a folder that a person names may have CelebA's, most likely first: with its lists, in `Img`, or in a folder of its name. */
const ways = [[], ['Img'], ['celeba'], ['celeba', 'Img'], ['CelebA'], ['CelebA', 'Img']] as const;
const earlierWays: readonly (readonly string[])[] = [[], ['celeba']];

/** The folder of the lists, and that of the pictures; for any folder but CelebA’s they are the same. */
export function findFolders(start: string, selection: Selection): { root: string; imageFolder: string } {
  for (const way of selection === 'earlier' ? earlierWays : ways) {
    const images = join(start, ...way, imageFolderName);
    if (existsSync(images)) return { root: dirname(images), imageFolder: deeper(images) };
  }
  if (basename(start) === imageFolderName) return { root: dirname(start), imageFolder: deeper(start) };
  return { root: start, imageFolder: start };
}

/** Some unpackers put img_align_celeba into a folder of its own name. */
function deeper(folder: string): string {
  const again = join(folder, imageFolderName);
  return existsSync(again) ? again : folder;
}

/** Folders of CelebA’s distribution that have the lists beside or above them. */
const namesBelowLists = [imageFolderName, 'img'];
/** `CelebA/Img/img_align_celeba/img_align_celeba` has them in the third. */
const mostLevels = 3;

/**
 * Where CelebA's distributions put lists: beside the pictures' folder, in `Anno` or `Eval`, among the pictures; and, where the
 * pictures' folder is CelebA's own, above it, as far up as the names are CelebA's.
 */
export function listFolders(root: string, imageFolder: string, selection: Selection): string[] {
  const folders = [root, join(root, 'Anno'), join(root, 'Eval'), imageFolder];
  if (basename(imageFolder) !== imageFolderName) return folders;
  const above = dirname(root);
  folders.push(above, join(above, 'Anno'));
  if (selection === 'earlier') return folders;
  folders.push(join(above, 'Eval'));
  let current = imageFolder;
  for (let level = 0; level < mostLevels && isBelowLists(current); level++) {
    current = dirname(current);
    folders.push(current, join(current, 'Anno'), join(current, 'Eval'));
  }
  return folders;
}

function isBelowLists(folder: string): boolean {
  return namesBelowLists.includes(basename(folder).toLowerCase());
}

export function findList(folders: readonly string[], name: string): string | undefined {
  const csv = name.replace(/\.txt$/, '.csv');
  return folders
    .flatMap((folder) => [join(folder, name), join(folder, csv)])
    .find((file) => existsSync(file) && mayFollow(file));
}
