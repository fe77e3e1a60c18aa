import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { progressSchema } from './progress.ts';
import {
  fig2ParametersSchema,
  fig2ResultSchema,
  fig2SolutionsSchema,
  fig2StretchesSchema,
  fig3aParametersSchema,
  fig3aResultSchema,
  fig3bParametersSchema,
  fig3bResultSchema,
  propositionParametersSchema,
  propositionResultSchema,
} from './theory.ts';
import { method } from './method.ts';

/** What a figure leaves behind: its numbers, what they say in plain words, and the files where any were asked for. */
const made = { findings: z.array(z.string()), files: z.array(z.string()) };
const out = z.string().min(1).optional();

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
  all: method.input(z.strictObject({ out: z.string().min(1), seed: fig2ParametersSchema.shape.seed })).output(
    eventIterator(
      progressSchema,
      z.object({
        folder: z.string(),
        ...made,
        propositions: z.array(propositionResultSchema),
        spectral: z.array(spectralRunSchema),
      }),
    ),
  ),
};
