import { StudioError } from '../../contract/errors.ts';

/** CelebA's attribute names, in the order of its list. */
export const celebaAttributes = [
  '5_o_Clock_Shadow',
  'Arched_Eyebrows',
  'Attractive',
  'Bags_Under_Eyes',
  'Bald',
  'Bangs',
  'Big_Lips',
  'Big_Nose',
  'Black_Hair',
  'Blond_Hair',
  'Blurry',
  'Brown_Hair',
  'Bushy_Eyebrows',
  'Chubby',
  'Double_Chin',
  'Eyeglasses',
  'Goatee',
  'Gray_Hair',
  'Heavy_Makeup',
  'High_Cheekbones',
  'Male',
  'Mouth_Slightly_Open',
  'Mustache',
  'Narrow_Eyes',
  'No_Beard',
  'Oval_Face',
  'Pale_Skin',
  'Pointy_Nose',
  'Receding_Hairline',
  'Rosy_Cheeks',
  'Sideburns',
  'Smiling',
  'Straight_Hair',
  'Wavy_Hair',
  'Wearing_Earrings',
  'Wearing_Hat',
  'Wearing_Lipstick',
  'Wearing_Necklace',
  'Wearing_Necktie',
  'Young',
] as const;

export type CelebaAttribute = (typeof celebaAttributes)[number];

export const celebaLandmarks = [
  'lefteye_x',
  'lefteye_y',
  'righteye_x',
  'righteye_y',
  'nose_x',
  'nose_y',
  'leftmouth_x',
  'leftmouth_y',
  'rightmouth_x',
  'rightmouth_y',
] as const;

export const attributeListName = 'list_attr_celeba.txt';
export const partitionListName = 'list_eval_partition.txt';
export const landmarkListName = 'list_landmarks_align_celeba.txt';
export const imageFolderName = 'img_align_celeba';

/** A list of whole numbers, a row a file: values[rowOf.get(file) * names.length + column]. */
export interface ListTable {
  names: string[];
  rowOf: Map<string, number>;
  values: Int16Array;
}

/** Of 16 bits; no list of CelebA comes near. */
const mostValue = 32_767;

function* linesOf(text: string): Generator<[line: string, number: number]> {
  let start = 0;
  for (let number = 1; start < text.length; number++) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, end).trim();
    if (line !== '') yield [line, number];
    start = end + 1;
  }
}

function damaged(file: string, line: number, what: string): StudioError {
  return new StudioError('damaged', `${file}, line ${line}: ${what}`);
}

/** Starts like a web page: what a download page saves in place of a file. */
export function looksLikeWebPage(start: string): boolean {
  return /^\s*(<!doctype|<html|<head|<\?xml[^>]*>\s*<!doctype)/i.test(start);
}

/**
 * Reads a list in CelebA's format: a count, the names of the columns, a row a file. The count may be missing, as in some
 * copies; commas are taken for spaces (Kaggle's .csv, whose first name stands over the file column).
 * @throws StudioError `damaged`, naming file and line.
 */
export function parseTable(text: string, file: string): ListTable {
  if (looksLikeWebPage(text.slice(0, 500))) {
    throw damaged(
      file,
      1,
      'this is a web page, not a list; the download page was saved in place of the file.',
    );
  }
  const rowOf = new Map<string, number>();
  let names: string[] | undefined;
  let values = new Int16Array(0);
  let count = 0;
  for (const [line, number] of linesOf(text)) {
    if (names === undefined && /^\d+$/.test(line)) {
      count = Number(line);
      continue;
    }
    const cells = line.split(/[\s,]+/);
    if (names === undefined) {
      if (/^image_id$/i.test(cells[0] ?? '')) cells.shift();
      names = cells;
      if (names.every((name) => /^-?\d+$/.test(name)) || /\.(jpe?g|png)$/i.test(names[0] ?? '')) {
        throw damaged(file, number, 'the names of the columns should be here.');
      }
      // The count is a claim: a row takes two characters a number at least.
      const mostRows = Math.ceil(text.length / (2 * names.length + 1));
      values = new Int16Array(Math.max(Math.min(count, mostRows), 1) * names.length);
      continue;
    }
    if (cells.length !== names.length + 1) {
      throw damaged(
        file,
        number,
        `a file name and ${names.length} numbers should be here, not ${cells.length} words.`,
      );
    }
    const row = rowOf.size;
    if ((row + 1) * names.length > values.length) {
      const wider = new Int16Array(values.length * 2);
      wider.set(values);
      values = wider;
    }
    for (let column = 0; column < names.length; column++) {
      const value = Number(cells[column + 1]);
      if (!Number.isInteger(value)) {
        throw damaged(file, number, `“${cells[column + 1] ?? ''}” is not a whole number.`);
      }
      if (Math.abs(value) > mostValue) throw damaged(file, number, `${value} is too large a number.`);
      values[row * names.length + column] = value;
    }
    if (rowOf.has(cells[0]!)) throw damaged(file, number, `${cells[0]!} has a row already.`);
    // A copy of its own: a slice would keep the whole text alive.
    rowOf.set(Buffer.from(cells[0]!).toString(), row);
  }
  if (names === undefined) throw damaged(file, 1, 'the list is empty.');
  return { names, rowOf, values: values.slice(0, rowOf.size * names.length) };
}

/**
 * Reads list_eval_partition.txt: file → 0 (train), 1 (validation), 2 (test).
 * @throws StudioError `damaged`, naming file and line.
 */
export function parsePartition(text: string, file: string): Map<string, number> {
  if (looksLikeWebPage(text.slice(0, 500))) {
    throw damaged(
      file,
      1,
      'this is a web page, not a list; the download page was saved in place of the file.',
    );
  }
  const partitionOf = new Map<string, number>();
  for (const [line, number] of linesOf(text)) {
    if (number === 1 && /^image_id\b/i.test(line)) continue;
    const match = /^(\S+?)[\s,]+([012])$/.exec(line);
    if (match === null) throw damaged(file, number, 'a file name and 0, 1 or 2 should be here.');
    partitionOf.set(Buffer.from(match[1]!).toString(), Number(match[2]!));
  }
  if (partitionOf.size === 0) throw damaged(file, 1, 'the list is empty.');
  return partitionOf;
}

/** Writes a table as CelebA's lists are laid out: each number in a column of its own width. */
export function formatTable(
  names: readonly string[],
  rows: Iterable<readonly [file: string, values: readonly number[]]>,
  width: number,
): string {
  const lines: string[] = [];
  for (const [file, values] of rows) {
    lines.push(`${file} ${values.map((value) => String(value).padStart(width)).join(' ')}`);
  }
  return `${lines.length}\n${names.join(' ')} \n${lines.join('\n')}\n`;
}
