import { z } from 'zod';
import { hiddenLevelSchema } from './levels.ts';
import { reachSchema } from './reach.ts';
import { whole } from './shared.ts';

export const modulePreparations = ['weighted', 'normalised', 'binary'] as const;
export type ModulePreparation = (typeof modulePreparations)[number];

/** Pairs of latents in each half of the measurement, where nobody says. */
export const defaultPairs = 64;

/** What decides a search for modules. */
export const moduleSearchSettings = {
  level: hiddenLevelSchema.default('fine'),
  /** Pairs of latents in each half of the measurement; influence maps are means over both halves. */
  pairs: z.number().int().min(4).max(1024).multipleOf(4).default(defaultPairs),
  seed: whole.default(0),
  preparation: z.enum(modulePreparations).default('weighted'),
};

/** A group of channels of one level that change the same region of the picture. */
export const channelModuleSchema = z.strictObject({
  letter: z.string().regex(/^[A-Z]$/),
  channels: z.array(z.number().int().nonnegative()),
  /** How much each pixel belongs to it, 0 … 1, row by row. */
  region: z.array(z.number().min(0).max(1)),
  /** Share of its channels that halves of the data agree on (mean Jaccard index), 0 … 1. */
  stability: z.number().min(0).max(1),
  /** Sum of its channels' mean influence, in [−1, 1] values of a pixel. */
  influence: z.number().nonnegative(),
  /** What it is, where masks told; null before naming, and where nothing fits. */
  name: z.string().nullable(),
  /** Correlation of the region with the mask of that name. */
  score: z.number().min(-1).max(1).nullable(),
});

/** The channels in a given number of modules. */
export const moduleCandidateSchema = z.strictObject({
  count: z.number().int().min(1),
  /** Chance-corrected agreement of halves (Cohen's kappa): 1 the same, 0 as by chance. Mean over splits, and deviation. */
  agreement: z.number(),
  agreementDeviation: z.number().nonnegative(),
  /** Share of channels on which halves agree, mean over splits. */
  consistency: z.number().min(0).max(1),
  /** Largest cosine between two templates: near 1 where one module was cut in two. */
  overlap: z.number().min(0).max(1),
  /** ‖V − WH‖ / ‖V‖ */
  error: z.number().nonnegative(),
  modules: z.array(channelModuleSchema),
});

const modulesFileFields = {
  /** SHA-256 of the weights that were searched; earlier versions do not say. */
  weights: z.string().length(64).optional(),
  level: hiddenLevelSchema,
  seed: z.number().int(),
  /** As in `moduleSearchSettings`. */
  pairs: z.number().int().positive(),
  preparation: z.enum(modulePreparations),
  /** Side of regions and influence maps. */
  size: z.number().int().positive(),
  channels: z.number().int().positive(),
  /** The number of modules chosen, one of the candidates'. */
  count: z.number().int().min(1),
  candidates: z.array(moduleCandidateSchema).min(1),
  /** Channels that change nothing. */
  unassigned: z.array(z.number().int().nonnegative()),
  /** Mean influence of each channel on each pixel, row by row. */
  influence: z.array(z.array(z.number().nonnegative())),
};

/** The file that a search for modules writes. */
export const modulesFileSchema = z.strictObject({ version: z.literal(2), ...modulesFileFields });
export type ModulesFile = z.infer<typeof modulesFileSchema>;

/** In files of version 1 `pairs` is the number of both halves together. */
const modulesFileOfVersion1Schema = z.strictObject({
  version: z.literal(1),
  ...modulesFileFields,
  pairs: z.number().int().positive().multipleOf(2),
});

/** A file of any version, as one of today. */
export const anyModulesFileSchema = z
  .discriminatedUnion('version', [modulesFileOfVersion1Schema, modulesFileSchema])
  .transform((file): ModulesFile =>
    file.version === 2 ? file : { ...file, version: 2, pairs: file.pairs / 2 },
  );

/** What `modules` of the command line ends with: files, and the numbers a person asks for first. */
export const modulesFoundSchema = z.object({
  folder: z.string(),
  files: z.array(z.string()),
  /** A FluoHair recipe on the hair module; null at the levels where FluoHair does not work. */
  recipe: z.string().nullable(),
  /** What it paints. */
  reach: reachSchema.nullable(),
  /** The same behind a hair gate; null where none was asked for. */
  hairOnlyRecipe: z.string().nullable(),
  hairOnlyReach: reachSchema.nullable(),
  level: hiddenLevelSchema,
  step: whole,
  count: z.number().int(),
  modules: z.array(
    z.object({
      letter: z.string(),
      channels: z.array(z.number().int()),
      stability: z.number(),
      name: z.string().nullable(),
      score: z.number().nullable(),
      /** What the data's attributes say, where there are any. */
      attribute: z.object({ attribute: z.string(), correlation: z.number() }).nullable(),
    }),
  ),
  unassigned: z.array(z.number().int()),
  hair: z
    .object({
      count: z.number().int(),
      channels: z.array(z.number().int()),
      score: z.number(),
      inside: z.number(),
      outside: z.number(),
      weak: z.boolean(),
    })
    .nullable(),
  hint: z.string(),
});

/**
 * The stability of as many channels chosen at random, the Jaccard index of two such choices of n among N: each channel
 * is in both with (n/N)², so that of 2n − n²/N in either n²/N are shared.
 * @param living channels of the level that change something
 */
export function stabilityByChance(size: number, living: number): number {
  return living === 0 ? 0 : size / (2 * living - size);
}

/** Whether halves of the data agree on a module no better than on random channels. */
export function isByChance(
  { channels, stability }: { channels: readonly number[]; stability: number },
  living: number,
): boolean {
  return stability <= stabilityByChance(channels.length, living);
}
