import type { CellReport, CellStanding, Spread, SweepReport } from '../../../contract/sweeps.ts';
import { measuresIn, valueWords } from '../../../contract/sweepWords.ts';
import { count, counted, duration, figure } from '../../words.ts';

/** What the tables of a sweep show. */

/** More columns than this are chosen by a person, not by us. */
const usualColumns = 4;

/** The columns that are shown: those chosen that are there, else the usual ones. */
export function shownMeasures(
  report: Pick<SweepReport, 'cells'>,
  chosen: readonly string[] | null,
): string[] {
  const all = measuresIn(report.cells);
  return chosen === null ? all.slice(0, usualColumns) : all.filter((name) => chosen.includes(name));
}

/** A mean with its least and most; the one value alone where there is one. A difference has its sign. */
export function spreadWords(
  spread: Spread | undefined,
  isDifference = false,
): { mean: string; range: string } {
  if (spread === undefined) return { mean: '–', range: '' };
  const signed = (value: number): string => `${isDifference && value > 0 ? '+' : ''}${figure(value)}`;
  const { mean, least, most, count } = spread;
  return { mean: signed(mean), range: count === 1 ? '' : `${signed(least)} to ${signed(most)}` };
}

/** "7 of 12 runs finished, 2 training, 1 failed, all done in about 20 min". */
export function sweepWords({ cells, etaSeconds }: Pick<SweepReport, 'cells' | 'etaSeconds'>): string {
  const of = (...states: CellStanding[]): number =>
    cells.filter(({ state }) => states.includes(state)).length;
  const parts: [number, string][] = [
    [of('running'), 'training'],
    [of('waiting', 'queued', 'blocked'), of('waiting', 'queued', 'blocked') === 1 ? 'waits' : 'wait'],
    [of('stopped'), 'stopped'],
    [of('failed'), 'failed'],
    [of('unknown'), 'unknown'],
  ];
  const finished = of('finished');
  const whole = finished === cells.length ? 'All' : `${count(finished)} of`;
  const left = etaSeconds === null || etaSeconds === 0 ? '' : `, all done in about ${duration(etaSeconds)}`;
  return `${whole} ${counted(cells.length, 'run')} finished${parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `, ${count(number)} ${word}`)
    .join('')}${left}.`;
}

/** Whether something of it can still be trained. */
export function canGoOn({ cells }: Pick<SweepReport, 'cells'>): boolean {
  return cells.some(({ state }) => ['stopped', 'failed', 'waiting'].includes(state));
}

/** Whether something of it is trained or waits to be. */
export function isMoving({ cells }: Pick<SweepReport, 'cells'>): boolean {
  return cells.some(({ state }) => ['queued', 'blocked', 'running'].includes(state));
}

/** The cells as a table for programs: what varies, state, steps, and every measure with all its digits. */
export function csvOf({ cells, axes }: Pick<SweepReport, 'cells' | 'axes'>): string {
  const measures = measuresIn(cells);
  const names = axes.map(({ name }) => name);
  const rows = cells.map((cell) => [
    cell.name,
    ...names.map((name) => valueOf(cell, name)),
    ...[cell.state, String(cell.step), String(cell.steps)],
    ...measures.map((name) => String(cell.measures[name] ?? '')),
  ]);
  const head = ['cell', ...names, 'state', 'step', 'steps', ...measures];
  return `${[head, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
}

function valueOf({ settings }: CellReport, name: string): string {
  const value = settings[name];
  return value === undefined ? '' : valueWords(value);
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
