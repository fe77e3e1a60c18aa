import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { faceSetSchema } from '../../contract/dataSet.ts';
import type { FaceSet, Layout } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { mayFollow } from '../files/allowedFolders.ts';
import { readText } from '../files/safeFiles.ts';
import { isOfTheMoment } from '../files/systemErrors.ts';
import { attributeListName, imageFolderName, landmarkListName } from './celebaLists.ts';
import { parsePartition, parseTable, partitionListName } from './celebaLists.ts';
import type { ListTable } from './celebaLists.ts';
import { listFiles, looksLikeArchive } from './listFiles.ts';
import { readStart, sniff } from './sniff.ts';

/** Pictures that can be trained on, with what is known about them. */
export interface ImageSet {
  layout: Layout;
  /** The folder that holds the lists (and `truth` of synthetic faces). */
  root: string;
  /** The folder that `files` are relative to. */
  imageFolder: string;
  /** Files that look like pictures by name, sorted; with `/` between folders on every system. */
  files: readonly string[];
  /** 0 train, 1 validation, 2 test, for each file. */
  partition: Uint8Array;
  attributes: ListTable | undefined;
  landmarks: ListTable | undefined;
  /** data.json of synthetic faces. */
  faceSet: FaceSet | undefined;
  /** The lists that were found, as paths. */
  lists: string[];
  /** Lists that could not be read, and rows that are missing, as sentences. */
  notes: SetNote[];
}

export interface SetNote {
  kind: 'unreadable-list' | 'missing-rows' | 'extra-rows' | 'unfinished-set' | 'outside-links';
  file: string;
  count: number;
  files: string[];
  sentence: string;
}

/** How many names a note gives. */
const namesInNote = 20;

/**
 * Opens a set of pictures: CelebA as distributed (the folder with its lists, the folder above, or `img_align_celeba`
 * itself), synthetic faces (the same layout with `truth`), or any folder of pictures, searched through all its folders.
 * Lists that are damaged or incomplete do not stop it; `notes` says what was wrong with them.
 * Without list_eval_partition.txt each file's part comes from its name (90 : 5 : 5), so that it never changes.
 * @throws StudioError `not-found`, `wrong-usage` (an archive) or `empty`.
 */
export async function openImageSet(path: string): Promise<ImageSet> {
  const start = resolve(path);
  await refuseNonFolder(start);
  const { root, imageFolder } = findFolders(start);
  if (!mayFollow(imageFolder)) {
    throw new StudioError(
      'wrong-usage',
      `${imageFolder} is a link that leads out of the folders this Studio was allowed to use. Choose the folder it leads to, or start the Studio with --folder.`,
    );
  }
  const { files, others, outside } = await listFiles(imageFolder);
  if (files.length === 0) {
    throw new StudioError(
      'empty',
      `There are no pictures in ${imageFolder}${archiveHint(others)}. Choose a folder with JPEG, PNG, WebP or TIFF files.`,
    );
  }
  const notes: SetNote[] = [];
  const lists: string[] = [];
  if (outside.length > 0) noteOutside(outside, notes);
  const faceSet = await readFaceSet(root, notes);
  const attributes = await readList(root, imageFolder, attributeListName, parseTable, lists, notes);
  const landmarks = await readList(root, imageFolder, landmarkListName, parseTable, lists, notes);
  const parts = await readList(root, imageFolder, partitionListName, parsePartition, lists, notes);
  if (attributes !== undefined) noteRows(attributeListName, attributes.rowOf, files, notes);
  if (parts !== undefined) noteRows(partitionListName, parts, files, notes);
  const partition = Uint8Array.from(files, (file) => parts?.get(keyOf(file)) ?? partitionByName(file));
  const isCelebA = basename(imageFolder) === imageFolderName || lists.length > 0;
  const layout = faceSet !== undefined ? 'synthetic' : isCelebA ? 'celeba' : 'folder';
  return { layout, root, imageFolder, files, partition, attributes, landmarks, faceSet, lists, notes };
}

/** The name under which CelebA's lists know a file: it has no folders. */
function keyOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** The row of a file in a list, −1 where it has none. */
export function rowOfFile(table: ListTable, file: string): number {
  return table.rowOf.get(keyOf(file)) ?? table.rowOf.get(file) ?? -1;
}

/** 0, 1 or 2 with shares of 90, 5 and 5 %, from the first 32 bits of the SHA-256 of the name. */
export function partitionByName(file: string): number {
  const share = createHash('sha256').update(file).digest().readUInt32BE(0) / 2 ** 32;
  return share < 0.9 ? 0 : share < 0.95 ? 1 : 2;
}

