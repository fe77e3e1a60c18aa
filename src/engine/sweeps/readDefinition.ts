import { basename, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { sentenceOfIssues } from '../../contract/complaints.ts';
import { StudioError } from '../../contract/errors.ts';
import { mostCells, sweepFileSchema, sweepSettingNames } from '../../contract/sweeps.ts';
import type { SettingValue, Settings, SweepDefinition } from '../../contract/sweeps.ts';
import { readText } from '../files/safeFiles.ts';
import { hasCode } from '../files/systemErrors.ts';

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
  const typed = { data, steps };
  const isTyped = (name: string): boolean =>
    (name === 'data' || name === 'steps') && typed[name] !== undefined;
  const varied = new Map(
    Object.entries(file?.vary ?? {})
      .filter(([name]) => !isTyped(name))
      .map(([name, axis]) => [name, valuesOf(name, axis)]),
  );
  for (const [name, text] of gridEntries(grid)) varied.set(name, valuesOf(name, text));
  const base: Record<string, SettingValue> = Object.fromEntries(
    Object.entries(file?.set ?? {}).map(([name, value]) => [name, valueOf(name, value)]),
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

type SweepFile = ReturnType<typeof sweepFileSchema.parse>;

async function readSweepFile(path: string): Promise<SweepFile> {
  const text = await textOf(path);
  // Aliases that name themselves many times over would fill the memory.
  const document = parseDocument(text, { uniqueKeys: true });
  const [problem] = document.errors;
  if (problem?.code === 'MULTIPLE_DOCS') {
    throw refused(`${path} holds several documents, divided by “---”. A sweep is one: leave one in it.`);
  }
  if (problem !== undefined) {
    const [line] = problem.linePos ?? [];
    const place = line === undefined ? '' : ` Line ${line.line}, column ${line.col}.`;
    // The package ends the first line by the place, which was just told.
    const what = (problem.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    throw refused(`${path} is neither valid YAML nor JSON.${place} ${what}.`);
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
  if (parsed.success) {
    requireOnce(path, parsed.data);
    return parsed.data;
  }
  throw refused(
    `${path}: ${sentenceOfIssues(parsed.error.issues)} docs/sweeps.md shows what a sweep file holds.`,
  );
}

async function textOf(path: string): Promise<string> {
  try {
    return await readText(resolve(path), mostFileBytes);
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT', 'ENOTDIR')) throw cause;
    throw new StudioError('not-found', `There is no sweep file at ${path}. Check the path.`, { cause });
  }
}

/** A file that says two things of one setting has one of them by mistake. */
function requireOnce(path: string, { data, steps, set, vary }: SweepFile): void {
  const above = Object.entries({ data, steps }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  const names = [...above, ...Object.keys(set), ...Object.keys(vary)];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw refused(`${path} has “${repeated}” twice: at the top, in “set” or in “vary”. Leave it in one place.`);
}

/** "seed=0..4 klWeight=1e-4,5e-4" as pairs. */
function gridEntries(grid: string): [string, string][] {
  const entries = grid
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part): [string, string] => {
      const at = part.indexOf('=');
      if (at <= 0 || at === part.length - 1) {
        throw refused(
          `“${part}” in the grid is no “setting=values”, such as seed=0..4 or klWeight=1e-4,5e-4.`,
        );
      }
      return [part.slice(0, at), part.slice(at + 1)];
    });
  const names = entries.map(([name]) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return entries;
  throw refused(`${repeated} stands twice in the grid. Write its values together, as in seed=0..4,7.`);
}

function valuesOf(name: string, axis: string | readonly SettingValue[]): SettingValue[] {
  const values =
    typeof axis === 'string'
      ? axis.split(',').flatMap((part) => valuesIn(name, part.trim(), axis))
      : axis.map((value) => valueOf(name, value));
  const repeated = values.find((value, index) => values.indexOf(value) !== index);
  if (repeated !== undefined) throw refused(`${name} has the value ${String(repeated)} twice.`);
  return values;
}

/** "0..4" is a range of whole numbers, all else one value. */
function valuesIn(name: string, text: string, axis: string): SettingValue[] {
  if (text === '') {
    throw refused(`${name}: “${axis}” has a comma with no value beside it, as in “0,1,”. Take it out.`);
  }
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  if (range === null || name === 'data') return [valueOf(name, text)];
  const [from, to] = [Number(range[1]), Number(range[2])];
  if (to < from || to - from >= mostCells) {
    throw refused(
      `${name}: “${text}” is no range from a smaller to a larger number, of at most ${mostCells}.`,
    );
  }
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Settings that are on or off. */
const switches: readonly string[] = ['spectral', 'allFolders', 'tensorboard'];
const switchWords: ReadonlyMap<string, boolean> = new Map([
  ...['on', 'true', 'yes'].map((word) => [word, true] as const),
  ...['off', 'false', 'no'].map((word) => [word, false] as const),
]);

/** What a text means for a setting: in YAML “on” and “8” in quotes are texts, as all of a grid is. A folder may have any name. */
function valueOf(name: string, value: SettingValue): SettingValue {
  if (name === 'data' || typeof value !== 'string') return value;
  const isOn = switches.includes(name) ? switchWords.get(value.toLowerCase()) : undefined;
  if (isOn !== undefined) return isOn;
  const number = Number(value);
  return value.trim() !== '' && Number.isFinite(number) ? number : value;
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
