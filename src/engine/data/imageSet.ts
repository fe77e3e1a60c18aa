import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { faceSetSchema } from '../../contract/dataSet.ts';
import type { FaceSet, Layout, Selection } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { mayFollow } from '../files/allowedFolders.ts';
import { readText } from '../files/safeFiles.ts';
import { isOfTheMoment } from '../files/systemErrors.ts';
import { findFolders } from './celebaFolders.ts';
import { imageFolderName } from './celebaLists.ts';
import type { ListTable } from './celebaLists.ts';
import { listFiles } from './listFiles.ts';
import { noPictures, notesOf } from './setNotes.ts';
import type { SetNote } from './setNotes.ts';
import { readSetLists } from './setLists.ts';
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
 * Without list_eval_partition.txt each file's part comes from folders such as `train` and `test`, or from its name (90 : 5 : 5), so that
 * it never changes. An export of this program has its labels from its own tables.
 * @throws StudioError `not-found`, `wrong-usage` (an archive) or `empty`.
 */
export async function openImageSet(path: string, selection: Selection = 'pictures'): Promise<ImageSet> {
  const start = resolve(path);
  await refuseNonFolder(start);
  if (!mayFollow(start)) {
    throw new StudioError(
      'wrong-usage',
      `${start} is outside the folders this Studio was allowed to use. Start the Studio with --folder ${start}, or copy the pictures into one of them.`,
    );
  }
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
  const faceSet = await readFaceSet(root, notes);
  const known = await readSetLists({ root, imageFolder, files, selection });
  notes.push(...known.notes);
  const { attributes, landmarks, partition, lists } = known;
  const isCelebA = basename(imageFolder) === imageFolderName || known.isCelebA;
  const layout = faceSet !== undefined ? 'synthetic' : isCelebA ? 'celeba' : 'folder';
  const facts = { layout, root, imageFolder, selection } as const;
  return { ...facts, files, partition, attributes, landmarks, faceSet, lists, notes };
}

/** The row of a file of the set in one of its lists, −1 where it has none. */
export function rowOfFile(table: ListTable, file: string): number {
  return table.rowOf.get(file) ?? -1;
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
    const sentence = `Making these faces was interrupted. Run the same command again to finish them.`;
    notes.push({ kind: 'unfinished-set', file: 'data.json', count: 1, files: ['data.json'], sentence });
  }
  return faceSet;
}
