import { figure } from '../../contract/figures.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExperimentResult, ExperimentTable } from '../../contract/experiments.ts';
import type { Verdict } from '../../contract/verdicts.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { reportPage } from '../report/reportPage.ts';
import type { ReportBlock, ReportFinding, ReportSection, ReportTable } from '../report/reportPage.ts';
import { experimentFolder, experimentsIn, reproductionPaths } from './reproductionFolder.ts';
import { readResult } from './resultFiles.ts';

/** Tables longer than this stand in their CSV alone. */
const longestTable = 40;

/** Writes summary.html and summary.md from the results that lie in the folder. */
export async function writeSummary(folder: string): Promise<void> {
  const results: ExperimentResult[] = [];
  for (const id of experimentsIn(folder)) results.push(await readResult(folder, id));
  const { summary, markdown } = reproductionPaths(folder);
  const sections: ReportSection[] = [];
  for (const result of results) sections.push(await sectionOf(folder, result));
  await writeWhole(
    summary,
    reportPage({
      title: 'The paper’s deep experiments, reproduced',
      lead: leadOf(results),
      sections,
      commands: [
        ...new Set(
          results.map(
            ({ experiment, scale, data }) =>
              `extrapolate reproduce ${experiment} --scale ${scale}${data.truth ? '' : ` --data ${data.name}`}`,
          ),
        ),
      ],
      footer: [
        `Extrapolation Studio ${studioVersion}. The paper: Besserve, Sun, Janzing and Schölkopf, A Theory of Independent Mechanisms for Extrapolation in Generative Models, AAAI 2021.`,
      ],
    }),
  );
  await writeWhole(markdown, summaryMarkdown(results));
}

function leadOf(results: readonly ExperimentResult[]): string {
  const verdicts = results.flatMap((result) => result.verdicts);
  const count = (outcome: Verdict['outcome']): number =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return `${verdicts.length} claims: ${count('holds')} hold, ${count('does-not-hold')} do not hold, ${count('undecidable')} cannot be decided from these runs. Each is decided by a rule from the numbers beside it.`;
}

async function sectionOf(folder: string, result: ExperimentResult): Promise<ReportSection> {
  const own = experimentFolder(folder, result.experiment);
  const blocks: ReportBlock[] = [];
  for (const { png, svg, caption, title } of result.figures) {
    if (svg === null) {
      const bytes = await readFile(join(own, png));
      blocks.push({ kind: 'picture', png: bytes, alt: title, caption, width: bytes.readUInt32BE(16) });
    } else {
      blocks.push({ kind: 'chart', svg: await readFile(join(own, svg), 'utf8'), caption });
    }
  }
  blocks.push(...result.verdicts.map(findingOf));
  for (const table of result.tables) if (table.rows.length <= longestTable) blocks.push(tableOf(table));
  blocks.push(
    ...result.notes.map((sentence): ReportFinding => ({ kind: 'finding', state: 'note', sentence })),
  );
  return { title: result.title, lead: madeFrom(result), blocks };
}

function madeFrom({ scale, seeds, data, runs }: ExperimentResult): string {
  const steps = [
    ...new Set(
      runs.map(
        ({ kind, step }) => `${kind === 'vae' ? 'β-VAE' : 'DCGAN'} ${step.toLocaleString('en')} steps`,
      ),
    ),
  ];
  return `${data.images.toLocaleString('en')} pictures (${data.name}); ${scale} scale; ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}; ${steps.join(', ')}.`;
}

function findingOf({ claim, place, outcome, because }: Verdict): ReportFinding {
  const states = { holds: 'holds', 'does-not-hold': 'fails', undecidable: 'undecidable' } as const;
  return {
    kind: 'finding',
    state: states[outcome],
    sentence: claim,
    detail: `${because} ${capital(place)}.`,
  };
}

function tableOf({ title, columns, rows }: ExperimentTable): ReportTable {
  return {
    kind: 'table',
    caption: title,
    head: columns,
    rows: rows.map((row) => row.map(cell)),
    words: columns.flatMap((_, column) =>
      rows.some((row) => typeof row[column] === 'string' && !/\d/.test(row[column])) ? [column] : [],
    ),
  };
}

function cell(value: string | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? value.toLocaleString('en') : figure(value);
}

const outcomeWords: Record<Verdict['outcome'], string> = {
  holds: '✓ holds',
  'does-not-hold': '✗ does not hold',
  undecidable: '? cannot be decided',
};

/** The same as Markdown; figures by their files. */
export function summaryMarkdown(results: readonly ExperimentResult[]): string {
  const parts = [`# The paper’s deep experiments, reproduced`, leadOf(results)];
  for (const result of results)
    parts.push(...experimentMarkdown(result, (file) => `${result.experiment}/${file}`));
  return `${parts.join('\n\n')}\n`;
}

/** A section of Markdown. `pictureAt` gives the address of a figure's file. */
export function experimentMarkdown(result: ExperimentResult, pictureAt: (file: string) => string): string[] {
  const { title, figures, verdicts, tables, notes } = result;
  return [
    `## ${title}`,
    madeFrom(result),
    ...figures.flatMap(({ png, caption, title: alt }) => [`![${alt}](${pictureAt(png)})`, caption]),
    markdownTable(
      ['claim', 'place', 'verdict', 'numbers'],
      verdicts.map(({ claim, place, outcome, because }) => [
        claim,
        place,
        `**${outcomeWords[outcome]}**`,
        because,
      ]),
    ),
    ...tables
      .filter(({ rows }) => rows.length <= longestTable)
      .flatMap(({ title: caption, columns, rows }) => [
        caption,
        markdownTable(
          columns,
          rows.map((row) => row.map(cell)),
        ),
      ]),
    notes.map((sentence) => `- ${sentence}`).join('\n'),
  ].filter((part) => part !== '');
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
