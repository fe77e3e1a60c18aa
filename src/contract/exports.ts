import { z } from 'zod';
import { long, method } from './method.ts';
import { recipeSchema } from './recipe.ts';
import { reachSchema } from './reach.ts';
import { modelRef, modelRefSchema, mostAtOnce, nonEmpty, pictureBatchSchema, whole } from './shared.ts';

/**
 * Augmented sets of pictures: a Hugging Face imagefolder with a manifest beside it, and what the page Export and the
 * command line ask.
 */

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const pictureFormats = ['png', 'jpeg', 'webp'] as const;
export const pictureFormatSchema = z.enum(pictureFormats);
export type PictureFormat = z.infer<typeof pictureFormatSchema>;

/** What is known of an attribute. A word and not a number, since readers of CelebA's lists take 0 for “no”. */
export const labelWords = ['yes', 'no', 'unknown'] as const;
export const labelSchema = z.enum(labelWords);
export type Label = z.infer<typeof labelSchema>;

/** In the place of a number that a row has not. */
export const noNumber = -1;
const numberOrNone = z.number().int().min(noNumber);

/**
 * One line of train/metadata.jsonl. Names are those of the table's columns when the set is loaded, `file_name` the one
 * that the imagefolder loader asks for; every row has every column, of one type, and none is null, because readers guess the
 * types from the first rows of each part.
 */
export const exportRowSchema = z.strictObject({
  /** Relative to the metadata file. */
  file_name: z.string().min(1),
  /** The recipe's name, and its place among the recipes of the manifest, counted from 0. */
  recipe: z.string(),
  recipe_number: whole,
  source: z.enum(['seed', 'image']),
  /** The latent's seed; −1 for a picture made from an image. */
  seed: numberOrNone,
  /** The encoded image's file, and which draw of its posterior: 0 is the mean. Empty and −1 for a picture made from a seed. */
  source_image: z.string(),
  draw: numberOrNone,
  /** Where pictures with labels were the sources; unknown where the recipe may have made a label untrue, or nobody gave one. */
  attributes: z.record(z.string(), labelSchema).optional(),
});
export type ExportRow = z.infer<typeof exportRowSchema>;

export const exportedFileSchema = z.strictObject({
  /** Relative to the export's folder. */
  file: z.string().min(1),
  bytes: z.number().int().positive(),
  sha256: sha256Schema,
});
export type ExportedFile = z.infer<typeof exportedFileSchema>;

/** More than half for testing is a mistake. */
export const testShareSchema = z.number().gt(0).max(0.5);

/** What decides every byte of an export. */
export const exportPlanSchema = z.strictObject({
  studio: z.string(),
  encoder: z.strictObject({ sharp: z.string(), vips: z.string() }),
  run: z.string(),
  checkpoint: z.strictObject({ step: whole, weightsSha256: sha256Schema }),
  recipes: z.array(
    z.strictObject({
      name: z.string(),
      /** The recipe as the text of a recipe file, and that text's hash. */
      text: z.string(),
      sha256: sha256Schema,
      /** A line a step, in words. */
      description: z.array(z.string()),
    }),
  ),
  /** What the seeds or the draws started from, and a hash over all sources, latents of images included. */
  seed: whole,
  sources: z.strictObject({ seeds: whole, images: whole, sha256: sha256Schema }),
  options: z.strictObject({
    format: pictureFormatSchema,
    quality: z.number().int().min(1).max(100),
    size: z.number().int().positive(),
    /** The share of sources whose pictures lie in `test`; absent where all lie in `train`. */
    testShare: testShareSchema.optional(),
  }),
  /** Absent where the sources have no labels. */
  labels: z
    .strictObject({
      names: z.array(z.string()),
      /** The names that each recipe clears, in the order of the recipes. */
      cleared: z.array(z.array(z.string())),
      sha256: sha256Schema,
    })
    .optional(),
});
export type ExportPlan = z.infer<typeof exportPlanSchema>;

/** Where a picture lies: `train`, or `test` where a share of the sources is kept apart. */
export const exportSplits = ['train', 'test'] as const;
export type ExportSplit = (typeof exportSplits)[number];

