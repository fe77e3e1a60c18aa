import { findRuns } from '../../../contract/runSearch.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import type { RunSummary } from '../../../contract/studio.ts';

/** What rows can be sorted by, as the address has it. */
export const columns = [
  'run',
  'state',
  'step',
  'reconstruction',
  'kl',
  'sdr',
  'stretching',
  'created',
] as const;
export type Column = (typeof columns)[number];

export interface Sorting {
  column: Column;
  isDown: boolean;
}

/** Newest first where nothing else is asked. */
export function readSorting(text: string): Sorting {
  const isDown = text.startsWith('-');
  const column = columns.find((each) => each === text.replace(/^-/, ''));
  return column === undefined ? { column: 'created', isDown: true } : { column, isDown };
}

export function sortingText({ column, isDown }: Sorting): string | undefined {
  return column === 'created' && isDown ? undefined : `${isDown ? '-' : ''}${column}`;
}

/** What a press on a column's head asks for: words from A on and small errors first, steps from the largest; then the other way round. */
export function pressed(before: Sorting, column: Column): Sorting {
  if (before.column === column) return { column, isDown: !before.isDown };
  return { column, isDown: column === 'step' || column === 'created' };
}

/** The rows of the table. Archived runs are there only where they are asked for, or shown already. */
export function rowsOf(
  runs: readonly RunSummary[],
  {
    search,
    sorting,
    archived,
    shown,
  }: { search: string; sorting: Sorting; archived: boolean; shown: readonly string[] },
): RunSummary[] {
  const known = runs.filter(({ id, labels }) => archived || !labels.archived || shown.includes(id));
  return sorted(findRuns(known, search), sorting);
}

function sorted(runs: readonly RunSummary[], { column, isDown }: Sorting): RunSummary[] {
  if (column === 'created') return isDown ? [...runs] : [...runs].reverse();
  const sign = isDown ? -1 : 1;
  return [...runs].sort((a, b) => {
    const [left, right] = [keyOf(a, column), keyOf(b, column)];
    // What was not measured stands last, whichever way.
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    if (typeof left === 'string' || typeof right === 'string')
      return sign * String(left).localeCompare(String(right), 'en', { numeric: true });
    return sign * (left - right);
  });
}

function keyOf(run: RunSummary, column: Exclude<Column, 'created'>): string | number | undefined {
  switch (column) {
    case 'run':
      return titleOf(run);
    case 'state':
      return run.state;
    case 'step':
      return run.status?.step ?? 0;
    case 'reconstruction':
      return run.latest['reconstruction'];
    case 'kl':
      return run.latest['kl'];
    case 'sdr':
      return run.latest['sdr.fine.median'];
    case 'stretching':
      return run.latest['stretching.fine'];
  }
}
