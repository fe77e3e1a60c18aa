import { z } from 'zod';
import { recipeSchema } from './recipe.ts';
import { modelRef, nonEmpty, whole } from './shared.ts';

/** Sheets: two things that vary, as a labelled grid of pictures. */

/** What can vary along an axis of a sheet. */
export const sheetAxes = ['strength', 'hue', 'factor', 'checkpoint', 'seed', 'run'] as const;
export type SheetAxis = (typeof sheetAxes)[number];

export const mostSheetCells = 400;
export const mostSheetValues = 40;

/** "hue", or with values of its own: "hue:0,60,120", "seed:1-6". */
const axisText = z
  .string()
  .max(1000)
  .regex(/^(strength|hue|factor|checkpoint|seed|run)(:.*)?$/, {
    error: 'It must begin with strength, hue, factor, checkpoint, seed or run.',
  });

const sheetShape = {
  ...modelRef,
  rows: axisText,
  columns: axisText,
  /** The runs that the axis `run` compares. */
  runs: z.array(nonEmpty).max(mostSheetValues).default([]),
  /** Drawn in every picture where seeds are no axis. */
  seed: whole.default(1),
  /** By how much pixels are enlarged. */
  scale: z.number().int().min(1).max(4).default(2),
};

/** What a page asks: the recipe is the one that is worked on. */
export const sheetRequestSchema = z.strictObject({ ...sheetShape, recipe: recipeSchema.nullable() });
export type SheetRequest = z.infer<typeof sheetRequestSchema>;

/** What a command asks: the recipe is a file. */
export const sheetFileRequestSchema = z.strictObject({
  ...sheetShape,
  recipe: nonEmpty.optional(),
  out: nonEmpty,
});

export const sheetSchema = z.object({
  /** The file in Base64: the end of long work travels as text. */
  png: z.base64(),
  width: whole,
  height: whole,
  rows: z.array(z.string()),
  columns: z.array(z.string()),
});

export const sheetFileSchema = z.object({
  file: z.string(),
  rows: z.array(z.string()),
  columns: z.array(z.string()),
});
