import { looksAside } from './folderKinds.ts';

/** A folder that is left aside, and why, for a sentence. */
export interface AsideFolder {
  name: string;
  words: string;
}

/** Fewer PNGs of the same names may be chance. */
const fewestPngs = 5;

/**
 * Tells pictures from pictures about them. Aside are folders called like masks, labels or thumbnails, and folders of PNGs alone that
 * have the names of pictures in another format in one other folder (`masks-v2/0001.png` for `photos/0001.jpg`). Where nothing else is
 * there, nothing is aside.
 * @param files sorted, with `/` between folders
 */
export function leaveAside(files: readonly string[]): { kept: string[]; left: AsideFolder[] } {
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    const folder = folderOf(file);
    const known = byFolder.get(folder);
    if (known === undefined) byFolder.set(folder, [file]);
    else known.push(file);
  }
  const left = new Map<string, AsideFolder>();
  for (const folder of byFolder.keys()) {
    const called = calledAside(folder);
    if (called !== undefined) left.set(folder, { name: called, words: '' });
  }
  const others = placesOfStems(byFolder, left);
  for (const [folder, own] of byFolder) {
    const whose = left.has(folder) ? undefined : twinOf(folder, own, others);
    if (whose !== undefined) {
      left.set(folder, {
        name: folder,
        words: `named like the pictures in ${whose === '' ? 'the folder' : whose}`,
      });
    }
  }
  const kept = files.filter((file) => !left.has(folderOf(file)));
  if (left.size === 0 || kept.length === 0) return { kept: [...files], left: [] };
  const counts = new Map<string, { words: string; count: number }>();
  for (const [folder, { name, words }] of left) {
    const count = (counts.get(name)?.count ?? 0) + byFolder.get(folder)!.length;
    counts.set(name, { words, count });
  }
  return {
    kept,
    left: [...counts].map(([name, { words, count }]) => ({
      name,
      words: `${count.toLocaleString('en-US')} ${count === 1 ? 'file' : 'files'}${words === '' ? '' : `, ${words}`}`,
    })),
  };
}

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
const stemOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
const isPng = (file: string): boolean => /\.png$/i.test(file);

/** The outermost folder of a path that is called like masks or thumbnails. */
function calledAside(folder: string): string | undefined {
  const parts = folder.split('/');
  const place = parts.findIndex(looksAside);
  return place < 0 ? undefined : parts.slice(0, place + 1).join('/');
}

/** In which folders a stem is that of a picture in another format than PNG. */
function placesOfStems(
  byFolder: ReadonlyMap<string, readonly string[]>,
  left: ReadonlyMap<string, AsideFolder>,
): Map<string, string[]> {
  const places = new Map<string, string[]>();
  if (byFolder.size === 1) return places;
  for (const [folder, files] of byFolder) {
    if (left.has(folder)) continue;
    for (const file of files) {
      if (isPng(file)) continue;
      const stem = stemOf(file);
      const known = places.get(stem);
      if (known === undefined) places.set(stem, [folder]);
      else known.push(folder);
    }
  }
  return places;
}

/** The one folder that has pictures of all the names of these PNGs. */
function twinOf(
  folder: string,
  files: readonly string[],
  places: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (folder === '' || files.length < fewestPngs || !files.every(isPng)) return undefined;
  const shared = new Map<string, number>();
  for (const file of files) {
    const others = places.get(stemOf(file));
    if (others === undefined) return undefined;
    for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  return [...shared].find(([other, count]) => other !== folder && count === files.length)?.[0];
}
