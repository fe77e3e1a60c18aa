import { z } from 'zod';
import { long, method } from './method.ts';
import { nonEmpty } from './shared.ts';

/**
 * The toy figures and the propositions of the paper: what may be asked, and what is answered. Every number is finite.
 * The paper leaves open the sizes, step sizes and noises; what stands here as default is our choice, and c = 1 is the paper's.
 */
const numbers = z.array(z.number());
const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1).describe('seed of the random numbers');

export const fig2ParametersSchema = z.strictObject({
  dimension: z.literal([1, 2]).default(2).describe('1: eyes on a line; 2: eyes in a picture'),
  size: z.int().min(11).max(2003).default(61).describe('pixels along an axis, a prime number'),
  distance: z
    .int()
    .min(1)
    .optional()
    .describe('pixels between the eyes; 13 on a line and 20 in a picture by default'),
  stretch: z
    .int()
    .min(1)
    .optional()
    .describe(
      'element g of the stretching group, 1 to size - 1; it turns the distance D into D/g modulo size',
    ),
  solution: z
    .enum(['balanced', 'random'])
    .default('balanced')
    .describe('the other solution: where gradient descent goes, or a random member of the solution set'),
  spread: z
    .number()
    .min(0)
    .max(3)
    .default(0.5)
    .describe('standard deviation of log|omega| of the random member'),
  stride: z
    .literal([1, 2])
    .default(1)
    .describe('2 puts zeros between the pixels of the hidden layer before the second convolution'),
  seed,
});
export type Fig2Parameters = z.infer<typeof fig2ParametersSchema>;

const pictureSchema = z.object({ height: z.int(), width: z.int(), values: numbers });
export type TheoryPicture = z.infer<typeof pictureSchema>;

const fig2RowSchema = z.object({
  solution: z.enum(['true', 'balanced', 'random']),
  label: z.string(),
  /** Both kernels, moved around the torus so that what matters stands in the middle. */
  k1: pictureSchema,
  k2: pictureSchema,
  /** X as trained (g = 1), and X stretched (g = stretch); both moved so that the eyes stand in the middle. */
  trained: pictureSchema,
  stretched: pictureSchema,
  stretchedDistance: z.int(),
  ratio: z.number().describe('spectral density ratio, equation (8)'),
  groupRatio: z.number().describe('generic ratio over the stretching group, equation (6)'),
});

const fig2PointSchema = z.object({
  g: z.int(),
  distance: z.int(),
  error: z.number().describe('squared error of the other solution relative to the true extrapolation'),
  /** Share of energy outside the two eyes, of the true and of the other solution; null where the eyes overlap. */
  outside: z.object({ true: z.number(), other: z.number() }).nullable(),
});
export type Fig2Point = z.infer<typeof fig2PointSchema>;

const fig2Shape = {
  parameters: fig2ParametersSchema.required({ distance: true, stretch: true }),
  /** Largest difference between the two X at g = 1, as a share of the largest value. */
  trainedDifference: z.number(),
};

export const fig2ResultSchema = z.object({
  figure: z.literal('2'),
  ...fig2Shape,
  /** The true solution first, then the other one. */
  rows: z.array(fig2RowSchema),
  /** A point for each g = 1 … size − 1. */
  curve: z.array(fig2PointSchema),
  /** Means over g ≠ 1, and over those g that keep the eyes apart. */
  meanError: z.number(),
  meanOutside: z.object({ true: z.number(), other: z.number() }),
});
export type Fig2Result = z.infer<typeof fig2ResultSchema>;

/** Both solutions of Figure 2 before any is stretched. */
export const fig2SolutionsSchema = z.object({
  ...fig2Shape,
  rows: z.array(fig2RowSchema.omit({ trained: true, stretched: true })),
  /** Pixels between the eyes for each g = 1 … size − 1. */
  distances: z.array(z.int()),
});
export type Fig2Solutions = z.infer<typeof fig2SolutionsSchema>;

/** Stretches of Figure 2: X of both solutions as bytes in base64, [g][height][width]: 0 is `low`, 255 is `high`. */
export const fig2StretchesSchema = z.object({
  points: z.array(fig2PointSchema),
  height: z.int(),
  width: z.int(),
  low: z.number(),
  high: z.number(),
  truth: z.base64(),
  other: z.base64(),
});
export type Fig2Stretches = z.infer<typeof fig2StretchesSchema>;

export const descentVariants = ['sgd', 'asynchronous', 'independent', 'alternating', 'gauss-seidel'] as const;
export const descentVariantSchema = z.enum(descentVariants);
export type DescentVariant = z.infer<typeof descentVariantSchema>;

const positive = z.number().positive().max(1e6);
const startSchema = z.tuple([positive, positive]);

