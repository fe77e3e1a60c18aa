import type { z } from 'zod';
import { complaintOfIssue } from '../../contract/complaints.ts';
import { StudioError } from '../../contract/errors.ts';
import {
  dcganHyperParametersSchema,
  dcganPresetNames,
  dcganPresets,
  vaeHyperParametersSchema,
  vaePresets,
} from '../../contract/hyperParameters.ts';
import type { PresetName, SharedPresetName } from '../../contract/hyperParameters.ts';
import type { TrainedSettings } from '../../contract/runFiles.ts';
import type { trainRequestSchema } from '../../contract/runs.ts';

/**
 * The preset with the settings that were asked for instead.
 * @throws StudioError `wrong-usage` for a preset or a setting that the model does not have
 */
export function modelOfRequest({
  model,
  preset,
  hyperParameters,
}: Pick<z.infer<typeof trainRequestSchema>, 'model' | 'preset' | 'hyperParameters'>): TrainedSettings {
  switch (model) {
    case 'vae': {
      const whole = { ...vaePresets[preset], ...hyperParameters };
      return { kind: model, preset, hyperParameters: own(vaeHyperParametersSchema, whole, 'β-VAE') };
    }
    case 'dcgan': {
      if (!isPresetOfDcgan(preset)) {
        throw new StudioError(
          'wrong-usage',
          `A DCGAN has no preset "${preset}". Its presets are ${dcganPresetNames.join(' and ')}.`,
        );
      }
      const whole = { ...dcganPresets[preset], ...hyperParameters };
      return { kind: model, preset, hyperParameters: own(dcganHyperParametersSchema, whole, 'DCGAN') };
    }
  }
}

function isPresetOfDcgan(preset: PresetName): preset is SharedPresetName {
  return dcganPresetNames.some((name) => name === preset);
}

function own<T>(schema: z.ZodType<T>, values: object, name: string): T {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `A ${name} has no setting named ${issue.keys.join(', ')}`
      : complaintOfIssue(issue),
  );
  throw new StudioError('wrong-usage', `${complaints.join('. ')}.`);
}
