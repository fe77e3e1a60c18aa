import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { Colour, Recipe, RecipeStep } from '../../contract/recipe.ts';
import { mostSheetCells, mostSheetValues } from '../../contract/sheets.ts';
import type { SheetAxis, SheetRequest } from '../../contract/sheets.ts';

/** An axis with its values as numbers, or as names of runs. */
export interface Axis {
  kind: SheetAxis;
  values: readonly (number | string)[];
}

/** What one picture of a sheet is drawn with. */
export interface SheetCell {
  run: string;
  step: number | undefined;
  seed: number;
  recipe: Recipe;
  /** Where a stretch is added that no recipe has. */
  stretched: HiddenLevel;
}

const usualValues: Readonly<Record<Exclude<SheetAxis, 'run' | 'checkpoint'>, readonly number[]>> = {
  strength: [0.5, 1, 1.5, 2, 2.5],
  hue: [0, 60, 120, 180, 240, 300],
  factor: [1, 1.15, 1.3, 1.5, 2],
  seed: [1, 2, 3, 4, 5, 6],
};
/** Checkpoints that stand for all of a long run. */
const usualCheckpoints = 8;

/** Numbers that a value of an axis can be. */
const ranges: Readonly<Record<Exclude<SheetAxis, 'run'>, { least: number; most: number; isWhole: boolean }>> =
  {
    strength: { least: 0.01, most: 10, isWhole: false },
    hue: { least: 0, most: 360, isWhole: false },
    factor: { least: 0.25, most: 4, isWhole: false },
    checkpoint: { least: 0, most: Number.MAX_SAFE_INTEGER, isWhole: true },
    seed: { least: 0, most: Number.MAX_SAFE_INTEGER, isWhole: true },
  };

/**
 * Both axes of a sheet.
 * @param checkpoints of the run, in order
 * @throws StudioError `wrong-usage` for values that make no sense, for the same axis twice, and for more pictures than are drawn
 */
export function axesOf(
  { rows, columns, runs }: Pick<SheetRequest, 'rows' | 'columns' | 'runs'>,
  checkpoints: readonly number[],
): { rows: Axis; columns: Axis } {
  const axes = { rows: readAxis(rows, runs, checkpoints), columns: readAxis(columns, runs, checkpoints) };
  const [across, down] = [axes.columns.values.length, axes.rows.values.length];
  if (axes.rows.kind === axes.columns.kind)
    throw refused(
      `Both axes of the sheet are ${axes.rows.kind}. Choose another one for the rows or the columns.`,
    );
  if (across * down > mostSheetCells) {
    throw refused(
      `A sheet of ${down} × ${across} has ${across * down} pictures, and at most ${mostSheetCells} are drawn. Ask for fewer values.`,
    );
  }
  return axes;
}

function readAxis(text: string, runs: readonly string[], checkpoints: readonly number[]): Axis {
  const at = text.indexOf(':');
  const name = at < 0 ? text : text.slice(0, at);
  if (name === 'run') {
    if (runs.length === 0)
      throw refused('No runs are named to compare. Give them with --runs, or choose some.');
    return { kind: 'run', values: runs };
  }
  const kind = name as Exclude<SheetAxis, 'run'>;
  const typed = at < 0 ? '' : text.slice(at + 1).trim();
  const values =
    typed === '' ? usual(kind, checkpoints) : typed.split(',').flatMap((part) => numbersIn(kind, part));
  if (values.length === 0) throw refused('This run has no checkpoint yet, so there is nothing to draw.');
  if (values.length > mostSheetValues)
    throw refused(
      `${values.length} values of ${kind} were asked for; an axis has at most ${mostSheetValues}.`,
    );
  return { kind, values };
}

function usual(kind: Exclude<SheetAxis, 'run'>, checkpoints: readonly number[]): readonly number[] {
  if (kind !== 'checkpoint') return usualValues[kind];
  const last = checkpoints.length - 1;
  if (last < usualCheckpoints) return checkpoints;
  const places = Array.from({ length: usualCheckpoints }, (_, at) =>
    Math.round((at * last) / (usualCheckpoints - 1)),
  );
  return places.map((place) => checkpoints[place]!);
}

