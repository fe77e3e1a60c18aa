import { z } from 'zod';
import {
  dcganHyperParametersSchema,
  dcganPresets,
  vaeHyperParametersSchema,
  vaePresets,
} from '../../../contract/hyperParameters.ts';
import type { ModelKind, PresetName } from '../../../contract/hyperParameters.ts';
import { spacedName } from '../../../contract/spacedName.ts';
import { complaintOf, rangeWords, ruleOf } from '../../components/numbers.ts';
import type { NumberEntry, NumberRule } from '../../components/numbers.ts';

/** One hyper-parameter as the form needs it, from the contract alone. */
export type Setting = { name: string; label: string; meaning: string } & (
  { kind: 'choice'; choices: readonly string[] } | { kind: 'number'; rule: NumberRule }
);

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
  const words = { name, label: spacedName(name), meaning: schema.description ?? '' };
  return schema instanceof z.ZodEnum
    ? { ...words, kind: 'choice', choices: schema.options.map(String) }
    : { ...words, kind: 'number', rule: ruleOf(schema) };
}

/** The hyper-parameters of a kind of model, in the contract's order. */
export function settingsOf(model: ModelKind): readonly Setting[] {
  return settings[model];
}

export function presetValue(model: ModelKind, preset: PresetName, name: string): number | string | undefined {
  const value: unknown = new Map<string, unknown>(Object.entries(presets[model][preset] ?? {})).get(name);
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

/** What is wrong with a value, as a sentence; undefined where nothing is. */
export function complaintAbout(setting: Setting, value: NumberEntry): string | undefined {
  if (setting.kind === 'number') return complaintOf(value, setting.rule);
  return setting.choices.includes(String(value)) ? undefined : `One of ${setting.choices.join(', ')}.`;
}

/** "A whole number from 2 to 256."; nothing of a choice, which shows what there is. */
export function rangeOf(setting: Setting): string {
  return setting.kind === 'number' ? `${rangeWords(setting.rule)}.` : '';
}
