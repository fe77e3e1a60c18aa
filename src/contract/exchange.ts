import { z } from 'zod';
import { pictureRanges } from './importedEncoder.ts';
import { long } from './method.ts';
import { modelRef, nonEmpty, whole } from './shared.ts';

/** Models as files of other programs. */

export const modelFormats = ['onnx', 'torch'] as const;

export const modelExportSchema = z.strictObject({
  ...modelRef,
  format: z.enum(modelFormats).describe('ONNX files, or a PyTorch module with its weights'),
  /** Where the files are written: a new or empty folder. */
  out: nonEmpty,
  /** A recipe that becomes part of the decoder. */
  recipe: nonEmpty.optional(),
  withLevels: z.boolean().default(false).describe('output the hidden maps of the levels too'),
  /** Of the model, for its card: what the licence of the training pictures allows is for the person to know. */
  license: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,39}$/, 'Write it as Hugging Face does: mit, cc-by-4.0, other or unknown.')
    .default('unknown')
    .describe('for the model card, as Hugging Face writes it, such as mit or cc-by-4.0'),
});
export type ModelExportInput = z.infer<typeof modelExportSchema>;

export const exportedModelSchema = z.object({
  folder: z.string(),
  step: whole,
  files: z.array(z.string()),
});
export type ExportedModel = z.infer<typeof exportedModelSchema>;

export const modelImportSchema = z.strictObject({
  /** A generator: .onnx, .safetensors, or the model.json of a TensorFlow.js layers model. */
  modelFile: nonEmpty,
  /** Its encoder; without it one that lies beside the generator, as encoder.onnx does beside decoder.onnx. */
  encoderFile: nonEmpty.optional(),
  /** Without it, the one from which the generator's own pictures come back best. */
  encoderRange: z.enum(pictureRanges).optional().describe('what values of pictures the encoder takes in'),
  /** The folder of the run that is made of it; without it one in the runs folder, named like the file. */
  run: nonEmpty.optional(),
});
export type ModelImportInput = z.infer<typeof modelImportSchema>;

/** An encoder that came with a generator, as it was found. */
export const encoderFoundSchema = z.object({
  file: z.string(),
  /** Largest difference of codes from those of the file's own graph, in units of the largest code above 1; null where it has none. */
  difference: z.number().nullable(),
  range: z.enum(pictureRanges),
  /** Mean squared error of the generator's pictures, encoded and drawn again, and their spread about their mean. */
  error: z.number(),
  spread: z.number(),
  hasLogVariance: z.boolean(),
  /** The non-linearity that was guessed, where the file holds weights alone. */
  guessed: z.string().nullable(),
});
export type EncoderFound = z.infer<typeof encoderFoundSchema>;

export const importedModelSchema = z.object({
  folder: z.string(),
  latent: whole,
  /** Side of its pictures in pixels. */
  size: whole,
  /** Its convolutions after the first maps. */
  levels: whole,
  /** Largest difference on pictures in [−1, 1] from what the file's own graph draws; null where it has none. */
  difference: z.number().nullable(),
  encoder: encoderFoundSchema.nullable(),
  /** Why an encoder that lies beside the generator is not used. */
  encoderLeftOut: z.string().nullable(),
});
export type ImportedModel = z.infer<typeof importedModelSchema>;

export const exchangeContract = {
  /** A checkpoint's networks as files, with a model card beside them. */
  exportModel: long(modelExportSchema, exportedModelSchema),
  /** A generator that was trained elsewhere, as a run without training. */
  importModel: long(modelImportSchema, importedModelSchema),
};
