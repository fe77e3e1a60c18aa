import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { counted, figure } from '../../contract/figures.ts';
import type { CellReport, SettingValue, SweepEngineName, SweepReport } from '../../contract/sweeps.ts';
import { groupWords, measuresIn, measureWords, settingWords, valueWords } from '../../contract/sweepWords.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { csv } from '../pictures/csv.ts';
import { reportPage } from '../report/reportPage.ts';
import type { ReportTable } from '../report/reportPage.ts';
import { sweepStatus } from './sweeps.ts';

/** Measures in the table of the page: a wider one is read in the CSV. */
const mostColumns = 8;

const trainedBy: Readonly<Record<SweepEngineName, string>> = {
  local: 'this machine’s queue',
  slurm: 'a Slurm cluster',
  ray: 'a Ray cluster',
};

/** Writes the table of a sweep, as it stands now, as CSV, JSON and one page that needs no other file. */
export async function writeReport(sweep: string): Promise<{ report: SweepReport; files: string[] }> {
  const report = await sweepStatus(sweep);
  const folder = join(report.folder, 'report');
  await mkdir(folder, { recursive: true });
  const contents = {
    'report.csv': csv(report.cells.map(rowOf)),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.html': pageOf(report),
  };
  for (const [name, content] of Object.entries(contents)) await writeWhole(join(folder, name), content);
  return { report, files: Object.keys(contents).map((name) => join(folder, name)) };
}

function rowOf({
  name,
  settings,
  state,
  step,
  steps,
  measures,
}: CellReport): Record<string, string | number> {
  const texts = Object.entries(settings).map(([key, value]): [string, string | number] => [
    key,
    wordOf(value),
  ]);
  return { cell: name, ...Object.fromEntries(texts), state, step, steps, ...measures };
}

/** Numbers stay numbers. */
function wordOf(value: SettingValue): string | number {
  return typeof value === 'number' ? value : valueWords(value);
}

function pageOf(report: SweepReport): string {
  const { id, cells, groups, pairs, axes, folder, createdAt, place } = report;
  const finished = cells.filter(({ state }) => state === 'finished').length;
  const all = measuresIn(cells);
  const measures = all.slice(0, mostColumns);
  const varied = axes.map(({ name }) => name);
  const means = varied.includes('seed') ? groups.map((group) => ({ ...group, spreads: group.measures })) : [];
  const changes = pairs.map((pair) => ({ ...pair, spreads: pair.differences }));
  const inAll = `What each measured last; all ${counted(all.length, 'measure')} stand in report.csv.`;
  const ofSeeds = 'Of finished cells, with the least and the most.';
  const ofPairs = 'Seed by seed, of seeds for which both are finished.';
  const sections: [title: string, table: ReportTable][] = [
    ['Means over seeds', spreadTable(ofSeeds, means, measures)],
    ['Spectral minus plain training', spreadTable(ofPairs, changes, measures)],
    ['Cells', cellTable(inAll, cells, varied, measures)],
  ];
  return reportPage({
    title: `Sweep ${id}`,
    lead: `${finished} of ${cells.length} cells are finished. What varies: ${varied.map(settingWords).join(', ') || 'nothing'}.`,
    sections: sections
      .filter(([, { rows }]) => rows.length > 0)
      .map(([title, table]) => ({ title, lead: '', blocks: [table] })),
    commands: [`extrapolate sweep report ${folder}`],
    footer: [`Begun ${createdAt}, trained by ${trainedBy[place.kind]}.`],
  });
}

function cellTable(
  caption: string,
  cells: readonly CellReport[],
  varied: readonly string[],
  measures: readonly string[],
): ReportTable {
  return {
    kind: 'table',
    caption,
    head: ['Cell', ...varied.map(settingWords), 'State', 'Step', ...measures.map(measureWords)],
    words: [...varied.flatMap((name, at) => (isOfWords(cells, name) ? [at + 1] : [])), varied.length + 1],
    rows: cells.map((cell) => [
      cell.name,
      ...varied.map((name) => valueWords(cell.settings[name] ?? '–')),
      cell.state,
      String(cell.step),
      ...measures.map((name) => numberText(cell.measures[name])),
    ]),
  };
}

function isOfWords(cells: readonly CellReport[], name: string): boolean {
  return cells.some(({ settings }) => settings[name] !== undefined && typeof settings[name] !== 'number');
}

interface SpreadRow {
  settings: Readonly<Record<string, SettingValue>>;
  seeds: readonly SettingValue[];
  spreads: SweepReport['groups'][number]['measures'];
}

function spreadTable(caption: string, rows: readonly SpreadRow[], measures: readonly string[]): ReportTable {
  return {
    kind: 'table',
    caption,
    head: ['Settings', 'Seeds', ...measures.map(measureWords)],
    rows: rows.map(({ settings, seeds, spreads }) => [
      groupWords(settings),
      String(seeds.length),
      ...measures.map((name) => {
        const spread = spreads[name];
        if (spread === undefined) return '–';
        return `${figure(spread.mean)} (${figure(spread.least)} to ${figure(spread.most)})`;
      }),
    ]),
  };
}

function numberText(value: number | undefined): string {
  return value === undefined ? '–' : figure(value);
}
