import { z } from 'zod';

/** The β-VAE's hyper-parameters. Each has its meaning beside it; `run.json` keeps them all. */
export const vaeHyperParametersSchema = z.strictObject({
  width: z
    .number()
    .int()
    .min(2)
    .max(256)
    .describe('channels of the first encoder layer; the others are multiples of it'),
  fineChannels: z
    .number()
    .int()
    .min(1)
    .max(256)
    .describe('channels of the last hidden layer, where FluoHair works'),
  latent: z.number().int().min(2).max(1024).describe('latent dimensions'),
  batch: z.number().int().min(2).max(1024).describe('images per training step'),
  encoder: z
    .enum(['repository', 'mirrored'])
    .describe('"repository": four strided layers; "mirrored": the decoder’s layers in reverse order'),
  logVarianceHead: z
    .enum(['elu', 'linear', 'softplus'])
    .describe(
      '"elu": the variance is 1 + ELU of the head, which cannot explode in the first steps; "linear" leaves the log-variance free; "softplus" forces it above 0, with batch norm, as the base code does',
    ),
  klWeight: z
    .number()
    .min(0)
    .max(10)
    .describe('weight of the KL divergence, per nat, beside the mean squared error'),
  learningRate: z.number().positive().max(1).describe('Adam’s step size'),
  beta1: z.number().min(0).lt(1).describe('Adam’s decay of the first moment'),
  beta2: z.number().min(0).lt(1).describe('Adam’s decay of the second moment'),
});

export type VaeHyperParameters = z.infer<typeof vaeHyperParametersSchema>;

/** Sizes and rates to start from. Every model has those of `dcganPresetNames`; the β-VAE has all. */
export const presetNames = ['compact', 'photographs', 'paper'] as const;
export type PresetName = (typeof presetNames)[number];
export const dcganPresetNames = ['compact', 'paper'] as const satisfies readonly PresetName[];
export type SharedPresetName = (typeof dcganPresetNames)[number];

/**
 * `paper`: the sizes of the base implementation that the paper names (Sec. 4), with its KL weight.
 * `compact`: what two processor cores train in minutes; its KL weight gave the clearest samples of drawn faces in our trials.
 * `photographs`: what photographs need beyond it at the same cost; chosen by the table in docs/decisions/photographs-preset.md.
 */
export const vaePresets: Record<PresetName, VaeHyperParameters> = {
  compact: {
    width: 16,
    fineChannels: 32,
    latent: 64,
    batch: 32,
    encoder: 'repository',
    logVarianceHead: 'elu',
    klWeight: 1e-4,
    learningRate: 1e-3,
    beta1: 0.5,
    beta2: 0.999,
  },
  photographs: {
    width: 16,
    fineChannels: 32,
    latent: 128,
    batch: 32,
    encoder: 'repository',
    logVarianceHead: 'elu',
    klWeight: 2e-5,
    learningRate: 1e-3,
    beta1: 0.5,
    beta2: 0.999,
  },
  paper: {
    width: 64,
    fineChannels: 32,
    latent: 128,
    batch: 64,
    encoder: 'repository',
    logVarianceHead: 'elu',
    klWeight: 0.005,
    learningRate: 1e-3,
    beta1: 0.5,
    beta2: 0.999,
  },
};

/** The DCGAN's hyper-parameters: a generator and a discriminator that are trained against each other. */
export const dcganHyperParametersSchema = z.strictObject({
  width: z
    .number()
    .int()
    .min(2)
    .max(256)
    .describe(
      'channels of the generator’s last hidden layer, where FluoHair works; the other layers have multiples of it',
    ),
  latent: z.number().int().min(2).max(1024).describe('latent dimensions'),
  batch: z
    .number()
    .int()
    .min(2)
    .max(1024)
    .describe('real pictures per training step, and as many generated ones'),
  learningRate: z.number().positive().max(1).describe('Adam’s step size, of both networks'),
  beta1: z.number().min(0).lt(1).describe('Adam’s decay of the first moment'),
  beta2: z.number().min(0).lt(1).describe('Adam’s decay of the second moment'),
});

export type DcganHyperParameters = z.infer<typeof dcganHyperParametersSchema>;

/**
 * `paper`: the sizes and rates of the base implementation that the paper names (suppl., GAN).
 * `compact`: what two processor cores train to recognisable faces in minutes.
 */
export const dcganPresets: Record<SharedPresetName, DcganHyperParameters> = {
  compact: { width: 16, latent: 64, batch: 32, learningRate: 2e-4, beta1: 0.5, beta2: 0.999 },
  paper: { width: 64, latent: 100, batch: 64, learningRate: 2e-4, beta1: 0.5, beta2: 0.999 },
};

/** The kinds of model that are trained. */
export const modelKinds = ['vae', 'dcgan'] as const;
export type ModelKind = (typeof modelKinds)[number];

export const presetsOf: Record<ModelKind, readonly PresetName[]> = {
  vae: presetNames,
  dcgan: dcganPresetNames,
};

/** What a run's model may be: trained here, or a generator that was trained elsewhere. */
export type AnyModelKind = ModelKind | 'imported';

export const modelNames: Record<AnyModelKind, string> = {
  vae: 'β-VAE',
  dcgan: 'DCGAN',
  imported: 'Imported generator',
};

/** What the two networks of a model are called: the one that draws, and the one that looks at pictures. */
export function namesOfSides(model: AnyModelKind): { decoder: string; encoder: string } {
  switch (model) {
    case 'vae':
      return { decoder: 'decoder', encoder: 'encoder' };
    case 'dcgan':
      return { decoder: 'generator', encoder: 'discriminator' };
    case 'imported':
      return { decoder: 'generator', encoder: 'encoder' };
  }
}

/** The crop of CelebA that the base code of each model uses. */
export const defaultCrops = { vae: 'vae', dcgan: 'dcgan' } as const satisfies Record<ModelKind, string>;

/** Spectral training: one gradient step of eq. (13) on the kernels after each step of Adam. */
export const spectralSchema = z.strictObject({
  gamma: z
    .number()
    .positive()
    .max(1)
    .describe('share of the way to SDR = 1 that one step goes, to first order'),
  cap: z.number().positive().max(0.5).describe('largest relative change of a kernel slice in one step'),
  grid: z
    .enum(['filtered', 'native'])
    .describe('the grid the spectra are taken on: that of the filtered (upsampled) maps, or the maps’ own'),
  variant: z
    .enum(['normalised', 'gradient'])
    .describe(
      '"normalised": a step along the gradient scaled by its own size; "gradient": the plain step, unstable when large',
    ),
});

export type SpectralOptions = z.infer<typeof spectralSchema>;

export const spectralDefaults: SpectralOptions = {
  gamma: 0.1,
  cap: 0.05,
  grid: 'filtered',
  variant: 'normalised',
};
