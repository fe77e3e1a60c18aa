import { levels } from '../../../contract/levels.ts';
import { wordsOf } from '../../../contract/runDifferences.ts';
import type { CellReport, CellStanding, Settings, Spread, SweepReport } from '../../../contract/sweeps.ts';
import { capitalised, counted, duration, figure } from '../../words.ts';
import { valueWords, wordsOfSetting } from './sweepDraft.ts';

/** What the tables of a sweep show. */

const usual: readonly string[] = [
  ...['reconstruction', 'kl', 'sdr.fine.median', 'stretching.fine'],
  ...['generatorLoss', 'discriminatorLoss', 'diversity'],
];
/** More columns than this are chosen by a person, not by us. */
const usualColumns = 4;

/** All measures of the cells, by name, those that are usually looked at first. */
export function measuresIn({ cells }: Pick<SweepReport, 'cells'>): string[] {
  const names = [...new Set(cells.flatMap(({ measures }) => Object.keys(measures)))];
  const first = usual.filter((name) => names.includes(name));
  return [...first, ...names.filter((name) => !first.includes(name)).sort()];
}

/** The columns that are shown: those chosen that are there, else the usual ones. */
export function shownMeasures(
  report: Pick<SweepReport, 'cells'>,
  chosen: readonly string[] | null,
): string[] {
  const all = measuresIn(report);
  return chosen === null ? all.slice(0, usualColumns) : all.filter((name) => chosen.includes(name));
}

/** The words of a table that has no room for more. */
const parts: Readonly<Record<string, string>> = { iqr: 'IQR', shareNearOne: 'share near 1' };

const words: Readonly<Record<string, string>> = {
  reconstruction: 'Recon. MSE',
  kl: 'KL',
  loss: 'Objective',
};

/** "SDR fine" for sdr.fine.median. */
export function measureWords(name: string): string {
  const known = words[name];
  if (known !== undefined) return known;
  const [kind, level, what] = name.split('.');
  if (level === undefined || !levels.some((each) => each === level)) {
    return capitalised(wordsOf(name.replaceAll('.', ' ')));
  }
  const rest = what === undefined || what === 'median' ? '' : `, ${parts[what] ?? wordsOf(what)}`;
  if (kind === 'stretching') return `Stretch err. ${level}${rest}`;
  if (kind === 'sdr') return `SDR ${level}${rest}`;
  return capitalised(wordsOf(name.replaceAll('.', ' ')));
}

/** "kl weight 0.0001, spectral step on"; "all" where nothing else varies. */
export function groupWords(settings: Settings): string {
  const parts = Object.entries(settings).map(
    ([name, value]) => `${wordsOfSetting(name).toLowerCase()} ${valueWords(value)}`,
  );
  return parts.length === 0 ? 'all' : parts.join(', ');
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
  const whole = finished === cells.length ? 'All' : `${finished} of`;
  const left = etaSeconds === null || etaSeconds === 0 ? '' : `, all done in about ${duration(etaSeconds)}`;
  return `${whole} ${counted(cells.length, 'run')} finished${parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `, ${number} ${word}`)
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
  const measures = measuresIn({ cells });
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
