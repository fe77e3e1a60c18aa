import { z } from 'zod';
import { skippedFileSchema } from './dataSet.ts';
import { long, method } from './method.ts';
import { modulesFoundSchema, moduleSearchSettings } from './modules.ts';
import { pictureOriginSchema, runOfPictureSchema } from './pictureOrigin.ts';
import { gateStarts, hairGateSources, partNameSchema } from './recipe.ts';
import { reachSchema } from './reach.ts';
import { modelRef, nonEmpty, whole } from './shared.ts';
import { sheetFileRequestSchema, sheetFileSchema } from './sheets.ts';

/** What the command line does with a trained model: pictures, codes, modules and recipes into files. */

/** Pictures that one grid has at most. */
export const mostSampled = 10_000;

/** What is drawn where nobody says what. */
export const standardSeeds: readonly number[] = Array.from({ length: 36 }, (_, index) => index + 1);

export const sampledSchema = z.object({
  file: z.string(),
  step: whole,
  count: whole,
  /** None where latents were given. */
  seeds: z.array(z.number().int()),
  /** Where the latents were written; null where that was not asked for. */
  savedLatents: z.string().nullable(),
});

export const encodedSchema = z.object({
  /** Originals above reconstructions. */
  grid: z.string(),
  /** Posterior means and log-variances by file. */
  codes: z.string(),
  step: whole,
  count: z.number().int(),
  /** mean((x̂ − x)²) on values in [−1, 1] */
  meanSquaredError: z.number(),
  skipped: z.array(skippedFileSchema),
});

export const appliedSchema = z.object({
  folder: z.string(),
  grid: z.string(),
  step: whole,
  count: z.number().int(),
  /** The recipe in words, a line a step. */
  description: z.array(z.string()),
  /** What its FluoHair steps paint; null without any. */
  reach: reachSchema.nullable(),
  skipped: z.array(skippedFileSchema),
});

export const shownRecipeSchema = z.object({
  origin: pictureOriginSchema,
  /** The recipe in words, a line a step. */
  description: z.array(z.string()),
  found: runOfPictureSchema,
  /** Where the recipe was written; null where that was not asked for. */
  written: z.string().nullable(),
});

const target = { ...modelRef, out: nonEmpty };
const seeds = z.array(whole).min(1).max(mostSampled);

export const modelsContract = {
  /** A grid of pictures from seeds, or from latents of a person's own. */
  sample: long(
    z.strictObject({
      ...target,
      seeds: seeds.default([...standardSeeds]),
      /** A .npy or .json file, [pictures, latents]: they take the seeds' place. */
      latents: nonEmpty.optional(),
      /** A .npy file to write what was drawn from into, [pictures, latents], float32. */
      saveLatents: nonEmpty.optional(),
      columns: z.number().int().min(1).max(64).default(6),
    }),
    sampledSchema,
  ),
  /** Reconstructions and codes of a person's pictures. */
  encode: long(z.strictObject({ ...target, images: nonEmpty }), encodedSchema),
  /** Channels into modules, and a recipe for the hair module. */
  modules: long(
    z.strictObject({
      ...target,
      ...moduleSearchSettings,
      /**
       * Makes a hair gate too, and a recipe with it: without labels, by what moves with the hair's colour or by the hair
       * module's region; from the pictures' hair attributes; or from held-out drawn faces with true masks.
       */
      hairGate: z.enum(hairGateSources).optional(),
      /** A strokes.json or a folder of masks: makes the gate that they teach, and a recipe with it. */
      gateFrom: nonEmpty.optional(),
      /** What the strokes or masks mark. */
      name: partNameSchema.default('hair'),
      /** What holds where they say nothing; of hair `colours` where it is not given, of other parts nothing. */
      gateStart: z.enum(gateStarts).optional(),
    }),
    modulesFoundSchema,
  ),
  /** A recipe on seeds or on a person's pictures. */
  apply: long(
    z.strictObject({
      ...target,
      recipe: nonEmpty,
      source: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('seeds'), seeds }),
        z.strictObject({ kind: z.literal('images'), folder: nonEmpty }),
      ]),
    }),
    appliedSchema,
  ),
  /** Two things that vary, as a labelled grid of pictures in a PNG. */
  sheet: long(sheetFileRequestSchema, sheetFileSchema),
  /** What a PNG says of how it was made; writes the recipe to `out` where that is given. */
  showRecipe: method
    .input(z.strictObject({ picture: nonEmpty, out: nonEmpty.optional() }))
    .output(shownRecipeSchema),
};
