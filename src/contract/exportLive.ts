import { z } from 'zod';
import { pictureFormatSchema, testShareSchema } from './exportFiles.ts';
import { recipeSchema } from './recipe.ts';
import { pictureBatchSchema } from './studio.ts';
import { method } from './method.ts';

/** What the page Export works with, beside `exports.make` itself. */

const whole = z.number().int().nonnegative();
const modelRef = { run: z.string().min(1), step: whole.optional() };

/** What decides an export, as `exports.make` takes it. */
export const askedExportSchema = z.strictObject({
  ...modelRef,
  out: z.string().min(1),
  /** Files of recipes; none: the model's own pictures. */
  recipe: z.array(z.string().min(1)),
  count: z.number().int().min(1).max(1_000_000),
  seed: whole.default(1),
  format: pictureFormatSchema.default('png'),
  images: z.string().min(1).optional(),
  heldOut: z.boolean().optional(),
  /** So many seeds beside `count` draws from `images`. */
  seeds: z.number().int().min(1).max(1_000_000).optional(),
  testShare: testShareSchema.optional(),
});
export type AskedExport = z.infer<typeof askedExportSchema>;

export const foundRecipeSchema = z.object({
  file: z.string(),
  name: z.string(),
  recipe: recipeSchema.nullable(),
  /** A line a step, in words. */
  description: z.array(z.string()),
  /** Why it cannot be used with this model; null where it can. */
  trouble: z.string().nullable(),
});
export type FoundRecipe = z.infer<typeof foundRecipeSchema>;

export const earlierExportSchema = z.object({
  folder: z.string(),
  complete: z.boolean(),
  pictures: whole,
  format: pictureFormatSchema,
  step: whole,
  recipes: z.array(z.string()),
  seed: whole,
  /** Pictures that are there; of a complete set all. */
  finished: whole,
  /** What a stopped export goes on with; null where it is complete or that is not known. */
  resume: askedExportSchema.nullable(),
});
export type EarlierExport = z.infer<typeof earlierExportSchema>;

export const exportLiveContract = {
  /** Recipes of a run, and exports in its folder. */
  atHand: method.input(z.strictObject(modelRef)).output(
    z.object({
      recipes: z.array(foundRecipeSchema),
      exportsFolder: z.string(),
      earlier: z.array(earlierExportSchema),
    }),
  ),
  /** Writes a recipe without steps, so that pictures as they are can stand beside changed ones; returns its file. */
  addOriginal: method.input(z.strictObject(modelRef)).output(z.object({ file: z.string() })),
  /** The first pictures by the code that writes them, what a picture takes on disk and in time, and the disk. */
  preview: method
    .input(
      askedExportSchema.extend({ offset: whole.default(0), rows: z.number().int().min(1).max(8).default(4) }),
    )
    .output(
      z.object({
        /** Row after row, a picture a recipe. */
        pictures: pictureBatchSchema,
        recipes: z.array(z.string()),
        sources: z.array(z.string()),
        bytesEach: z.number().positive(),
        secondsEach: z.number().positive(),
        free: z.number().nonnegative(),
        /** What the export asks to be free before it starts. */
        needed: z.number().nonnegative(),
        /** What lies in the folder: an export that is gone on with, something else that is refused, or nothing. */
        folder: z.enum(['new', 'unfinished', 'finished', 'other']),
        /** Where the sources have labels: their names, the names that each recipe clears, and the first picture's. */
        labels: z
          .object({
            names: z.array(z.string()),
            cleared: z.array(z.array(z.string())),
            first: z.record(z.string(), z.number().nullable()),
          })
          .nullable(),
      }),
    ),
  /** Starts an export as a job of the engine, which outlives a reload. */
  start: method.input(askedExportSchema).output(z.object({ job: z.string() })),
};
