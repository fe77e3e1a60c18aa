import { modelNames } from './hyperParameters.ts';
import { decodingOf } from './dataSet.ts';
import { imageLayerOf } from './runFiles.ts';
import type { RunFile } from './runFiles.ts';
import { spacedName } from './spacedName.ts';

export interface Difference {
  name: string;
  before: string;
  after: string;
}

/** What was asked differently of two runs; what they are called, and when they were begun, is no difference. */
export function differencesOf(one: RunFile, other: RunFile): Difference[] {
  const [left, right] = [settingsOf(one), settingsOf(other)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names
    .filter((name) => left.get(name) !== right.get(name))
    .map((name) => ({
      name: spacedName(name),
      before: left.get(name) ?? 'off',
      after: right.get(name) ?? 'off',
    }));
}

/** All that was asked of a run, such as "learningRate" → "0.0005" and "spectralStep gamma" → "0.1"; what is not there is off. */
export function settingsOf(run: RunFile): Map<string, string> {
  return flatten(asked(run));
}

/** How often a run is measured, on how many threads and how its image layer is computed changes nothing of what it learns. */
export const idle: readonly string[] = ['seed', 'measure every', 'threads', 'image layer'];

/** Whether two runs were asked the same but for the seed. */
export function differOnlyInSeed(one: RunFile, other: RunFile): boolean {
  return differencesOf(one, other).every(({ name }) => idle.includes(name));
}

/** Whether two runs were asked the same but for seed and spectral training. */
export function differInSpectralOnly(one: RunFile, other: RunFile): boolean {
  return differencesOf(one, other).every(({ name }) => idle.includes(name) || name.startsWith('spectral'));
}

function asked({
  model,
  data,
  seed,
  steps,
  checkpointEvery,
  measureEvery,
  spectral,
  device,
}: RunFile): object {
  return {
    model: modelNames[model.kind],
    seed,
    ...sizesOf(model),
    preset: model.preset,
    data: data.folder,
    crop: data.crop,
    decoding: decodingOf(data),
    images: data.trainingImages,
    spectral: spectral === null ? 'off' : 'on',
    ...(spectral !== null && { spectralStep: spectral }),
    steps,
    checkpointEvery,
    measureEvery,
    device: device.kind,
    threads: device.intraOpThreads,
    imageLayer: imageLayerOf({ device }),
  };
}

/** What decides a model's size; the layers of a generator from elsewhere are one setting, in a line. */
function sizesOf(model: RunFile['model']): object {
  if (model.kind !== 'imported') return model.hyperParameters;
  const { latent, size, start, layers } = model.hyperParameters;
  return {
    ...{ latent, size, layers: JSON.stringify([start, ...layers]), file: model.from.file },
    encoder: model.encoder?.from.file ?? 'none',
  };
}

/** Nested settings as "spectralStep gamma" → "0.1". */
function flatten(value: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    if (typeof part === 'object' && part !== null) {
      for (const [inner, text] of flatten(part, `${prefix}${name} `)) flat.set(inner, text);
    } else flat.set(`${prefix}${name}`, String(part));
  }
  return flat;
}
