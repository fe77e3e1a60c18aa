import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import type { Selection } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { readText } from '../files/safeFiles.ts';
import { withSigns } from './attributeValues.ts';
import { findList, listFolders } from './celebaFolders.ts';
import { attributeListName, landmarkListName } from './celebaLists.ts';
import { parsePartition, parseTable, partitionListName } from './celebaLists.ts';
import type { ListTable } from './celebaLists.ts';
import { exportTableName, exportTables, isExport, readExportLabels } from './exportedSet.ts';
import { partsOfFolders } from './folderParts.ts';
import { matchAsEarlier, matchRows } from './matchRows.ts';
import type { MatchedRows } from './matchRows.ts';
import { namesInNote } from './setNotes.ts';
import type { SetNote } from './setNotes.ts';

/** What the lists beside pictures say of them, by file. */
export interface SetLists {
  attributes: ListTable | undefined;
  landmarks: ListTable | undefined;
  /** 0 train, 1 validation, 2 test, for each file. */
  partition: Uint8Array;
  /** The lists that were found, as paths. */
  lists: string[];
  notes: SetNote[];
  /** Whether any of them is CelebA's. */
  isCelebA: boolean;
}

/** Of an image set, before its lists are read. */
interface Place {
  root: string;
  imageFolder: string;
  files: readonly string[];
  selection: Selection;
}

/**
 * Reads CelebA's lists, or the tables of an export of this program, which has no others. A run of an earlier version (`earlier`) goes on
 * with what that version made of them: rows by the name alone, 0 unknown in any list, and parts from a list or from the names.
 */
export async function readSetLists(place: Place): Promise<SetLists> {
  const { root, files, selection } = place;
  const isEarlier = selection === 'earlier';
  const isOwn = !isEarlier && (await isExport(root));
  const reader = new ListReader(place, isOwn);
  const attributeList = isOwn
    ? await readExportLabels(root)
    : await reader.read(attributeListName, parseTable);
  const landmarkList = await reader.read(landmarkListName, parseTable);
  const parts = await reader.read(partitionListName, parsePartition);
  const { lists, notes } = reader;
  const isCelebA = lists.length > 0;
  // What its labels come from: the packed set is made again where they change.
  if (isOwn) lists.push(...exportTables(root));
  const match = <Row>(list: string, rows: ReadonlyMap<string, Row>): MatchedRows<Row> =>
    isEarlier ? matchAsEarlier(rows, files, list !== partitionListName) : matchRows(rows, files);
  const byFile = (list: string, table: ListTable): ListTable => {
    const matched = match(list, table.rowOf);
    if (list !== landmarkListName) notes.push(...noteRows(list, matched));
    return { ...table, rowOf: matched.rowOf };
  };
  const found = attributeList && byFile(isOwn ? exportTableName : attributeListName, attributeList);
  const landmarks = landmarkList && byFile(landmarkListName, landmarkList);
  const listed = parts && match(partitionListName, parts);
  if (listed !== undefined) notes.push(...noteRows(partitionListName, listed));
  const ofFolders = isEarlier || listed !== undefined ? undefined : partsOfFolders(files);
  return {
    attributes: found && !isEarlier ? withSigns(found) : found,
    landmarks,
    partition:
      ofFolders ?? Uint8Array.from(files, (file) => listed?.rowOf.get(file) ?? partitionByName(file)),
    ...{ lists, notes, isCelebA },
  };
}

/** 0, 1 or 2 with shares of 90, 5 and 5 %, from the first 32 bits of the SHA-256 of the name. */
export function partitionByName(file: string): number {
  const share = createHash('sha256').update(file).digest().readUInt32BE(0) / 2 ** 32;
  return share < 0.9 ? 0 : share < 0.95 ? 1 : 2;
}

/** Reads lists where CelebA's distributions have them, and keeps which were found and what was wrong with them. */
class ListReader {
  readonly lists: string[] = [];
  readonly notes: SetNote[] = [];
  readonly #root: string;
  readonly #places: readonly string[];

  constructor({ root, imageFolder, selection }: Place, hasNone: boolean) {
    this.#root = root;
    this.#places = hasNone ? [] : listFolders(root, imageFolder, selection);
  }

  async read<T>(name: string, parse: (text: string, file: string) => T): Promise<T | undefined> {
    const path = findList(this.#places, name);
    if (path === undefined) return undefined;
    this.lists.push(path);
    try {
      return parse(await readText(path), name);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      const sentence = `${error.message} The set is used without this list.`;
      const file = relative(this.#root, path);
      this.notes.push({ kind: 'unreadable-list', file, count: 1, files: [name], sentence });
      return undefined;
    }
  }
}

function noteRows(list: string, { missing, extra }: MatchedRows<unknown>): SetNote[] {
  const note = (kind: SetNote['kind'], names: readonly string[], sentence: string): SetNote[] =>
    names.length === 0
      ? []
      : [{ kind, file: list, count: names.length, files: names.slice(0, namesInNote), sentence }];
  const none =
    missing.length === 1 ? `has no row for ${missing[0]!}` : `has no rows for ${missing.length} pictures`;
  const rest =
    list === partitionListName ? 'Their part comes from their name.' : 'Their attributes count as unknown.';
  const much =
    extra.length === 1 ? `a row for ${extra[0]!}, which is` : `rows for ${extra.length} pictures that are`;
  return [
    ...note('missing-rows', missing, `${list} ${none}. ${rest}`),
    ...note('extra-rows', extra, `${list} has ${much} not in the folder. The rows are ignored.`),
  ];
}