export const fig3aParametersSchema = z.strictObject({
  target: positive.default(1).describe('c, the mean of the data'),
  stepSize: positive.default(0.02).describe('eta'),
  noise: z.number().min(0).max(1e6).default(0.5).describe('sigma, the standard deviation of the data'),
  steps: z.int().min(1).max(1_000_000).default(15_000).describe('steps of each path and of each chain'),
  starts: z
    .array(startSchema)
    .min(1)
    .max(16)
    .default([
      [2, 0.2],
      [0.2, 2],
      [2.5, 1.5],
      [0.3, 0.1],
    ])
    .describe('where the trajectories begin: pairs a, b > 0'),
  variants: z
    .array(descentVariantSchema)
    .max(descentVariants.length)
    .default(['sgd', 'asynchronous', 'gauss-seidel'])
    .describe('which stochastic descents are shown beside the flow; all but sgd are our choice'),
  chains: z
    .int()
    .min(0)
    .max(100_000)
    .default(2000)
    .describe('independent chains for the statistics; 0 leaves them out'),
  chainStart: startSchema.default([2, 0.5]).describe('where the chains begin: a, b > 0'),
  points: z.int().min(2).max(5000).default(300).describe('points kept of a trajectory'),
  seed,
});
export type Fig3aParameters = z.infer<typeof fig3aParametersSchema>;

const trajectorySchema = z.object({
  algorithm: z.enum(['flow', ...descentVariants]),
  label: z.string(),
  start: startSchema,
  /** Steps, or for the flow t/stepSize, so that both share an axis. */
  step: numbers,
  a: numbers,
  b: numbers,
});
export type Trajectory = z.infer<typeof trajectorySchema>;

export const fig3aResultSchema = z.object({
  figure: z.literal('3a'),
  parameters: fig3aParametersSchema,
  trajectories: z.array(trajectorySchema),
  /** The curve ab = c that all of them reach. */
  solutions: z.object({ a: numbers, b: numbers }),
  /** Where the flow ends from each start: in closed form, and integrated. */
  endpoints: z.array(
    z.object({ start: startSchema, closedForm: startSchema, integrated: startSchema, invariant: z.number() }),
  ),
  /** Statistics over the chains, one entry a variant. */
  chains: z.array(
    z.object({
      variant: descentVariantSchema,
      label: z.string(),
      step: numbers,
      /** Mean of a² − b² over the chains. */
      invariant: numbers,
      /** Mean of ab over the chains. */
      product: numbers,
      final: z.object({
        meanA: z.number(),
        meanB: z.number(),
        meanInvariant: z.number(),
        deviationInvariant: z.number(),
        meanProduct: z.number(),
        varianceProduct: z.number(),
        meanLogRatio: z.number(),
        deviationLogRatio: z.number(),
      }),
      /** Decay of the mean invariant a step; null where it does not decay steadily. */
      rate: z.number().nullable(),
    }),
  ),
  predicted: z.object({ rate: z.number(), meanProduct: z.number(), varianceProduct: z.number() }),
});
export type Fig3aResult = z.infer<typeof fig3aResultSchema>;

export const spectralSides = ['none', 'k2', 'both'] as const;
export const spectralSidesSchema = z.enum(spectralSides);
export type SpectralSides = z.infer<typeof spectralSidesSchema>;

export const fig3bParametersSchema = z.strictObject({
  size: z.int().min(11).max(2003).default(61).describe('length of the axis, a prime number'),
  distance: z.int().min(1).default(13).describe('pixels between the eyes'),
  stepSize: positive.default(0.001).describe('eta, for pixel parameters'),
  noise: z.number().min(0).max(1e6).default(0.5).describe('sigma, the standard deviation of a pixel'),
  steps: z.int().min(1).max(1_000_000).default(40_000).describe('steps of training'),
  start: z
    .enum(['truth', 'equal-norms', 'perturbed', 'small-random', 'random'])
    .default('truth')
    .describe('where training begins; a small random start is balanced from the beginning'),
  spectral: spectralSidesSchema
    .default('none')
    .describe(
      'step of equation (13) after every step: on k2 as in the paper, or on both kernels (our extension)',
    ),
  strength: z.number().min(0).max(1).default(0.001).describe('lambda, the size of the spectral step'),
  coefficients: z
    .int()
    .min(1)
    .max(30)
    .default(8)
    .describe('Fourier coefficients to follow: those with the largest difference of power'),
  points: z.int().min(2).max(5000).default(200).describe('points kept over time'),
  seed,
});
export type Fig3bParameters = z.infer<typeof fig3bParametersSchema>;

export const fig3bResultSchema = z.object({
  figure: z.literal('3b'),
  parameters: fig3bParametersSchema,
  step: numbers,
  /** Spectral density ratio over time, equation (8). */
  ratio: numbers,
  /** Its largest value over the whole solution set, reached by the balanced solution. */
  bound: z.number(),
  trueRatio: z.number(),
  /** Mean |log10(|k̂1|²/|k̂2|²)| over the frequencies: 0 is balanced. */
  imbalance: numbers,
  /** Relative squared error against the true extrapolation, mean over the stretches other than 1 and −1. */
  extrapolationError: numbers,
  loss: numbers,
  coefficients: z.array(z.object({ frequency: z.int(), first: numbers, second: numbers })),
  kernels: z.object({
    true: z.object({ k1: numbers, k2: numbers }),
    initial: z.object({ k1: numbers, k2: numbers }),
    final: z.object({ k1: numbers, k2: numbers }),
  }),
  /** Median over frequencies of what is left of |k̂1|² − |k̂2|², and exp(−4η²Nσ²T). */
  invariantLeft: z.object({ measured: z.number(), predicted: z.number() }),
  /** What this run shows, and what it does not, in plain words. */
  finding: z.string(),
});
export type Fig3bResult = z.infer<typeof fig3bResultSchema>;

