import type { ExportPlan } from '../../contract/exports.ts';
import { formatTable } from '../data/celebaLists.ts';
import type { PlannedPicture } from './exportPlan.ts';

/**
 * CelebA's list for the set: 1 and −1, of the labels that no recipe clears and the pictures for which all of these are known.
 * The format has no sign for “unknown”: where 0 stands, torchvision and others read “no”. Undefined where nothing is left to list.
 */
export function attributeList(
  { labels }: Pick<ExportPlan, 'labels'>,
  pictures: readonly PlannedPicture[],
): string | undefined {
  if (labels === undefined) return undefined;
  const cleared = new Set(labels.cleared.flat());
  const names = labels.names.filter((name) => !cleared.has(name));
  if (names.length === 0) return undefined;
  const rows = pictures.flatMap(({ file, row }): [string, number[]][] => {
    const words = names.map((name) => row.attributes?.[name] ?? 'unknown');
    return words.includes('unknown') ? [] : [[file, words.map((word) => (word === 'yes' ? 1 : -1))]];
  });
  return rows.length === 0 ? undefined : formatTable(names, rows, 2);
}
