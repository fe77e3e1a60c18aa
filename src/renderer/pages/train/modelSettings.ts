import { z } from 'zod';
import {
  dcganHyperParametersSchema,
  dcganPresets,
  vaeHyperParametersSchema,
  vaePresets,
} from '../../../contract/hyperParameters.ts';
import type { ModelKind, PresetName } from '../../../contract/hyperParameters.ts';
import { count } from '../../words.ts';

/** One hyper-parameter as the form needs it, from the contract alone. */
export interface Setting {
  name: string;
  meaning: string;
  kind: 'whole' | 'number' | 'choice';
  choices: readonly string[];
  min: number | null;
  max: number | null;
  schema: z.ZodType;
}

const shapes = { vae: vaeHyperParametersSchema.shape, dcgan: dcganHyperParametersSchema.shape };
const presets: Record<ModelKind, Partial<Record<PresetName, object>>> = {
  vae: vaePresets,
  dcgan: dcganPresets,
};

const settings: Record<ModelKind, readonly Setting[]> = {
  vae: Object.entries(shapes.vae).map(settingOf),
  dcgan: Object.entries(shapes.dcgan).map(settingOf),
};

function settingOf([name, schema]: [string, z.ZodNumber | z.ZodEnum]): Setting {
  const meaning = schema.description ?? '';
  if (schema instanceof z.ZodEnum) {
    return {
      name,
      meaning,
      kind: 'choice',
      choices: schema.options.map(String),
      min: null,
      max: null,
      schema,
    };
  }
  const kind = schema.format === 'safeint' ? 'whole' : 'number';
  return { name, meaning, kind, choices: [], min: schema.minValue, max: schema.maxValue, schema };
}

/** The hyper-parameters of a kind of model, in the contract's order. */
export function settingsOf(model: ModelKind): readonly Setting[] {
  return settings[model];
}

export function presetValue(model: ModelKind, preset: PresetName, name: string): number | string | undefined {
  const value: unknown = new Map<string, unknown>(Object.entries(presets[model][preset] ?? {})).get(name);
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

/** What is wrong with a value; undefined where nothing is. */
export function complaintAbout(setting: Setting, value: number | string): string | undefined {
  if (value === '') return 'A value is needed.';
  return setting.schema.safeParse(value).success ? undefined : rangeOf(setting);
}

/** "Whole numbers from 2 to 256". */
export function rangeOf({ kind, min, max }: Setting): string {
  const what = kind === 'whole' ? 'Whole numbers' : 'Numbers';
  if (min !== null && max !== null) return `${what} from ${count(min)} to ${count(max)}.`;
  return max === null ? `${what}.` : `${what} up to ${count(max)}.`;
}
