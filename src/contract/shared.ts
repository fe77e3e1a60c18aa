import { z } from 'zod';

/** Shapes that several areas of the contract ask with or answer in. */

/** A whole number, 0 or more: steps, seeds, counts. */
export const whole = z.number().int().nonnegative();
/** A place on the disk, or a run given as a folder or an id: no system takes a longer one. */
export const nonEmpty = z.string().min(1).max(4096);
/** How many files or runs are asked with at a time. */
export const mostAtOnce = 1000;

export const runRefSchema = z.strictObject({ run: nonEmpty });
/** A run, and a step of it; the newest checkpoint where none is given. */
export const modelRef = { run: nonEmpty, step: whole.optional() };
export const modelRefSchema = z.strictObject(modelRef);
export type ModelRef = z.infer<typeof modelRefSchema>;

export const axes = ['horizontal', 'vertical'] as const;
export const axisSchema = z.enum(axes);
export type Axis = z.infer<typeof axisSchema>;

/** How far a picture or a level's maps are stretched. */
export const factorSchema = z.number().min(0.5).max(3);
/** Pictures that a measurement is taken over. */
export const samplesSchema = z.number().int().min(16).max(4096).default(256);

/** What is stretched, and over how many latents of the prior its error is measured. */
export const stretchSettings = {
  factor: factorSchema.default(1.5),
  axis: axisSchema.default('horizontal'),
  samples: samplesSchema,
  seed: whole.default(0),
};

export const pictureBatchSchema = z.object({
  /** RGB, one byte a channel, picture after picture, row after row. */
  pixels: z.instanceof(Blob),
  count: whole,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type PictureBatch = z.infer<typeof pictureBatchSchema>;
