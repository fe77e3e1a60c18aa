import { z } from 'zod';
import { cropSchema } from '../../../contract/dataSet.ts';
import { modelKinds, presetNames, spectralDefaults, spectralSchema, defaultCrops } from '../../../contract/hyperParameters.ts';
import { trainRequestSchema } from '../../../contract/runs.ts';
import type { TrainRequest } from '../../../contract/runs.ts';
import { shellWord } from '../../words.ts';
import { presetValue } from './modelSettings.ts';

const typedNumber = z.union([z.number(), z.literal('')]);

/** A form half filled in: numbers may be empty, settings that follow the preset are not there. */
export const runDraftSchema = z.object({
  data: z.string(),
  crop: cropSchema,
  /** A form that was kept before there was a choice is the β-VAE's. */
  model: z.enum(modelKinds).default('vae'),
  preset: z.enum(presetNames),
  steps: typedNumber,
  seed: typedNumber,
  /** Empty: a quarter of the steps, at most 1000. */
  checkpointEvery: typedNumber,
  hyperParameters: z.record(z.string(), z.union([typedNumber, z.string()])),
  isSpectral: z.boolean(),
  spectral: z.object({
    gamma: typedNumber,
    cap: typedNumber,
    grid: spectralSchema.shape.grid,
    variant: spectralSchema.shape.variant,
  }),
});
export type RunDraft = z.infer<typeof runDraftSchema>;

export const emptyDraft: RunDraft = {
  data: '',
  crop: 'vae',
  model: 'vae',
  preset: 'compact',
  steps: 3000,
  seed: 0,
  checkpointEvery: '',
  hyperParameters: {},
  isSpectral: false,
  spectral: spectralDefaults,
};

/** @returns the request, or why there is none yet */
export function requestFrom(draft: RunDraft): { request: TrainRequest } | { missing: string } {
  if (draft.data.trim() === '') return { missing: 'Choose a folder of images.' };
  const parsed = trainRequestSchema.safeParse({
    data: draft.data.trim(),
    crop: draft.crop,
    model: draft.model,
    preset: draft.preset,
    steps: draft.steps,
    seed: draft.seed,
    ...(draft.checkpointEvery !== '' && { checkpointEvery: draft.checkpointEvery }),
    hyperParameters: draft.hyperParameters,
    spectral: draft.isSpectral ? draft.spectral : null,
  });
  if (parsed.success) return { request: parsed.data };
  return {
    missing: parsed.error.issues.map((issue) => `${issue.path.join(' ')}: ${issue.message}`).join('. '),
  };
}

/** A draft that asks for the same as an earlier run did. */
export function draftFrom(request: TrainRequest): RunDraft {
  const whole = trainRequestSchema.parse(request);
  const changed = Object.entries(whole.hyperParameters).flatMap(([name, value]) =>
    value === undefined || value === presetValue(whole.model, whole.preset, name)
      ? []
      : [[name, value] as const],
  );
  return {
    data: whole.data,
    crop: whole.crop ?? defaultCrops[whole.model],
    model: whole.model,
    preset: whole.preset,
    steps: whole.steps,
    seed: whole.seed,
    checkpointEvery: whole.checkpointEvery ?? '',
    hyperParameters: Object.fromEntries(changed),
    isSpectral: whole.spectral !== null,
    spectral: whole.spectral ?? spectralDefaults,
  };
}

/** The command that asks for the same. */
export function commandOf(draft: RunDraft): string {
  const words = ['extrapolate train --data', shellWord(draft.data === '' ? 'FOLDER' : draft.data)];
  if (draft.model !== 'vae') words.push(`--model ${draft.model}`);
  if (draft.preset !== 'compact') words.push(`--preset ${draft.preset}`);
  if (draft.crop !== defaultCrops[draft.model]) words.push(`--crop ${draft.crop}`);
  words.push(`--steps ${draft.steps === '' ? 'N' : draft.steps}`);
  if (draft.seed !== 0) words.push(`--seed ${draft.seed}`);
  if (draft.checkpointEvery !== '') words.push(`--checkpoint-every ${draft.checkpointEvery}`);
  for (const [name, value] of Object.entries(draft.hyperParameters))
    words.push(`--${optionName(name)} ${value}`);
  if (draft.isSpectral) {
    words.push('--spectral');
    for (const [name, value] of Object.entries(draft.spectral)) {
      if (value !== spectralDefaults[name as keyof typeof spectralDefaults])
        words.push(`--spectral-${name} ${value}`);
    }
  }
  return words.join(' ');
}

function optionName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
