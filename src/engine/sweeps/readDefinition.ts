import { basename, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { sentenceOfIssues } from '../../contract/complaints.ts';
import { StudioError } from '../../contract/errors.ts';
import { mostCells, sweepFileSchema, sweepSettingNames } from '../../contract/sweeps.ts';
import type { SettingValue, Settings, SweepDefinition } from '../../contract/sweeps.ts';
import { readText } from '../files/safeFiles.ts';

/** A sweep as it was written down: what holds for all cells, and what varies. */
export interface Definition {
  name: string | undefined;
  base: Settings;
  axes: { name: string; values: SettingValue[] }[];
  threads: number | undefined;
  tries: number | undefined;
  /** For messages: the file, or the grid. */
  source: string;
}

/** No sweep is described in more than this. */
const mostFileBytes = 4 * 2 ** 20;

/**
 * Reads what was asked: a file, a grid, or a file whose entries a grid replaces.
 * @throws StudioError `wrong-usage` that names the entry, `not-found`
 */
export async function readDefinition(asked: SweepDefinition): Promise<Definition> {
  const { sweepFile, grid = '', data, steps } = asked;
  if (sweepFile === undefined && grid.trim() === '') {
    throw refused('A sweep needs a file, or --grid with what varies, such as --grid "seed=0..4".');
  }
  const file = sweepFile === undefined ? undefined : await readSweepFile(sweepFile);
  const varied = new Map(
    Object.entries(file?.vary ?? {}).map(([name, axis]) => [name, valuesOf(name, axis)]),
  );
  for (const [name, text] of gridEntries(grid)) varied.set(name, valuesOf(name, text));
  const base = Object.fromEntries(
    Object.entries(file?.set ?? {}).map(([name, value]) => [name, asSwitch(name, value)]),
  );
  const asWritten = { data: data ?? file?.data, steps: steps ?? file?.steps };
  for (const [name, value] of Object.entries(asWritten)) if (value !== undefined) base[name] = value;
  for (const [name, values] of varied) {
    if (values.length === 1) base[name] = values[0]!;
  }
  for (const name of ['data', 'steps']) {
    if (base[name] === undefined && !varied.has(name)) throw refused(missing(name));
  }
  const definition = {
    name: file?.name,
    base,
    axes: [...varied].filter(([, values]) => values.length > 1).map(([name, values]) => ({ name, values })),
    threads: asked.threads ?? file?.threads,
    tries: asked.tries ?? file?.tries,
    source: sweepFile ?? 'the grid',
  };
  requireKnown(definition);
  return definition;
}

function missing(name: string): string {
  return name === 'data'
    ? 'A sweep needs --data FOLDER, or an entry “data” in its file.'
    : 'A sweep needs --steps N, or an entry “steps” in its file.';
}

async function readSweepFile(path: string): Promise<ReturnType<typeof sweepFileSchema.parse>> {
  const text = await readText(resolve(path), mostFileBytes);
  // Aliases that name themselves many times over would fill the memory.
  const document = parseDocument(text, { uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const [line] = problem.linePos ?? [];
    const place = line === undefined ? '' : ` Line ${line.line}, column ${line.col}.`;
    throw refused(`${path} is neither valid YAML nor JSON.${place} ${problem.message.split('\n')[0] ?? ''}`);
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new StudioError('wrong-usage', `${path} repeats its parts by aliases too often. Write them out.`, {
      cause,
    });
  }
  const parsed = sweepFileSchema.safeParse(content, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw refused(
    `${path}: ${sentenceOfIssues(parsed.error.issues)} docs/sweeps.md shows what a sweep file holds.`,
  );
}

/** "seed=0..4 klWeight=1e-4,5e-4" as pairs. */
function gridEntries(grid: string): [string, string][] {
  return grid
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      if (at <= 0 || at === part.length - 1) {
        throw refused(
          `“${part}” in the grid is no “setting=values”, such as seed=0..4 or klWeight=1e-4,5e-4.`,
        );
      }
      return [part.slice(0, at), part.slice(at + 1)];
    });
}

function valuesOf(name: string, axis: string | readonly SettingValue[]): SettingValue[] {
  const values =
    typeof axis === 'string'
      ? axis.split(',').flatMap((part) => valuesIn(name, part.trim()))
      : axis.map((value) => asSwitch(name, value));
  const repeated = values.find((value, index) => values.indexOf(value) !== index);
  if (repeated !== undefined) throw refused(`${name} has the value ${String(repeated)} twice.`);
  return values;
}

/** In YAML “on” is a text. */
function asSwitch(name: string, value: SettingValue): SettingValue {
  return name === 'spectral' && typeof value === 'string' ? valueOf(value) : value;
}

/** "0..4" is a range of whole numbers, all else one value. */
function valuesIn(name: string, text: string): SettingValue[] {
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  if (range === null) return [valueOf(text)];
  const [from, to] = [Number(range[1]), Number(range[2])];
  if (to < from || to - from >= mostCells) {
    throw refused(
      `${name}: “${text}” is no range from a smaller to a larger number, of at most ${mostCells}.`,
    );
  }
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function valueOf(text: string): SettingValue {
  if (text === 'on' || text === 'true') return true;
  if (text === 'off' || text === 'false') return false;
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : text;
}

function requireKnown({ base, axes, source }: Definition): void {
  for (const name of [...Object.keys(base), ...axes.map((axis) => axis.name)]) {
    if (sweepSettingNames.includes(name)) continue;
    throw refused(
      `“${name}” in ${basename(source)} is no setting of a training. Those are ${sweepSettingNames.join(', ')}.`,
    );
  }
}

function refused(sentence: string): StudioError {
  return new StudioError('wrong-usage', sentence);
}
