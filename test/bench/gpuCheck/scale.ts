import {
  dcganPresetNames,
  dcganPresets,
  presetNames,
  vaePresets,
} from '../../../src/contract/hyperParameters.ts';
import type { TrainedSettings } from '../../../src/contract/runFiles.ts';

/** How much is done: `full` for a GPU, `small` where the program itself is tried on a processor. */
export interface Scale {
  name: 'full' | 'small';
  faces: number;
  /** Of the comparisons; half of them before the stop that a run is resumed from. */
  steps: number;
  memorySteps: number;
  timedSteps: number;
  /** Latents that spectra are taken of. */
  samples: number;
  decodings: number;
  /** The models that are compared step by step, by the names of their files. */
  compared: Record<'vae' | 'dcgan', TrainedSettings>;
  timed: TrainedSettings[];
}

export const fullScale: Scale = {
  name: 'full',
  faces: 160,
  steps: 20,
  memorySteps: 300,
  timedSteps: 20,
  samples: 64,
  decodings: 20,
  compared: { vae: vaeOf('compact', {}), dcgan: dcganOf('compact', {}) },
  timed: [
    ...presetNames.map((name) => vaeOf(name, {})),
    ...dcganPresetNames.map((name) => dcganOf(name, {})),
  ],
};

const tiny = { width: 4, latent: 8, batch: 8 };
const tinyVae = { ...tiny, fineChannels: 4 };

export const smallScale: Scale = {
  name: 'small',
  faces: 24,
  steps: 4,
  memorySteps: 40,
  timedSteps: 3,
  samples: 8,
  decodings: 2,
  compared: { vae: vaeOf('compact', tinyVae), dcgan: dcganOf('compact', tiny) },
  timed: [
    ...presetNames.map((name) => vaeOf(name, tinyVae)),
    ...dcganPresetNames.map((name) => dcganOf(name, tiny)),
  ],
};

function vaeOf(preset: (typeof presetNames)[number], changes: Partial<typeof tinyVae>): TrainedSettings {
  return { kind: 'vae', preset, hyperParameters: { ...vaePresets[preset], ...changes } };
}

function dcganOf(preset: (typeof dcganPresetNames)[number], changes: Partial<typeof tiny>): TrainedSettings {
  return { kind: 'dcgan', preset, hyperParameters: { ...dcganPresets[preset], ...changes } };
}
