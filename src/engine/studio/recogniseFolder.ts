import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findFolders } from '../data/celebaFolders.ts';
import { imageFolderName } from '../data/celebaLists.ts';
import { hasTruth, ownOutput } from '../data/folderKinds.ts';
import { looksLikeImage } from '../data/pictureNames.ts';

/** What this program's folders are called here. */
const ownKinds: Readonly<Record<string, string>> = {
  'a run': 'A run of Extrapolation Studio',
  'an export': 'A set exported by Extrapolation Studio',
  'packed pictures': 'Pictures packed by Extrapolation Studio',
  'a reproduction': 'Experiments of Extrapolation Studio',
  'a demo': 'A demo of Extrapolation Studio',
};

/** Folders of known sets, by names that their distributions have. */
const knownSets: readonly { kind: string; has: (names: ReadonlySet<string>, folder: string) => boolean }[] = [
  {
    kind: 'CelebA-HQ with masks',
    has: (names) => names.has('CelebA-HQ-img') || names.has('CelebAMask-HQ-mask-anno'),
  },
  {
    kind: 'FFHQ',
    has: (names, folder) =>
      [...names].some((name) => /^ffhq-dataset.*\.json$/.test(name) || name === 'images1024x1024') ||
      names.has('thumbnails128x128') ||
      (/ffhq|thumbnails128x128|images1024x1024/i.test(basename(folder)) && [...names].some(isFfhqName)),
  },
];

/** 00000, 01000 … are its folders of a thousand; 00000.png … its pictures. */
function isFfhqName(name: string): boolean {
  return /^\d{2}000$/.test(name) || /^\d{5}\.(png|jpe?g|webp)$/i.test(name);
}

/** As many names of folders as a line has room for. */
const namedFolders = 3;
/** Folders that are looked into for pictures, to tell whether they are classes. */
const mostLooked = 50;

/** What a folder holds, in a few words; null where nothing about it is known. Looks no deeper than one folder. */
export async function recogniseFolder(folder: string): Promise<string | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = new Set(entries.map(({ name }) => name));
  try {
    const own = ownOutput(folder, names);
    if (own !== undefined && ownKinds[own] !== undefined) return ownKinds[own];
    if (hasTruth(folder, names)) return 'Drawn faces with their masks';
  } catch {
    // A disk that fails now: nothing is known of the folder.
    return null;
  }
  if (basename(findFolders(folder, 'pictures').imageFolder) === imageFolderName) return 'CelebA';
  const known = knownSets.find(({ has }) => has(names, folder));
  if (known !== undefined) return known.kind;
  if (entries.some((entry) => entry.isFile() && looksLikeImage(entry.name))) return null;
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return describeParts(folder, folders.map(({ name }) => name).sort());
}

/** A folder a class, a part or a run; null where the folders inside are of no one kind. */
async function describeParts(folder: string, names: readonly string[]): Promise<string | null> {
  if (names.length < 2) return null;
  let [runs, withPictures] = [0, 0];
  for (const name of names.slice(0, mostLooked)) {
    const inside = await readdir(join(folder, name)).catch((): string[] => []);
    if (inside.includes('run.json')) runs += 1;
    else if (inside.some((each) => looksLikeImage(each))) withPictures += 1;
  }
  const looked = Math.min(names.length, mostLooked);
  if (runs === looked) return 'Runs of Extrapolation Studio';
  if (withPictures < looked) return null;
  const more = names.length - namedFolders;
  const listed = names.slice(0, namedFolders).join(', ');
  return `Pictures by folder: ${listed}${more > 0 ? ` and ${more} more` : ''}`;
}
