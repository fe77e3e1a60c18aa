import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowseOrder } from '../../contract/dataSet.ts';
import { permutation } from '../math/random.ts';
import { rowOfFile } from './imageSet.ts';
import type { ImageSet } from './imageSet.ts';

/** Which files of a set are looked through, and in which order. */
export interface FilesAsked {
  /** Only those that have it, or that do not have it; a file that no list knows is in neither. */
  attribute?: string | undefined;
  has: boolean;
  order: BrowseOrder;
  /** Of the order `random`: the same seed gives the same order. */
  seed: number;
}

/** How many files are asked for their dates at once. */
const atOnce = 64;

/** The files in the order asked for. Those without a readable date come last in `newest`. */
export async function filesInOrder(set: ImageSet, asked: FilesAsked): Promise<readonly string[]> {
  const files = asked.attribute === undefined ? set.files : filesWith(set, asked.attribute, asked.has);
  switch (asked.order) {
    case 'name':
      return files;
    case 'random':
      return Array.from(permutation(files.length, asked.seed), (at) => files[at]!);
    case 'newest': {
      const dates = await datesOf(set.imageFolder, files);
      return files
        .map((file, at) => ({ file, date: dates[at]! }))
        .sort((a, b) => b.date - a.date)
        .map(({ file }) => file);
    }
  }
}

function filesWith(set: ImageSet, attribute: string, has: boolean): string[] {
  const table = set.attributes;
  const column = table?.names.indexOf(attribute) ?? -1;
  if (table === undefined || column < 0) return [];
  return set.files.filter((file) => {
    const row = rowOfFile(table, file);
    return row >= 0 && isWanted(table.values[row * table.names.length + column]!, has);
  });
}

/** Lists write 1 for yes and −1 for no; 0 is neither. */
function isWanted(value: number, has: boolean): boolean {
  return has ? value > 0 : value < 0;
}

async function datesOf(folder: string, files: readonly string[]): Promise<number[]> {
  const dates: number[] = [];
  for (let from = 0; from < files.length; from += atOnce) {
    const some = files.slice(from, from + atOnce).map((file) => stat(join(folder, file)));
    for (const found of await Promise.allSettled(some)) {
      dates.push(found.status === 'fulfilled' ? found.value.mtimeMs : Number.NEGATIVE_INFINITY);
    }
  }
  return dates;
}

/** The attributes that a file has, in the order of the list. */
export function labelsOf({ attributes }: ImageSet, file: string): string[] {
  if (attributes === undefined) return [];
  const { names, values } = attributes;
  const row = rowOfFile(attributes, file);
  return row < 0 ? [] : names.filter((_, column) => values[row * names.length + column]! > 0);
}
