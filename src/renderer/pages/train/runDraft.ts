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
import { stepCountSchema } from '../../../contract/runFiles.ts';
import { trainRequestSchema } from '../../../contract/runs.ts';
import type { TrainRequest } from '../../../contract/runs.ts';
import { capitalised } from '../../words.ts';
import { sentenceOfIssues } from '../../../contract/complaints.ts';
import { complaintIn, complaintOf, goodNumber, numberEntrySchema, ruleOf } from '../../components/numbers.ts';
import type { NumberEntry, NumberRule } from '../../components/numbers.ts';
import { complaintAbout, presetValue, settingsOf } from './modelSettings.ts';

/** The numbers of the form as the contract has them; nothing typed for checkpoints leaves them to the engine. */
export const runRules = {
  steps: ruleOf(stepCountSchema),
  seed: ruleOf(trainRequestSchema.shape.seed.unwrap()),
  checkpointEvery: { ...ruleOf(stepCountSchema), isOptional: true },
  threads: { ...ruleOf(trainRequestSchema.shape.threads.unwrap()), isOptional: true },
  gamma: ruleOf(spectralSchema.shape.gamma),
  cap: ruleOf(spectralSchema.shape.cap),
} satisfies Record<string, NumberRule>;

/** A form half filled in: numbers may still be text, settings that follow the preset are not there. */
export const runDraftSchema = z.object({
  data: z.string(),
  crop: cropSchema,
  /** Those that look like masks or thumbnails, too. */
  allFolders: z.boolean().default(false),
  /** A form that was kept before there was a choice is the β-VAE's. */
  model: z.enum(modelKinds).default('vae'),
  preset: z.enum(presetNames),
  steps: numberEntrySchema,
  seed: numberEntrySchema,
  /** Empty: a quarter of the steps, at most 1000. */
  checkpointEvery: numberEntrySchema,
  /** Empty: those of the machine. */
  threads: numberEntrySchema.default(''),
  hyperParameters: z.record(z.string(), numberEntrySchema),
  isSpectral: z.boolean(),
  spectral: z.object({
    gamma: numberEntrySchema,
    cap: numberEntrySchema,
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
  threads: '',
  hyperParameters: {},
  isSpectral: false,
  spectral: spectralDefaults,
};

/** What the form asks for so far; `''` where a number is still to be typed. */
interface Asked extends Pick<RunDraft, 'data' | 'model' | 'preset' | 'crop' | 'allFolders'> {
  steps: number | '';
  seed: number | '';
  checkpointEvery?: number | '';
  threads?: number | '';
  hyperParameters: Record<string, NumberEntry>;
  spectral: RunDraft['spectral'] | null;
}

export function askedOf(draft: RunDraft): Asked {
  const { model, preset, crop, allFolders, checkpointEvery, threads, spectral } = draft;
  const known = settingsOf(model).flatMap((setting) => {
    const value = draft.hyperParameters[setting.name];
    return value === undefined
      ? []
      : [[setting.name, complaintAbout(setting, value) === undefined ? value : ''] as const];
  });
  return {
    data: draft.data.trim(),
    model,
    preset,
    crop,
    allFolders,
    steps: typedNumber(draft.steps, runRules.steps),
    seed: typedNumber(draft.seed, runRules.seed),
    ...(checkpointEvery !== '' && {
      checkpointEvery: typedNumber(checkpointEvery, runRules.checkpointEvery),
    }),
    ...(threads !== '' && { threads: typedNumber(threads, runRules.threads) }),
    hyperParameters: Object.fromEntries(known),
    spectral: draft.isSpectral
      ? {
          ...spectral,
          gamma: typedNumber(spectral.gamma, runRules.gamma),
          cap: typedNumber(spectral.cap, runRules.cap),
        }
      : null,
  };
}

function typedNumber(entry: NumberEntry, rule: NumberRule): number | '' {
  return goodNumber(entry, rule) ?? '';
}

/** What is wrong with the numbers of the form, each with the name that stands beside its field. */
export function complaintsOf(draft: RunDraft): string[] {
  const { steps, seed, checkpointEvery, threads, spectral, isSpectral, hyperParameters } = draft;
  const fields: [string, string | undefined][] = [
    ['Steps', complaintOf(steps, runRules.steps)],
    ['Seed', complaintOf(seed, runRules.seed)],
    ['Checkpoint every', complaintOf(checkpointEvery, runRules.checkpointEvery)],
    ['Threads', complaintOf(threads, runRules.threads)],
    ...(isSpectral
      ? ([
          ['gamma', complaintOf(spectral.gamma, runRules.gamma)],
          ['cap', complaintOf(spectral.cap, runRules.cap)],
        ] satisfies [string, string | undefined][])
      : []),
    ...settingsOf(draft.model).map((setting): [string, string | undefined] => {
      const value = hyperParameters[setting.name];
      return [capitalised(setting.label), value === undefined ? undefined : complaintAbout(setting, value)];
    }),
  ];
  return fields.flatMap(([name, complaint]) =>
    complaint === undefined ? [] : [complaintIn(name, complaint)],
  );
}

/** @returns the request, or why there is none yet, as a sentence */
export function requestFrom(draft: RunDraft): { request: TrainRequest } | { missing: string } {
  const asked = askedOf(draft);
  if (asked.data === '') return { missing: 'Choose a folder of images.' };
  const complaints = complaintsOf(draft);
  if (complaints.length > 0) return { missing: complaints.join(' ') };
  const parsed = trainRequestSchema.safeParse(asked);
  return parsed.success ? { request: parsed.data } : { missing: sentenceOfIssues(parsed.error.issues) };
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
    threads: whole.threads ?? '',
    hyperParameters: Object.fromEntries(changed),
    isSpectral: whole.spectral !== null,
    spectral: whole.spectral ?? spectralDefaults,
  };
}

/** The command that asks for the same. */
export function commandOf(draft: RunDraft): string {
  return commandOfDraft(trainCommand, askedOf(draft));
}