/** "1.5", or of whole numbers "1-6". */
function numbersIn(kind: Exclude<SheetAxis, 'run'>, part: string): number[] {
  const { least, most, isWhole } = ranges[kind];
  const range = isWhole ? /^\s*(\d+)-(\d+)\s*$/.exec(part) : null;
  const [from, to] = range === null ? [Number(part), Number(part)] : [Number(range[1]), Number(range[2])];
  const isNumber = part.trim() !== '' && Number.isFinite(from) && (!isWhole || Number.isInteger(from));
  if (!isNumber || from < least || to > most || to < from) {
    const sort = isWhole ? 'whole numbers' : `numbers from ${least} to ${most}`;
    throw refused(`“${part.trim()}” is no value of ${kind}. Give ${sort}, with commas between them.`);
  }
  const count = Math.min(to - from + 1, mostSheetValues + 1);
  return range === null ? [from] : Array.from({ length: count }, (_, at) => from + at);
}

/** The cell with an axis at one of its values. @throws StudioError `wrong-usage` where the recipe has nothing that varies so */
export function withValue(cell: SheetCell, kind: SheetAxis, value: number | string): SheetCell {
  switch (kind) {
    case 'run':
      return { ...cell, run: String(value), step: undefined };
    case 'checkpoint':
      return { ...cell, step: Number(value) };
    case 'seed':
      return { ...cell, seed: Number(value) };
    case 'strength':
      return painted(cell, (map) => ({ ...map, strength: Number(value) }));
    case 'hue':
      return painted(cell, (map) => ({ ...map, colour: withHue(map.colour, Number(value)) }));
    case 'factor':
      return { ...cell, recipe: stretchedBy(cell, Number(value)) };
  }
}

type Target = Extract<Extract<RecipeStep, { kind: 'fluoHair' }>['map'], { kind: 'target' }>;

function painted(cell: SheetCell, change: (map: Target) => Target): SheetCell {
  const { steps } = cell.recipe;
  if (!steps.some((step) => step.kind === 'fluoHair' && step.map.kind === 'target'))
    throw refused(
      'Strength and hue need a recipe with a FluoHair step that paints in a colour. Choose one, or other axes.',
    );
  const changed = steps.map((step): RecipeStep =>
    step.kind === 'fluoHair' && step.map.kind === 'target' ? { ...step, map: change(step.map) } : step,
  );
  return { ...cell, recipe: { ...cell.recipe, steps: changed } };
}

/** All stretches of the recipe by another factor; without any, the cell's level across. */
function stretchedBy({ recipe, stretched: level }: SheetCell, factor: number): Recipe {
  const has = recipe.steps.some(({ kind }) => kind === 'stretch');
  const added: RecipeStep = {
    kind: 'stretch',
    level,
    axis: 'horizontal',
    factor,
    enabled: true,
  };
  const steps = recipe.steps.map((step) => (step.kind === 'stretch' ? { ...step, factor } : step));
  return { ...recipe, steps: has ? steps : [...steps, added] };
}

/** The colour at another hue, degrees: its largest and smallest part stay (HSV). */
export function withHue(colour: Colour, degrees: number): Colour {
  const [most, least] = [Math.max(...colour), Math.min(...colour)];
  const part = (offset: number): number => {
    const place = (offset + degrees / 60) % 6;
    return most - (most - least) * Math.max(0, Math.min(place, 4 - place, 1));
  };
  return [part(5), part(3), part(1)];
}

/** "× 1.5", "60°", "3,000": a value as its label. */
export function valueWords(kind: SheetAxis, value: number | string): string {
  if (typeof value === 'string')
    return (
      value
        .split(/[\\/]/)
        .filter((part) => part !== '')
        .at(-1) ?? value
    );
  const digits = value.toLocaleString('en-US', { maximumFractionDigits: 3 });
  return {
    strength: digits,
    hue: `${digits}°`,
    factor: `× ${digits}`,
    checkpoint: digits,
    seed: String(value),
    run: digits,
  }[kind];
}

function refused(sentence: string): StudioError {
  return new StudioError('wrong-usage', sentence);
}