export const propositionParametersSchema = z.strictObject({
  number: z.int().min(1).max(9).describe('which proposition, 1 to 9'),
  prime: z
    .int()
    .min(5)
    .max(200_003)
    .optional()
    .describe('d, a prime number; each proposition has its own default'),
  seed,
});
export type PropositionParameters = z.infer<typeof propositionParametersSchema>;

const checkSchema = z.object({
  name: z.string(),
  measured: z.number(),
  expected: z.number(),
  relation: z.enum(['equals', 'at most', 'at least']),
  /** How far from the expected number still counts. */
  tolerance: z.number(),
  holds: z.boolean(),
});
export type PropositionCheck = z.infer<typeof checkSchema>;

export const propositionResultSchema = z.object({
  proposition: z.int(),
  title: z.string(),
  statement: z.string(),
  /** Whether the statement is read in the paper, or rebuilt from what the paper says of its appendix. */
  source: z.enum(['paper', 'rebuilt']),
  /** What the numbers do not show, or where the statement needs more than it says. */
  caveat: z.string().nullable(),
  parameters: propositionParametersSchema.required({ prime: true }),
  checks: z.array(checkSchema),
  holds: z.boolean(),
});
export type PropositionResult = z.infer<typeof propositionResultSchema>;

/** What a figure leaves behind: its numbers, what they say in plain words, and the files where any were asked for. */
const made = { findings: z.array(z.string()), files: z.array(z.string()) };
const out = nonEmpty.optional();

/** A training of figure 3b beside the others: without and with the spectral step of equation (13). */
export const spectralRunSchema = z.object({
  name: z.string(),
  start: fig3bParametersSchema.shape.start.unwrap(),
  spectral: fig3bParametersSchema.shape.spectral.unwrap(),
  step: z.array(z.number()),
  ratio: z.array(z.number()),
  extrapolationError: z.array(z.number()),
  /** What this training shows, in plain words. */
  finding: z.string(),
});
export type SpectralRun = z.infer<typeof spectralRunSchema>;

/** A figure by its name, with its parameters. */
export const theoryFigureSchema = z.discriminatedUnion('figure', [
  z.strictObject({ figure: z.literal('2'), parameters: fig2ParametersSchema.prefault({}) }),
  z.strictObject({ figure: z.literal('3a'), parameters: fig3aParametersSchema.prefault({}) }),
  z.strictObject({ figure: z.literal('3b'), parameters: fig3bParametersSchema.prefault({}) }),
]);
export type TheoryFigure = z.infer<typeof theoryFigureSchema>;

/** The toy figures and propositions. Each is computed at once; with `out` its picture and its numbers are written too. */
export const theoryContract = {
  fig2: method
    .input(z.strictObject({ parameters: fig2ParametersSchema.prefault({}), out }))
    .output(z.object({ result: fig2ResultSchema, ...made })),
  fig3a: method
    .input(z.strictObject({ parameters: fig3aParametersSchema.prefault({}), out }))
    .output(z.object({ result: fig3aResultSchema, ...made })),
  fig3b: method
    .input(z.strictObject({ parameters: fig3bParametersSchema.prefault({}), out }))
    .output(z.object({ result: fig3bResultSchema, ...made })),
  proposition: method
    .input(z.strictObject({ parameters: propositionParametersSchema, out }))
    .output(z.object({ result: propositionResultSchema, ...made })),
  /** Both solutions of Figure 2, for a page that then lets a person stretch them. */
  solutions: method
    .input(z.strictObject({ parameters: fig2ParametersSchema.prefault({}) }))
    .output(fig2SolutionsSchema),
  /**
   * Stretches by `count` elements of the group from g = `from` on, or by all of them. Of a picture with more than `rows`
   * rows those in the middle are sent, where the eyes are.
   */
  stretches: method
    .input(
      z.strictObject({
        parameters: fig2ParametersSchema.prefault({}),
        from: z.int().min(1).default(1),
        count: z.int().min(1).optional(),
        rows: z.int().min(1).optional(),
      }),
    )
    .output(fig2StretchesSchema),
  /** A figure as it is written to files, for a page that saves it: SVG, PNG in base64, and its numbers as CSV. */
  draw: method
    .input(theoryFigureSchema)
    .output(z.object({ svg: z.string(), png: z.base64(), csv: z.string() })),
  /** Every figure and proposition with the default options, and what equation (13) does, into a folder. */
  all: long(
    z.strictObject({ out: nonEmpty, seed: fig2ParametersSchema.shape.seed }),
    z.object({
      folder: z.string(),
      ...made,
      propositions: z.array(propositionResultSchema),
      spectral: z.array(spectralRunSchema),
    }),
  ),
};
