import { z } from 'zod';

/** Generators that were trained elsewhere, as their run.json describes them. */

/** What is left out of a layer with them is nothing. */
export const activations = ['relu', 'leakyRelu', 'tanh', 'sigmoid', 'none'] as const;
export type Activation = (typeof activations)[number];

export const doublings = ['nearest', 'bilinear'] as const;
export type Doubling = (typeof doublings)[number];

/** Convolutions after the first maps: with one there is nothing hidden between them and the picture. */
export const fewestConvolutions = 2;

/** Side of the pictures that an imported generator may draw. */
export const importedSizes = { least: 28, most: 128 } as const;
const side = z.number().int().min(1).max(importedSizes.most);
const channels = z.number().int().min(1).max(4096);

/** What follows a layer's linear part. */
const ending = {
  /** Batch norm; a bias a channel where it is false. */
  normalised: z.boolean(),
  activation: z.enum(activations),
  /** Of the leaky ReLU below 0. */
  slope: z.number().min(0).max(1).default(0),
  /** The maps are doubled in size after it. */
  doubled: z.enum(doublings).nullable().default(null),
};

export const importedLayerSchema = z.strictObject({
  /** `up` is a transposed convolution with stride 2, `down` a convolution with stride 2, `same` one that keeps the size. */
  direction: z.enum(['up', 'same']),
  inputSize: side,
  inputChannels: channels,
  outputChannels: channels,
  /** Side of its own kernel, which lies in the first rows and columns of one of 5 × 5, or for `same` in its middle. */
  kernel: z.number().int().min(1).max(5),
  /** Of a transposed convolution: the pixels that are cut off before the first. */
  cut: z.number().int().min(0).max(3),
  ...ending,
});
export type ImportedLayer = z.infer<typeof importedLayerSchema>;

export const importedStartSchema = z.strictObject({
  /** Dense layers before the one whose output becomes maps, in order: each with a bias and a non-linearity. */
  dense: z
    .array(
      z.strictObject({
        outputs: z.number().int().min(1).max(65_536),
        activation: z.enum(activations),
        slope: ending.slope,
      }),
    )
    .max(8),
  size: side,
  channels,
  ...ending,
});

/** The sizes of an imported generator: latents → maps → layers → picture. */
export const importedHyperParametersSchema = z.strictObject({
  latent: z.number().int().min(1).max(4096),
  size: z.number().int().min(importedSizes.least).max(importedSizes.most),
  /** 1 of a grey generator, whose last kernel stands three times; in colour it is not said. */
  colours: z.literal(1).optional(),
  start: importedStartSchema,
  /** In computing order; the last one puts out the picture. The last, four at most, are the levels; those before belong to the start. */
  layers: z.array(importedLayerSchema).min(fewestConvolutions).max(12),
});
export type ImportedHyperParameters = z.infer<typeof importedHyperParametersSchema>;

/** How the files that people bring are written. */
export const importFormats = ['onnx', 'safetensors', 'tfjs'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** Where an imported model comes from. */
export const importedFromSchema = z.strictObject({
  format: z.enum(importFormats),
  /** The file’s name, without its folder. */
  file: z.string().min(1).max(300),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Largest difference on pictures in [−1, 1] from what the file’s own graph draws; null where the file is weights alone. */
  difference: z.number().nonnegative().nullable(),
});
export type ImportedFrom = z.infer<typeof importedFromSchema>;
