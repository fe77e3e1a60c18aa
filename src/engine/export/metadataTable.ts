import { StudioError } from '../../contract/errors.ts';
import { exportSplits } from '../../contract/exports.ts';
import type { ExportRow } from '../../contract/exports.ts';
import type { PlannedPicture } from './exportPlan.ts';

/** What a column of a split holds. */
interface Column {
  type: 'text' | 'number';
  rows: number;
  first: string | number;
  /** Whether every value so far would be taken for a date. */
  areDates: boolean;
}

/**
 * Holds the rows to what readers make of them that guess columns and their types from a part of the table, as Hugging Face's
 * `datasets` does from the first 10 MiB of each split: every row of every split has the same columns, each with one type, no value is
 * missing, and every number is whole.
 * @throws StudioError `wrong-usage` for names that would be misread: of recipes or pictures that are all dates, of labels
 *   that are called like the columns that name files
 */
export function requireOneTable(pictures: readonly PlannedPicture[]): void {
  let before: string | undefined;
  for (const split of exportSplits) {
    const rows = pictures.filter((picture) => picture.split === split).map(({ row }) => row);
    if (rows.length === 0) continue;
    const columns = columnsOf(rows);
    for (const [name, { areDates, first }] of columns) {
      if (areDates) refuseDates(name, first);
      if (name.startsWith(labelPrefix)) refuseNameOfFiles(name.slice(labelPrefix.length));
    }
    const types = JSON.stringify([...columns].map(([name, { type }]) => [name, type]));
    if (before !== undefined && types !== before) {
      throw new Error(`the parts of an export have different columns: ${before} and ${types}`);
    }
    before = types;
  }
}

const labelPrefix = 'attributes.';

function columnsOf(rows: readonly ExportRow[]): Map<string, Column> {
  const columns = new Map<string, Column>();
  for (const row of rows) {
    for (const [name, value] of valuesOf(row)) {
      const type = typeOf(name, value);
      const column = columns.get(name) ?? { type, rows: 0, first: value, areDates: true };
      if (column.type !== type) throw new Error(`the column ${name} of an export has texts and numbers`);
      column.rows += 1;
      column.areDates &&= typeof value === 'string' && looksLikeDate(value);
      columns.set(name, column);
    }
  }
  const holed = [...columns].find(([, column]) => column.rows !== rows.length);
  if (holed !== undefined) throw new Error(`the column ${holed[0]} of an export is missing in some rows`);
  return columns;
}

function* valuesOf({ attributes, ...row }: ExportRow): Generator<[name: string, value: string | number]> {
  yield* Object.entries(row);
  for (const [name, value] of Object.entries(attributes ?? {})) yield [`${labelPrefix}${name}`, value];
}

function typeOf(name: string, value: string | number): Column['type'] {
  if (typeof value === 'string') return 'text';
  // A column that begins with 1.0, which JSON writes as 1, is taken for whole numbers, and 0.5 below becomes 0.
  if (!Number.isSafeInteger(value)) {
    throw new Error(`the column ${name} of an export has ${value}, which is no whole number`);
  }
  return 'number';
}

/** What Arrow's reader of JSON takes for a time; it makes the whole column one where every value is. */
function looksLikeDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}([ T]\d{2}(:?\d{2}(:?\d{2})?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$/.test(text);
}

function refuseDates(column: string, first: string | number): never {
  const what = column === 'recipe' ? 'recipes' : 'pictures';
  throw new StudioError(
    'wrong-usage',
    `The ${what} are named by dates (“${first}”), and what reads the set would take the names for times. Give ${what === 'recipes' ? 'a recipe' : 'them'} another name.`,
  );
}

/** `datasets` opens what such a column names as a picture. */
function refuseNameOfFiles(label: string): void {
  if (!/(^|_)file_names?$/.test(label)) return;
  throw new StudioError(
    'wrong-usage',
    `An attribute of the pictures is called “${label}”, and what reads the set would take it for the name of a file. Rename it in the list.`,
  );
}
