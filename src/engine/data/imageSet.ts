import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { faceSetSchema } from '../../contract/dataSet.ts';
import type { FaceSet, Layout, Selection } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { mayFollow } from '../files/allowedFolders.ts';
import { readText } from '../files/safeFiles.ts';
import { isOfTheMoment } from '../files/systemErrors.ts';
import { findFolders, findList, listFolders } from './celebaFolders.ts';
import { attributeListName, imageFolderName, landmarkListName } from './celebaLists.ts';
import { parsePartition, parseTable, partitionListName } from './celebaLists.ts';
import type { ListTable } from './celebaLists.ts';
import { listFiles } from './listFiles.ts';
import { namesInNote, noPictures, notesOf } from './setNotes.ts';
import type { SetNote } from './setNotes.ts';
import { readStart, sniff } from './sniff.ts';

/** Pictures that can be trained on, with what is known about them. */
export interface ImageSet {
  layout: Layout;
  /** The folder that holds the lists (and `truth` of synthetic faces). */
  root: string;
  /** The folder that `files` are relative to. */
  imageFolder: string;
  /** Files taken for pictures, by name or by their first bytes, sorted; with `/` between folders on every system. */
  files: readonly string[];
  /** 0 train, 1 validation, 2 test, for each file. */
  partition: Uint8Array;
  attributes: ListTable | undefined;
  landmarks: ListTable | undefined;
  /** data.json of synthetic faces. */
  faceSet: FaceSet | undefined;
  /** The lists that were found, as paths. */
  lists: string[];
  /** Which files were taken. */
  selection: Selection;
  /** Lists that could not be read, rows that are missing, and what was passed over, as sentences. */
  notes: SetNote[];
}

/**
 * Opens a set of pictures: CelebA as distributed (the folder with its lists, the folder above, `Img`, or `img_align_celeba`
 * itself), synthetic faces (the same layout with `truth`), or any folder of pictures, searched through all its folders.
 * Lists that are damaged or incomplete do not stop it; `notes` says what was wrong with them.
 * Without list_eval_partition.txt each file's part comes from its name (90 : 5 : 5), so that it never changes.
 * @throws StudioError `not-found`, `wrong-usage` (an archive) or `empty`.
 */
export async function openImageSet(path: string, selection: Selection = 'pictures'): Promise<ImageSet> {
  const start = resolve(path);
  await refuseNonFolder(start);
  const { root, imageFolder } = findFolders(start, selection);
  if (!mayFollow(imageFolder)) {
    throw new StudioError(
      'wrong-usage',
      `${imageFolder} is a link that leads out of the folders this Studio was allowed to use. Choose the folder it leads to, or start the Studio with --folder.`,
    );
  }
  const listing = await listFiles(imageFolder, selection);
  const { files } = listing;
  if (files.length === 0) throw noPictures(imageFolder, listing);
  const notes = notesOf(listing.passedOver);
  const lists: string[] = [];
  const faceSet = await readFaceSet(root, notes);
  const places = listFolders(root, imageFolder, selection);
  const attributes = await readList(findList(places, attributeListName), attributeListName, parseTable, {
    root,
    lists,
    notes,
  });
  const landmarks = await readList(findList(places, landmarkListName), landmarkListName, parseTable, {
    root,
    lists,
    notes,
  });
  const parts = await readList(findList(places, partitionListName), partitionListName, parsePartition, {
    root,
    lists,
    notes,
  });
  if (attributes !== undefined) noteRows(attributeListName, attributes.rowOf, files, notes);
  if (parts !== undefined) noteRows(partitionListName, parts, files, notes);
  const partition = Uint8Array.from(files, (file) => parts?.get(keyOf(file)) ?? partitionByName(file));
  const isCelebA = basename(imageFolder) === imageFolderName || lists.length > 0;
  const layout = faceSet !== undefined ? 'synthetic' : isCelebA ? 'celeba' : 'folder';
  return {
    layout,
    root,
    imageFolder,
    files,
    partition,
    attributes,
    landmarks,
    faceSet,
    lists,
    selection,
    notes,
  };
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

async function readList<T>(
  path: string | undefined,
  name: string,
  parse: (text: string, file: string) => T,
  { root, lists, notes }: Pick<ImageSet, 'root' | 'lists' | 'notes'>,
): Promise<T | undefined> {
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
