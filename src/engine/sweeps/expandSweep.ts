import { basename, resolve } from 'node:path';
import { complaintOfIssue, placeWords } from '../../contract/complaints.ts';
import { StudioError } from '../../contract/errors.ts';
import { spectralDefaults } from '../../contract/hyperParameters.ts';
import { trainRequestSchema } from '../../contract/runs.ts';
import { mostCells, sweepHyperParameterNames } from '../../contract/sweeps.ts';
import type { SettingValue, Settings, SweepCell } from '../../contract/sweeps.ts';
import { modelOfRequest } from '../training/modelOfRequest.ts';
import type { Definition } from './readDefinition.ts';

export interface Expanded {
  cells: SweepCell[];
  /** What there is to say about them, as sentences. */
  notes: string[];
}

/** Settings of the spectral step, by their names in a sweep. */
const spectralEntries: Readonly<Record<string, string>> = {
  spectralGamma: 'gamma',
  spectralCap: 'cap',
  spectralGrid: 'grid',
  spectralVariant: 'variant',
};

/**
 * Every combination of the values of the axes, the last axis the fastest, each checked as the training that it is. Cells that would
 * train the same thing, such as two rates of a spectral step that is off, are one.
 * @throws StudioError `wrong-usage` that names the first cell that cannot be trained, and why
 */
export function expandSweep({ base, axes, threads = 1 }: Definition): Expanded {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > mostCells) {
    throw new StudioError(
      'wrong-usage',
      `The sweep would have ${count} cells, and at most ${mostCells} are trained. Leave values out.`,
    );
  }
  const cells: SweepCell[] = [];
  const known = new Set<string>();
  const names = new Set<string>();
  for (const settings of combinations(axes)) {
    const request = requestOf({ ...base, ...settings }, nameOf(settings), threads);
    const same = JSON.stringify(request);
    if (known.has(same)) continue;
    known.add(same);
    const name = unusedName(nameOf(settings), names);
    names.add(name);
    cells.push({ name, settings, request });
  }
  const notes =
    cells.length === count
      ? []
      : [
          `${count - cells.length} of ${count} combinations would train the same as others: ${cells.length} are left.`,
        ];
  return { cells, notes };
}

function combinations(axes: Definition['axes']): Settings[] {
  return axes.reduce<Settings[]>(
    (made, { name, values }) =>
      made.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value }))),
    [{}],
  );
}

/** seed0-klWeight0.0001-spectral: what varies, readable in a list of folders. */
function nameOf(settings: Settings): string {
  const parts = Object.entries(settings).map(([name, value]) => partOfName(name, value));
  return parts.length === 0
    ? 'run'
    : parts
        .join('-')
        .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
        .slice(0, 180);
}

function partOfName(name: string, value: SettingValue): string {
  if (name === 'spectral') return value === true ? 'spectral' : 'plain';
  if (name === 'model' || name === 'preset') return String(value);
  if (name === 'data') return basename(String(value));
  return typeof value === 'boolean' ? `${value ? '' : 'no_'}${name}` : `${name}${value}`;
}

function unusedName(name: string, names: ReadonlySet<string>): string {
  const own = /^[A-Za-z0-9]/.test(name) ? name : `run${name}`;
  for (let number = 2, tried = own; ; number++) {
    if (!names.has(tried)) return tried;
    tried = `${own}-${number}`;
  }
}

/** The training that a cell is. @throws StudioError `wrong-usage` */
function requestOf(settings: Settings, cell: string, threads: number): SweepCell['request'] {
  const asked: Record<string, unknown> = { threads };
  const hyperParameters: Record<string, unknown> = {};
  const spectral: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    const entry = spectralEntries[name];
    if (entry !== undefined) spectral[entry] = value;
    else if (sweepHyperParameterNames.includes(name)) hyperParameters[name] = numberOrWord(name, value, cell);
    else if (name === 'data') asked[name] = resolve(String(value));
    else if (name !== 'spectral') asked[name] = value;
  }
  const { spectral: isSpectral = false } = settings;
  if (typeof isSpectral !== 'boolean') throw refusal(cell, 'spectral must be on or off');
  const request = {
    ...asked,
    hyperParameters,
    spectral: isSpectral ? { ...spectralDefaults, ...spectral } : null,
  };
  const parsed = trainRequestSchema.omit({ folder: true }).safeParse(request, { reportInput: true });
  if (!parsed.success)
    throw refusal(cell, parsed.error.issues.map((issue) => complaintOfIssue(issue, nameOfPlace)).join('. '));
  try {
    modelOfRequest(parsed.data);
  } catch (error) {
    if (error instanceof StudioError) throw refusal(cell, error.message.replace(/\.$/, ''));
    throw error;
  }
  return parsed.data;
}

/** Hyper-parameters that are words; the others are numbers. */
const wordParameters: readonly string[] = ['encoder', 'logVarianceHead'];

/** The two models are told apart by their entries, so that of a text for a number only a model without it would be told. */
function numberOrWord(name: string, value: SettingValue, cell: string): SettingValue {
  if (typeof value === 'number' || wordParameters.includes(name)) return value;
  throw refusal(cell, `${name} must be a number (given: ${value})`);
}

/** "klWeight" for hyperParameters.klWeight, "spectralGamma" for spectral.gamma: as a sweep names it. */
function nameOfPlace(path: readonly PropertyKey[]): string {
  const [first, last] = [path[0], path.at(-1)];
  if (first === 'hyperParameters') return String(last);
  const spectral = Object.entries(spectralEntries).find(
    ([, entry]) => first === 'spectral' && entry === last,
  );
  return spectral?.[0] ?? (path.length === 1 ? String(first) : placeWords(path));
}

function refusal(cell: string, complaint: string): StudioError {
  return new StudioError(
    'wrong-usage',
    `Nothing was started, for the cell ${cell} cannot be trained: ${complaint}.`,
  );
}