async function refuseNonFolder(path: string): Promise<void> {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    throw new StudioError('not-found', `There is no folder at ${path}. Check the path.`);
  }
  if (status.isDirectory()) return;
  const start = sniff(await readStart(path));
  if (start.kind === 'web-page') {
    throw new StudioError(
      'damaged',
      `${path} is a web page: the download page was saved in place of the file. Download it again and look at its size.`,
    );
  }
  if (start.kind === 'archive') {
    throw new StudioError(
      'wrong-usage',
      `${path} is ${start.words}. Unpack it first (for example: unzip ${basename(path)}), then choose the folder that it gives.`,
    );
  }
  throw new StudioError('wrong-usage', `${path} is a file. Choose the folder that holds the pictures.`);
}

function findFolders(start: string): { root: string; imageFolder: string } {
  const inside = join(start, imageFolderName);
  if (existsSync(inside)) return { root: start, imageFolder: deeper(inside) };
  const below = join(start, 'celeba', imageFolderName);
  if (existsSync(below)) return { root: join(start, 'celeba'), imageFolder: deeper(below) };
  if (basename(start) === imageFolderName) return { root: dirname(start), imageFolder: deeper(start) };
  return { root: start, imageFolder: start };
}

/** Some unpackers put img_align_celeba into a folder of its own name. */
function deeper(folder: string): string {
  const again = join(folder, imageFolderName);
  return existsSync(again) ? again : folder;
}

function archiveHint(others: readonly string[]): string {
  const archive = others.find(looksLikeArchive);
  return archive === undefined ? '' : `, only an archive that is not unpacked yet: ${archive}`;
}

async function readFaceSet(root: string, notes: SetNote[]): Promise<FaceSet | undefined> {
  const file = join(root, 'data.json');
  if (!existsSync(file)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(await readText(file));
  } catch (error) {
    if (isOfTheMoment(error)) throw error;
    return undefined;
  }
  const faceSet = faceSetSchema.safeParse(content).data;
  if (faceSet?.complete === false) {
    const sentence = `The making of these faces was interrupted. Run the same command again to finish them.`;
    notes.push({ kind: 'unfinished-set', file: 'data.json', count: 1, files: ['data.json'], sentence });
  }
  return faceSet;
}

/**
 * Looks for a list where CelebA's distributions put it: beside the pictures' folder, in `Anno` or `Eval`, among the
 * pictures, and, where the pictures' folder is CelebA's own, one folder up.
 */
function findList(root: string, imageFolder: string, name: string): string | undefined {
  const folders = [root, join(root, 'Anno'), join(root, 'Eval'), imageFolder];
  if (basename(imageFolder) === imageFolderName) folders.push(dirname(root), join(dirname(root), 'Anno'));
  const csv = name.replace(/\.txt$/, '.csv');
  return folders
    .flatMap((folder) => [join(folder, name), join(folder, csv)])
    .find((file) => existsSync(file) && mayFollow(file));
}

async function readList<T>(
  root: string,
  imageFolder: string,
  name: string,
  parse: (text: string, file: string) => T,
  lists: string[],
  notes: SetNote[],
): Promise<T | undefined> {
  const path = findList(root, imageFolder, name);
  if (path === undefined) return undefined;
  lists.push(path);
  try {
    return parse(await readText(path), name);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    const sentence = `${error.message} The set is used without this list.`;
    notes.push({ kind: 'unreadable-list', file: relative(root, path), count: 1, files: [name], sentence });
    return undefined;
  }
}

function noteOutside(outside: readonly string[], notes: SetNote[]): void {
  const what =
    outside.length === 1
      ? `${outside[0]!} is a link that leads`
      : `${outside.length} files are links that lead`;
  notes.push({
    kind: 'outside-links',
    file: outside[0]!,
    count: outside.length,
    files: outside.slice(0, namesInNote),
    sentence: `${what} out of the folders this Studio was allowed to use; ${outside.length === 1 ? 'it is' : 'they are'} left out.`,
  });
}

function noteRows(
  list: string,
  rows: ReadonlyMap<string, number>,
  files: readonly string[],
  notes: SetNote[],
): void {
  const missing = files.filter((file) => !rows.has(keyOf(file)));
  if (missing.length > 0) {
    const what =
      missing.length === 1 ? `has no row for ${missing[0]!}` : `has no rows for ${missing.length} pictures`;
    const rest =
      list === attributeListName ? 'Their attributes count as unknown.' : 'Their part comes from their name.';
    const sentence = `${list} ${what}. ${rest}`;
    notes.push({
      kind: 'missing-rows',
      file: list,
      count: missing.length,
      files: missing.slice(0, namesInNote),
      sentence,
    });
  }
  const known = new Set(files.map(keyOf));
  const extra: string[] = [];
  let count = 0;
  for (const file of rows.keys()) {
    if (known.has(file)) continue;
    count++;
    if (extra.length < namesInNote) extra.push(file);
  }
  if (count > 0) {
    const what = count === 1 ? `a row for ${extra[0]!}, which is` : `rows for ${count} pictures that are`;
    const sentence = `${list} has ${what} not in the folder. The rows are ignored.`;
    notes.push({ kind: 'extra-rows', file: list, count, files: extra, sentence });
  }
}