/** manifest.json. `metadataSha256` is of train/metadata.jsonl and test/metadata.jsonl in turn. `files` stays empty, and `metadataSha256` null, until the last picture is written. */
export const exportManifestSchema = z.strictObject({
  format: z.literal('extrapolation-studio export'),
  version: z.literal(1),
  complete: z.boolean(),
  plan: exportPlanSchema,
  counts: z.strictObject({ sources: whole, recipes: whole, pictures: whole }),
  metadataSha256: sha256Schema.nullable(),
  /** What the FluoHair steps of each recipe paint, in the order of the plan; null without any. Absent in older exports. */
  reaches: z.array(reachSchema.nullable()).optional(),
  files: z.array(exportedFileSchema),
});
export type ExportManifest = z.infer<typeof exportManifestSchema>;

/** What an export ends with. */
export const exportResultSchema = z.strictObject({
  folder: z.string(),
  manifest: z.string(),
  pictures: whole,
  /** Those of them that lie apart, in `test`. */
  tests: whole,
  /** Pictures that an earlier, stopped export had finished. */
  kept: whole,
  written: whole,
  /** Bytes of all pictures. */
  bytes: whole,
});
export type ExportResult = z.infer<typeof exportResultSchema>;

/** What decides an export. */
export const exportRequestSchema = z.strictObject({
  ...modelRef,
  out: nonEmpty,
  /** Files of recipes; none: the model's own pictures. */
  recipes: z.array(nonEmpty).max(mostAtOnce),
  count: z.number().int().min(1).max(1_000_000),
  seed: whole.default(1),
  format: pictureFormatSchema.default('png'),
  /** A folder of pictures: `count` draws from their posteriors take the seeds' place. */
  images: nonEmpty.optional(),
  /** Of that folder only the pictures that training never saw. */
  heldOut: z.boolean().optional(),
  /** So many seeds beside `count` draws from `images`. */
  seeds: z.number().int().min(1).max(1_000_000).optional(),
  /** The share of seeds or pictures that is set apart for testing. */
  testShare: testShareSchema.optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const foundRecipeSchema = z.object({
  file: z.string(),
  name: z.string(),
  recipe: recipeSchema.nullable(),
  /** A line a step, in words. */
  description: z.array(z.string()),
  /** Why it cannot be used with this model; null where it can. */
  error: z.string().nullable(),
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
  resume: exportRequestSchema.nullable(),
});
export type EarlierExport = z.infer<typeof earlierExportSchema>;

/** Some rows of an export, and what the whole would take. */
export const exportPreviewSchema = z.object({
  /** Row after row, a picture a recipe. */
  pictures: pictureBatchSchema,
  /** The sources without any recipe, one a row. */
  before: pictureBatchSchema,
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
      first: z.record(z.string(), labelSchema),
    })
    .nullable(),
});
export type ExportPreview = z.infer<typeof exportPreviewSchema>;

export const augmentedSchema = z.object({
  folder: z.string(),
  count: z.number().int(),
  manifest: z.string(),
  /** Pictures that lie apart, in `test`. */
  tests: whole,
  /** Pictures that an earlier, stopped export had left whole. */
  kept: z.number().int(),
  bytes: z.number().int(),
  step: whole,
});

export const exportsContract = {
  /** Writes the set in this process; one that was stopped goes on where it was. */
  make: long(exportRequestSchema, augmentedSchema),
  /** Recipes of a run, and exports in its folder. */
  atHand: method.input(modelRefSchema).output(
    z.object({
      recipes: z.array(foundRecipeSchema),
      exportsFolder: z.string(),
      earlier: z.array(earlierExportSchema),
    }),
  ),
  /** Writes a recipe without steps, so that pictures as they are can stand beside changed ones; returns its file. */
  addOriginal: method.input(modelRefSchema).output(z.object({ file: z.string() })),
  /** The first pictures by the code that writes them, what a picture takes on disk and in time, and the disk. */
  preview: method
    .input(
      exportRequestSchema.extend({
        offset: whole.default(0),
        rows: z.number().int().min(1).max(8).default(4),
      }),
    )
    .output(exportPreviewSchema),
  /** Starts an export as a job of the engine, which outlives a reload. */
  start: method.input(exportRequestSchema).output(z.object({ job: z.string() })),
};
