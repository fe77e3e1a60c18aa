import { z } from 'zod';

/** The files of an exported set of pictures: a Hugging Face imagefolder with a manifest beside it. */

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.number().int().nonnegative();

export const pictureFormats = ['png', 'jpeg', 'webp'] as const;
export const pictureFormatSchema = z.enum(pictureFormats);
export type PictureFormat = z.infer<typeof pictureFormatSchema>;

/**
 * One line of train/metadata.jsonl. Names are those of the table's columns when the set is loaded, `file_name` the one
 * that the imagefolder loader asks for; every row has every column.
 */
export const exportRowSchema = z.strictObject({
  /** Relative to the metadata file. */
  file_name: z.string().min(1),
  /** The recipe's name, and its place among the recipes of the manifest, counted from 0. */
  recipe: z.string(),
  recipe_number: whole,
  source: z.enum(['seed', 'image']),
  /** The latent's seed; null for a picture made from an image. */
  seed: whole.nullable(),
  /** The encoded image's file, and which draw of its posterior: 0 is the mean. Null for a picture made from a seed. */
  source_image: z.string().nullable(),
  draw: whole.nullable(),
  /**
   * Where pictures with labels were the sources: 1 or −1 for each of CelebA's attributes that they have, null where the
   * recipe may have made it untrue.
   */
  attributes: z.record(z.string(), z.number().nullable()).optional(),
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
  files: z.array(exportedFileSchema),
});
export type ExportManifest = z.infer<typeof exportManifestSchema>;

/** What an export ends with. */
export const exportResultSchema = z.strictObject({
  folder: z.string(),
  manifest: z.string(),
  pictures: whole,
  /** Pictures that an earlier, stopped export had finished. */
  kept: whole,
  written: whole,
  /** Bytes of all pictures. */
  bytes: whole,
});
export type ExportResult = z.infer<typeof exportResultSchema>;
