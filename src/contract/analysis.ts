import { z } from 'zod';
import { hiddenLevelSchema, levelSchema } from './levels.ts';
import { long, method } from './method.ts';
import {
  axisSchema,
  modelRef,
  nonEmpty,
  pictureBatchSchema,
  samplesSchema,
  stretchSettings,
  mostAtOnce,
  whole,
} from './shared.ts';
import { verdictSchema } from './verdicts.ts';

/** Spectral density ratios and stretching errors: what is measured, and what the page Analyse and the command line ask. */

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

/** Below this many pairs a histogram says little. */
export const fewPairs = 200;

/** Counts in bins of width 0.05 from 0 to 4, and beyond. */
export const sdrHistogramSchema = z.strictObject({
  counts: z.array(z.number().int().nonnegative()),
  overflow: z.number().int().nonnegative(),
});
export type SdrHistogram = z.infer<typeof sdrHistogramSchema>;

/** Null where there is nothing to sum up: every map dead, one living map to cross with, no untrained network at hand. */
const sampleSchema = z.strictObject({ summary: sdrSummarySchema, histogram: sdrHistogramSchema }).nullable();
export type SdrSample = z.infer<typeof sampleSchema>;

/** The network that draws (decoder, generator), or the one that looks at pictures (encoder, discriminator). */
export const sdrSides = ['decoder', 'encoder'] as const;
export const sdrSideSchema = z.enum(sdrSides);
export type SdrSide = z.infer<typeof sdrSideSchema>;

