import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { hiddenLevelsOf, nearestLevel } from '../../contract/levels.ts';
import { withOrigin } from '../../contract/pictureOrigin.ts';
import type { OriginSource, PictureOrigin } from '../../contract/pictureOrigin.ts';
import type { Watch } from '../../contract/progress.ts';
import type { Recipe } from '../../contract/recipe.ts';
import type {
  sheetFileRequestSchema,
  sheetFileSchema,
  SheetRequest,
  sheetSchema,
} from '../../contract/sheets.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { loadRecipe } from '../interventions/recipeFiles.ts';
import { recipePictures } from '../interventions/recipePictures.ts';
import { labelledSheet } from '../pictures/labelledSheet.ts';
import type { Raster } from '../pictures/raster.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { findRun, readRun } from '../runs/runFolder.ts';
import { withModel } from '../session/modelPool.ts';
import { makerOf, originOfPictures } from '../session/pictureOrigin.ts';
import { axesOf, valueWords, withValue } from './sheetAxes.ts';
import type { Axis, SheetCell } from './sheetAxes.ts';

export interface DrawnSheet {
  /** The file. */
  png: Uint8Array;
  width: number;
  height: number;
  rows: string[];
  columns: string[];
}

const noRecipe: Recipe = { version: 1, name: 'no recipe', steps: [] };

/**
 * A labelled grid of pictures in which two things vary. Each picture is drawn alone, so that it is the very picture that
 * the same values give anywhere else.
 * @throws StudioError where the axes make no sense, a model cannot be opened or cannot do the recipe; `interrupted`
 */
export async function drawSheet(input: SheetRequest, watch: Watch): Promise<DrawnSheet> {
  const checkpoints = await checkpointSteps(findRun(input.run));
  const { rows, columns } = axesOf(input, checkpoints);
  const recipe = input.recipe ?? noRecipe;
  // The chosen checkpoint is this run's: of other runs the newest one is drawn.
  const comparesRuns = [rows.kind, columns.kind].includes('run');
  const step = comparesRuns ? undefined : input.step;
  const { model } = await readRun(findRun(input.run));
  const stretched = nearestLevel('intermediate', hiddenLevelsOf(model));
  const base: SheetCell = { run: input.run, step, seed: input.seed, recipe, stretched };
  const cells = rows.values.flatMap((row) =>
    columns.values.map((column) => {
      const inRow = withValue(base, rows.kind, row);
      const cell = withValue(inRow, columns.kind, column);
      // A checkpoint is asked for by its step, whichever axis the run is on.
      return { ...cell, step: cell.step ?? inRow.step };
    }),
  );
  const drawn = await drawCells(cells, watch);
  const words = { rows: wordsOf(rows), columns: wordsOf(columns) };
  const png = await labelledSheet({
    title: titleOf(input, recipe, [rows, columns]),
    rowTitle: `${axisTitle(rows)} ↓`,
    columnTitle: `${axisTitle(columns)} →`,
    ...words,
    cells: drawn,
    scale: input.scale,
  });
  const origin = await originOfSheet(
    input,
    cells,
    `Rows: ${rows.kind} ${words.rows.join(', ')}. Columns: ${columns.kind} ${words.columns.join(', ')}.`,
  );
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  return { png: withOrigin(png, origin), width, height, ...words };
}

/** The same for a page. */
export async function sentSheet(input: SheetRequest, watch: Watch): Promise<z.infer<typeof sheetSchema>> {
  const { png, ...rest } = await drawSheet(input, watch);
  return { ...rest, png: Buffer.from(png).toString('base64') };
}

/** The same into a file. */
export async function writeSheet(
  input: z.infer<typeof sheetFileRequestSchema>,
  watch: Watch,
): Promise<z.infer<typeof sheetFileSchema>> {
  const { out, recipe, ...rest } = input;
  const loaded = recipe === undefined ? null : await loadRecipe(recipe);
  const { png, rows, columns } = await drawSheet({ ...rest, recipe: loaded }, watch);
  const file = resolve(out);
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, png);
  return { file, rows, columns };
}

/** A model after another, so that each is opened once; in the order of the sheet. */
async function drawCells(cells: readonly SheetCell[], watch: Watch): Promise<Raster[]> {
  const drawn = new Map<SheetCell, Raster>();
  const models = new Map<string, SheetCell[]>();
  for (const cell of cells) {
    const key = `${cell.run}\n${cell.step ?? ''}`;
    models.set(key, [...(models.get(key) ?? []), cell]);
  }
  for (const group of models.values()) {
    const { run, step } = group[0]!;
    await withModel({ run, ...(step !== undefined && { step }) }, async (open) => {
      for (const cell of group) {
        if (watch.signal?.aborted === true) throw new StudioError('interrupted', 'The sheet was stopped.');
        const source = { kind: 'seeds' as const, seeds: [cell.seed] };
        const { pixels, width, height } = await recipePictures(open, source, cell.recipe, watch.signal);
        drawn.set(cell, { data: new Uint8Array(await pixels.arrayBuffer()), width, height, channels: 3 });
        watch.onProgress?.({ phase: 'Drawing the sheet', done: drawn.size, total: cells.length });
      }
    });
  }
  return cells.map((cell) => drawn.get(cell)!);
}

function wordsOf({ kind, values }: Axis): string[] {
  return values.map((value) => valueWords(kind, value));
}

function axisTitle({ kind }: Axis): string {
  return {
    strength: 'Strength',
    hue: 'Hue',
    factor: 'Stretch factor',
    checkpoint: 'Checkpoint',
    seed: 'Seed',
    run: 'Run',
  }[kind];
}

/** What is the same in all pictures. */
function titleOf({ run, seed, step }: SheetRequest, recipe: Recipe, axes: readonly Axis[]): string {
  const varies = axes.map(({ kind }) => kind);
  return [
    ...(recipe.steps.length === 0 ? [] : [recipe.name]),
    ...(varies.includes('run') ? [] : [valueWords('run', run)]),
    ...(varies.includes('checkpoint') || varies.includes('run') || step === undefined
      ? []
      : [`step ${valueWords('checkpoint', step)}`]),
    ...(varies.includes('seed') ? [] : [`seed ${seed}`]),
  ].join(' · ');
}

/** The recipe as it is before anything varies. */
async function originOfSheet(
  input: SheetRequest,
  cells: readonly SheetCell[],
  sheet: string,
): Promise<PictureOrigin> {
  const sources = cells.map(({ seed }): OriginSource => ({ kind: 'seed', seed }));
  const { run, step } = input;
  return withModel({ run, ...(step !== undefined && { step }) }, (open) => ({
    ...originOfPictures(makerOf(open), sources, input.recipe),
    sheet: sheet.slice(0, 2000),
  }));
}
