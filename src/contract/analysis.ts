import { z } from 'zod';
import { hiddenLevelSchema, levelSchema } from './levels.ts';

/** Middle and spread of the spectral density ratios of many (filter, map) pairs. */
export const sdrSummarySchema = z.strictObject({
  count: z.number().int().positive(),
  median: z.number(),
  q25: z.number(),
  q75: z.number(),
  /** q75 − q25 */
  iqr: z.number().nonnegative(),
  /** Share of the pairs in [0.75, 1.25]. */
  shareNearOne: z.number().min(0).max(1),
});
export type SdrSummary = z.infer<typeof sdrSummarySchema>;

/** Counts in bins of width 0.05 from 0 to 4, and beyond. */
export const sdrHistogramSchema = z.strictObject({
  counts: z.array(z.number().int().nonnegative()),
  overflow: z.number().int().nonnegative(),
});
export type SdrHistogram = z.infer<typeof sdrHistogramSchema>;

/** Null where there is nothing to sum up: every map dead, one living map to cross with, no untrained network at hand. */
const sampleSchema = z.strictObject({ summary: sdrSummarySchema, histogram: sdrHistogramSchema }).nullable();
export type SdrSample = z.infer<typeof sampleSchema>;

export const sdrLevelSchema = z.strictObject({
  side: z.enum(['decoder', 'encoder']),
  level: levelSchema,
  layer: z.string(),
  /** Side of the maps that the layer takes in. */
  mapSize: z.number().int().positive(),
  inputs: z.number().int().positive(),
  outputs: z.number().int().positive(),
  samples: z.number().int().positive(),
  deadMaps: z.number().int().nonnegative(),
  emptySlices: z.number().int().nonnegative(),
  own: sampleSchema,
  /** The baselines: Gaussian filters on the same maps, each slice with another map, the network before training. */
  random: sampleSchema,
  crossed: sampleSchema,
  untrained: sampleSchema,
});
export type SdrLevel = z.infer<typeof sdrLevelSchema>;

/** Spectral density ratios of a network, level by level. */
export const sdrResultSchema = z.strictObject({
  version: z.literal(1),
  grid: z.enum(['filtered', 'native']),
  seed: z.number().int(),
  levels: z.array(sdrLevelSchema),
});
export type SdrResult = z.infer<typeof sdrResultSchema>;

/** What the maps of a measurement come from. */
export const sdrSourceSchema = z.strictObject({
  /** What the network that draws takes in: encoded pictures, or draws from the prior. */
  latents: z.enum(['posterior', 'prior']),
  /** What the network that looks takes in; `training` of a set with none held out, `none` where there are no pictures. */
  pictures: z.enum(['held-out', 'training', 'none']),
  /** Where there are none: why that network is left out, and what the other one's maps come from, as sentences. */
  missing: z.string().nullable(),
});
export type SdrSource = z.infer<typeof sdrSourceSchema>;

/** Spectral density ratios of a trained model; without pictures there are no levels of the encoder. */
export const modelSdrSchema = sdrResultSchema.extend({ source: sdrSourceSchema });
export type ModelSdr = z.infer<typeof modelSdrSchema>;

/** Pictures from stretched maps against the stretched picture. Errors are squares of values in [−1, 1]. */
export const stretchingLevelSchema = z.strictObject({
  level: hiddenLevelSchema,
  /** Mean squared error within the cropped picture. */
  error: z.number().nonnegative(),
  /** `error` over the mean squared difference of neighbours along the axis, of the untouched pictures. */
  normalisedError: z.number().nonnegative(),
  /** Mean squared error with the borders, which zero padding brightens. */
  uncroppedError: z.number().nonnegative(),
  /** Median over pictures of (ΣD)²/(n ΣD²): the share of the picture over which the difference D spreads. */
  participationRatio: z.number().min(0).max(1),
});
export type StretchingLevel = z.infer<typeof stretchingLevelSchema>;

export const stretchingResultSchema = z.strictObject({
  version: z.literal(1),
  axis: z.enum(['horizontal', 'vertical']),
  factor: z.number().positive(),
  samples: z.number().int().positive(),
  cropped: z.number().int().nonnegative(),
  gradientEnergy: z.number().nonnegative(),
  levels: z.array(stretchingLevelSchema),
});
export type StretchingResult = z.infer<typeof stretchingResultSchema>;