export const sdrLevelSchema = z.strictObject({
  side: sdrSideSchema,
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

/** The grid that spectra are compared on: that of the filtered (upsampled) maps, or the maps' own. */
export const sdrGrids = ['filtered', 'native'] as const;
export const sdrGridSchema = z.enum(sdrGrids);
export type SdrGrid = z.infer<typeof sdrGridSchema>;

/** Spectral density ratios of a network, level by level. */
export const sdrResultSchema = z.strictObject({
  version: z.literal(1),
  grid: sdrGridSchema,
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
  axis: axisSchema,
  factor: z.number().positive(),
  samples: z.number().int().positive(),
  cropped: z.number().int().nonnegative(),
  gradientEnergy: z.number().nonnegative(),
  levels: z.array(stretchingLevelSchema),
});
export type StretchingResult = z.infer<typeof stretchingResultSchema>;

const sdrSettings = {
  samples: samplesSchema,
  grid: sdrGridSchema.default('filtered'),
  seed: whole.default(0),
};
const sdrInput = z.strictObject({ ...modelRef, ...sdrSettings });
const stretchInput = z.strictObject({ ...modelRef, ...stretchSettings });

export const stretchingOfRunSchema = z.object({
  run: z.string(),
  step: whole,
  spectral: z.boolean(),
  stretching: stretchingResultSchema,
});
export type StretchingOfRun = z.infer<typeof stretchingOfRunSchema>;

/** A verdict on runs that a person chose. */
export const runVerdictSchema = verdictSchema.extend({
  /** What the numbers are to be held against; empty where there is nothing. */
  reference: z.string(),
  /** Of the values; of a claim about one model that of its training. */
  seeds: z.array(whole),
});
export type RunVerdict = z.infer<typeof runVerdictSchema>;

export const sdrPairsSchema = z.object({
  /** Pairs in the bin. */
  total: whole,
  rows: z.array(z.object({ input: whole, output: whole, ratio: z.number() })),
  /** One of each a row: taps (signed colours), their power on the map's grid, one activation map, the mean power of maps. */
  filters: pictureBatchSchema,
  filterPowers: pictureBatchSchema,
  maps: pictureBatchSchema,
  mapPowers: pictureBatchSchema,
});
export type SdrPairs = z.infer<typeof sdrPairsSchema>;

export const differencePicturesSchema = z.object({
  /** Mean over pictures and colours of |difference|, a map for each hidden level, all on one scale. */
  maps: pictureBatchSchema,
  /** The difference that the end of that scale stands for. */
  greatest: z.number(),
  seeds: z.array(whole),
  /** For these seeds: the stretched pictures, then for each hidden level the signed differences, seed after seed. */
  examples: pictureBatchSchema,
  /** What the ends of the signed colours stand for, on both sides. */
  range: z.number().positive(),
});
export type DifferencePictures = z.infer<typeof differencePicturesSchema>;

/** A line of a chart that is saved: equally many of all; `low` and `high` are a band around it. */
const chartSeriesSchema = z.strictObject({
  name: z.string().max(120),
  tone: z.enum(['s0', 's1', 's2', 's3', 's4']),
  marker: z.enum(['circle', 'square', 'triangle', 'diamond', 'ring', 'none']),
  dash: z.boolean(),
  x: z.array(z.number()).max(100_000),
  y: z.array(z.number()).max(100_000),
  low: z.array(z.number()).max(100_000).optional(),
  high: z.array(z.number()).max(100_000).optional(),
});
export const savedChartSchema = z.strictObject({
  title: z.string().max(200),
  note: z.string().max(200).optional(),
  isLogX: z.boolean().default(false),
  isLogY: z.boolean().default(false),
  series: z.array(chartSeriesSchema).min(1).max(24),
});
export type SavedChart = z.input<typeof savedChartSchema>;

/** A figure in the three forms that it leaves the program in. */
export const chartFilesSchema = z.object({ svg: z.string(), png: z.instanceof(Blob), csv: z.string() });
export type ChartFiles = z.infer<typeof chartFilesSchema>;

/** Files that an analysis of runs wrote into a folder, beside its numbers. */
const writtenFiles = { folder: z.string(), files: z.array(z.string()) };
const sdrOfRunSchema = z.object({ run: z.string(), step: whole, sdr: modelSdrSchema });

export const sdrAnalysisSchema = z.object({ ...writtenFiles, models: z.array(sdrOfRunSchema) });
export const stretchingAnalysisSchema = z.object({
  ...writtenFiles,
  models: z.array(stretchingOfRunSchema),
});

const runs = z.array(nonEmpty).min(1).max(mostAtOnce);
/** More runs than this have no place in a chart. */
const mostRunsInChart = 12;

export const analysisContract = {
  /** SDR of runs, into a folder: table, numbers and a chart a run. */
  writeSdr: long(
    z.strictObject({ runs, step: modelRef.step, out: nonEmpty, ...sdrSettings }),
    sdrAnalysisSchema,
  ),
  /** Stretching errors of every trained checkpoint of runs, into a folder. */
  writeStretching: long(
    z.strictObject({ runs, out: nonEmpty, ...stretchSettings }),
    stretchingAnalysisSchema,
  ),
  sdr: long(sdrInput, sdrOfRunSchema),
  /** The (filter, map) pairs of one bin, in the order of their ratio. `high` null: all beyond `low`. */
  pairs: method
    .input(
      sdrInput.extend({
        side: sdrSideSchema,
        level: levelSchema,
        low: z.number().min(0),
        high: z.number().positive().nullable(),
        offset: whole.default(0),
        count: z.number().int().min(1).max(16).default(4),
      }),
    )
    .output(sdrPairsSchema),
  /** Stretching errors of every trained checkpoint of every run. */
  stretching: long(
    z.strictObject({ runs: runs.max(mostRunsInChart), ...stretchSettings }),
    z.object({ models: z.array(stretchingOfRunSchema) }),
  ),
  /** Stretching errors of one checkpoint: the numbers of `analyse stretching`. */
  stretchingError: long(
    stretchInput,
    z.object({ run: z.string(), step: whole, stretching: stretchingResultSchema }),
  ),
  /** What becomes of the claims about spectra, of one model. */
  modelVerdicts: long(
    sdrInput,
    z.object({ run: z.string(), step: whole, verdicts: z.array(runVerdictSchema) }),
  ),
  /** What becomes of the claims about training, over the runs that differ from the first in seed and spectral training alone. */
  trainingVerdicts: long(
    z.strictObject({ runs: runs.max(mostRunsInChart), ...stretchSettings }),
    /** `runs`: those that are compared. */
    z.object({ runs: z.array(z.string()), verdicts: z.array(runVerdictSchema) }),
  ),
  /** Where pictures from stretched maps differ from the stretched picture, as pictures. */
  differencePictures: method.input(stretchInput).output(differencePicturesSchema),
  /** The maps of the differences as one picture, and the numbers. */
  differenceFiles: method.input(stretchInput).output(z.object({ png: z.instanceof(Blob), csv: z.string() })),
  /** Lines as the command line draws them, light and at the same size whatever the page looks like. */
  chartFiles: method
    .input(z.strictObject({ charts: z.array(savedChartSchema).min(1).max(8) }))
    .output(chartFilesSchema),
  /** The histograms of all levels. */
  histogramFiles: method.input(sdrInput).output(chartFilesSchema),
};
