import type { ListTable } from './celebaLists.ts';

/**
 * A list of attributes as this program counts: 1 yes, −1 no, 0 unknown. Lists of 0 and 1 alone mean “no” by 0; where −1 occurs anywhere,
 * 0 is unknown.
 */
export function withSigns(table: ListTable): ListTable {
  const isZeroNo = table.values.includes(0) && table.values.every((value) => value === 0 || value === 1);
  return {
    ...table,
    values: isZeroNo ? table.values.map((value) => (value === 0 ? -1 : 1)) : table.values.map(Math.sign),
  };
}
