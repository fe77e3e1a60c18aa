import { z } from 'zod';
import { activations, importedFromSchema, importedSizes } from './importedModel.ts';

/** Encoders that came with a generator from elsewhere, as run.json describes them. */

const side = z.number().int().min(1).max(importedSizes.most);
const channels = z.number().int().min(1).max(4096);
/** Of the leaky ReLU below 0. */
const slope = z.number().min(0).max(1).default(0);

export const mostEncoderLayers = 16;
export const mostEncoderKernel = 11;
export const mostEncoderStride = 4;

/** A convolution with its bias, of which batch norm has become part, and its non-linearity. */
export const importedEncoderLayerSchema = z.strictObject({
  inputSize: side,
  outputSize: side,
  inputChannels: channels,
  outputChannels: channels,
  kernel: z.number().int().min(1).max(mostEncoderKernel),
  stride: z.number().int().min(1).max(mostEncoderStride),
  /** Pixels of zeros before the first and after the last, of rows and columns alike. */
  before: z.number().int().min(0).max(mostEncoderKernel),
  after: z.number().int().min(0).max(mostEncoderKernel),
  activation: z.enum(activations),
  slope,
});
export type ImportedEncoderLayer = z.infer<typeof importedEncoderLayerSchema>;

/** What values of pictures an encoder takes in; inside, pictures are in [−1, 1]. */
export const pictureRanges = ['-1..1', '0..1', '0..255'] as const;
export type PictureRange = (typeof pictureRanges)[number];

/** How the log-variance comes from its head a: a itself, log(1 + ELU(a)), softplus(a) + least, or a kept within least and most. */
export const logVarianceForms = ['linear', 'elu', 'softplus', 'clipped'] as const;

export const importedEncoderSizesSchema = z.strictObject({
  pictures: z.strictObject({
    /** 1 takes in how bright the pixels are. */
    channels: z.union([z.literal(1), z.literal(3)]),
    range: z.enum(pictureRanges),
    /** What the file itself does to the values of each channel before its first layer: factor · x + offset. */
    factor: z.array(z.number()).min(1).max(3),
    offset: z.array(z.number()).min(1).max(3),
  }),
  /** In computing order. */
  layers: z.array(importedEncoderLayerSchema).max(mostEncoderLayers),
  /** Dense layers between the flattened maps and the heads. */
  dense: z
    .array(
      z.strictObject({
        outputs: z.number().int().min(1).max(65_536),
        activation: z.enum(activations),
        slope,
      }),
    )
    .max(8),
  /** Null where the file has the mean alone. */
  logVariance: z
    .strictObject({
      form: z.enum(logVarianceForms),
      least: z.number().default(0),
      most: z.number().default(0),
    })
    .nullable(),
});
export type ImportedEncoderSizes = z.infer<typeof importedEncoderSizesSchema>;

export const importedEncoderSchema = importedEncoderSizesSchema.extend({
  /** `difference` is that of mean and log-variance, in units of the largest of them where that is above 1. */
  from: importedFromSchema,
  /** How well pictures of the generator come back when they are encoded and drawn again, on values in [−1, 1]. */
  returns: z.strictObject({
    /** Mean squared error. */
    error: z.number().nonnegative(),
    /** Mean squared difference of the pictures from their mean picture, which an encoder that knows nothing has as its error. */
    spread: z.number().nonnegative(),
  }),
});
export type ImportedEncoder = z.infer<typeof importedEncoderSchema>;
