import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { modelSdrSchema, stretchingResultSchema } from './analysis.ts';
import { levelSchema } from './levels.ts';
import { progressSchema } from './progress.ts';
import { pictureBatchSchema } from './studio.ts';
import { method } from './method.ts';

/** What the page Analyse works with: the same measurements as `analyse` of the command line, without files. */

const whole = z.number().int().nonnegative();

const sdrInput = z.strictObject({
  run: z.string().min(1),
  step: whole.optional(),
  samples: z.number().int().min(16).max(4096).default(256),
  grid: z.enum(['filtered', 'native']).default('filtered'),
  seed: whole.default(0),
});

export const stretchingOfRunSchema = z.object({
  run: z.string(),
  step: whole,
  spectral: z.boolean(),
  stretching: stretchingResultSchema,
});
export type StretchingOfRun = z.infer<typeof stretchingOfRunSchema>;

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

const stretchInput = z.strictObject({
  run: z.string().min(1),
  step: whole.optional(),
  factor: z.number().min(0.5).max(3).default(1.5),
  axis: z.enum(['horizontal', 'vertical']).default('horizontal'),
  samples: z.number().int().min(16).max(4096).default(256),
  seed: whole.default(0),
});

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
  low: z.array(z.number()).optional(),
  high: z.array(z.number()).optional(),
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

export const analysisLiveContract = {
  sdr: method
    .input(sdrInput)
    .output(eventIterator(progressSchema, z.object({ run: z.string(), step: whole, sdr: modelSdrSchema }))),
  /** The (filter, map) pairs of one bin, in the order of their ratio. `high` null: all beyond `low`. */
  pairs: method
    .input(
      sdrInput.extend({
        side: z.enum(['decoder', 'encoder']),
        level: levelSchema,
        low: z.number().min(0),
        high: z.number().positive().nullable(),
        offset: whole.default(0),
        count: z.number().int().min(1).max(16).default(4),
      }),
    )
    .output(sdrPairsSchema),
  /** Stretching errors of every trained checkpoint of every run. */
  stretching: method
    .input(
      z.strictObject({
        runs: z.array(z.string().min(1)).min(1).max(12),
        factor: z.number().min(0.5).max(3).default(1.5),
        axis: z.enum(['horizontal', 'vertical']).default('horizontal'),
        samples: z.number().int().min(16).max(4096).default(256),
        seed: whole.default(0),
      }),
    )
    .output(eventIterator(progressSchema, z.object({ models: z.array(stretchingOfRunSchema) }))),
  /** Where pictures from stretched maps differ from the stretched picture: the numbers of `analyse stretching`. */
  differences: method
    .input(stretchInput)
    .output(
      eventIterator(
        progressSchema,
        z.object({ run: z.string(), step: whole, stretching: stretchingResultSchema }),
      ),
    ),
  /** The same as pictures. */
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
