import { z } from 'zod';
import { commandOfDraft } from '../../../commandLine/commandLine.ts';
import { trainCommand } from '../../../commandLine/runs.ts';
import { cropSchema } from '../../../contract/dataSet.ts';
import {
  modelKinds,
  presetNames,
  spectralDefaults,
  spectralSchema,
  defaultCrops,
} from '../../../contract/hyperParameters.ts';
import { trainRequestSchema } from '../../../contract/runs.ts';
import type { TrainRequest } from '../../../contract/runs.ts';
import { presetValue } from './modelSettings.ts';

const typedNumber = z.union([z.number(), z.literal('')]);

/** A form half filled in: numbers may be empty, settings that follow the preset are not there. */
export const runDraftSchema = z.object({
  data: z.string(),
  crop: cropSchema,
  /** Those that look like masks or thumbnails, too. */
  allFolders: z.boolean().default(false),
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
  allFolders: false,
  model: 'vae',
  preset: 'compact',
  steps: 3000,
  seed: 0,
  checkpointEvery: '',
  hyperParameters: {},
  isSpectral: false,
  spectral: spectralDefaults,
};

/** What the form asks for so far; `''` where a number is still to be typed. */
function askedOf(draft: RunDraft) {
  const { model, preset, crop, allFolders, steps, seed, checkpointEvery, hyperParameters } = draft;
  return {
    data: draft.data.trim(),
    model,
    preset,
    crop,
    allFolders,
    steps,
    seed,
    ...(checkpointEvery !== '' && { checkpointEvery }),
    hyperParameters,
    spectral: draft.isSpectral ? draft.spectral : null,
  };
}

/** @returns the request, or why there is none yet */
export function requestFrom(draft: RunDraft): { request: TrainRequest } | { missing: string } {
  const asked = askedOf(draft);
  if (asked.data === '') return { missing: 'Choose a folder of images.' };
  const parsed = trainRequestSchema.safeParse(asked);
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
    allFolders: whole.allFolders,
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
  return commandOfDraft(trainCommand, askedOf(draft));
}
