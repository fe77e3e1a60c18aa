import type { RunSummary } from '../../../contract/studio.ts';
import { count } from '../../words.ts';

/** A row of the table of runs: a run, or the head of a sweep's cells. */
export type TableRow =
  | { kind: 'run'; run: RunSummary; isCell: boolean }
  | { kind: 'sweep'; name: string; runs: readonly RunSummary[]; isOpen: boolean };

/** Rows that are shown at first: a sweep may have two thousand cells. */
export const mostRows = 200;

/**
 * The runs with the cells of each sweep together, where the first of them stands. They are shown where somebody opened them, and
 * where a run among them is shown above the table.
 *
 * @param opened what was opened or closed by hand, by the sweep's name
 * @param shown ids of the runs that are shown above the table
 */
export function foldRows(
  runs: readonly RunSummary[],
  opened: ReadonlyMap<string, boolean>,
  shown: readonly string[],
): TableRow[] {
  const rows: TableRow[] = [];
  const heads = new Set<string>();
  for (const run of runs) {
    const name = sweepOf(run);
    if (name === null) rows.push({ kind: 'run', run, isCell: false });
    if (name === null || heads.has(name)) continue;
    heads.add(name);
    const cells = runs.filter((other) => sweepOf(other) === name);
    const isOpen = opened.get(name) ?? cells.some((cell) => shown.includes(cell.id));
    rows.push({ kind: 'sweep', name, runs: cells, isOpen });
    if (isOpen) rows.push(...cells.map((cell): TableRow => ({ kind: 'run', run: cell, isCell: true })));
  }
  return rows;
}

/** "7 finished, 2 training" */
export function stateWords(runs: readonly RunSummary[]): string {
  const states = [...new Set(runs.map(({ state }) => state))];
  return states
    .map((state) => `${count(runs.filter((run) => run.state === state).length)} ${state}`)
    .join(', ');
}

/** A cell is called by its sweep and its own name. */
function sweepOf({ id }: RunSummary): string | null {
  const slash = id.indexOf('/');
  return slash < 0 ? null : id.slice(0, slash);
}
