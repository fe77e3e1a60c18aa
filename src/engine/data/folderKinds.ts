import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isOfTheMoment, withPath } from '../files/systemErrors.ts';

/** Folders that systems and disks of a network put beside people's files: thumbnails, what was deleted, halves of files. */
const systemFolders = new Set([
  '__macosx',
  '@eadir',
  '#recycle',
  '#snapshot',
  '@recycle',
  '@recently-snapshot',
  '$recycle.bin',
  'recycler',
  'recycled',
  'lost+found',
  'system volume information',
  'network trash folder',
  'temporary items',
]);

export function isSystemFolder(name: string): boolean {
  return systemFolders.has(name.toLowerCase());
}

/** What people and programs call folders of masks, labels and small copies; `x` and `xs` alike. */
const asideNames = new Set([
  'mask',
  'truth',
  'groundtruth',
  'label',
  'annotation',
  'segmentation',
  'segmap',
  'thumbnail',
  'thumb',
  'celebamaskhqmaskanno',
]);

/** True for a folder that, by its name, holds pictures about other pictures. */
export function looksAside(name: string): boolean {
  const letters = name.toLowerCase().replace(/[\s._-]+/g, '');
  return asideNames.has(letters) || asideNames.has(letters.replace(/s$/, ''));
}

/** Files that this program writes into folders which are its own alone, and how they begin. */
const ownMarks = [
  { file: 'run.json', start: /^\{\s*"version":\s*\d+,\s*"id":\s*"[^"]*",\s*"createdAt":/, words: 'a run' },
  { file: 'manifest.json', start: /"format":\s*"extrapolation-studio export"/, words: 'an export' },
  {
    file: 'manifest.json',
    start: /"format":\s*"extrapolation-studio packed images"/,
    words: 'packed pictures',
  },
  { file: 'photos.json', start: /^\{"version":\d+,"names":\[/, words: 'photos that the Studio keeps' },
  { file: 'progress.json', start: /"phase":.*"experiments":/s, words: 'a reproduction' },
  { file: 'report.html', start: /Extrapolation Studio: the main job/, words: 'a demo' },
] as const;

/** What this program's folder is, told by its manifest; undefined for any other folder. */
export function ownOutput(folder: string, names: ReadonlySet<string>): string | undefined {
  return ownMarks.find(({ file, start }) => names.has(file) && start.test(startOf(join(folder, file))))
    ?.words;
}

/** Drawn faces have their masks in `truth`, beside data.json. */
export function hasTruth(folder: string, names: ReadonlySet<string>): boolean {
  return (
    names.has('data.json') && startOf(join(folder, 'data.json')).includes('"extrapolation-studio faces"')
  );
}

/** Pictures that this program writes beside such a file into a folder which may hold others, too. */
const ownPictures: Readonly<Record<string, { start: RegExp; pictures: readonly string[] }>> = {
  'modules.json': { start: /^\{"version":\d+,"level":/, pictures: ['modules.png', 'influence.png'] },
  'codes.json': { start: /^\{"run":"[^"]*","step":/, pictures: ['reconstructions.png'] },
};

export function ownPicturesIn(folder: string, names: ReadonlySet<string>): string[] {
  return Object.entries(ownPictures).flatMap(([file, { start, pictures }]) => {
    const found = names.has(file) ? pictures.filter((name) => names.has(name)) : [];
    return found.length > 0 && start.test(startOf(join(folder, file))) ? found : [];
  });
}

const startBytes = 2048;

/**
 * The first letters of a file; none where it cannot be read for good.
 * @throws the system's error of the moment: the folder would be taken for another kind
 */
function startOf(path: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(startBytes);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, startBytes, 0));
  } catch (error) {
    if (isOfTheMoment(error)) throw withPath(error, path);
    return '';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
