import { spectralDefaults, vaePresets } from '../../../../src/contract/hyperParameters.ts';
import type { KnownRun } from '../../../../src/renderer/pages/analyse/seedGroups.ts';

/** A run as the page hears of it; what is not given is the same for all. */
export function knownRun(
  ref: string,
  { seed = 0, steps = 100, isSpectral = false }: { seed?: number; steps?: number; isSpectral?: boolean },
): KnownRun {
  return {
    ref,
    run: {
      version: 1,
      id: ref,
      createdAt: '2026-01-01T00:00:00.000Z',
      model: { kind: 'vae', preset: 'compact', hyperParameters: vaePresets.compact },
      data: { folder: '/faces', crop: 'vae', size: 64, key: 'k', trainingImages: 100 },
      ...{ seed, steps, checkpointEvery: 10, measureEvery: 5, tensorboard: false },
      spectral: isSpectral ? spectralDefaults : null,
      versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
      device: { kind: 'cpu', intraOpThreads: 2, interOpThreads: 2 },
    },
  };
}
