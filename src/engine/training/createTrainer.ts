import type { ImageLayer, TrainedSettings } from '../../contract/runFiles.ts';
import { betaVaeArchitecture } from '../models/betaVaeArchitecture.ts';
import { dcganArchitecture, dcganWeights } from '../models/dcganArchitecture.ts';
import { initialWeights } from '../models/networkWeights.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { BetaVaeTrainer } from './betaVaeTrainer.ts';
import { DcganTrainer } from './dcganTrainer.ts';
import type { Trainer } from './trainer.ts';

/** How a new run computes its image layer where nobody asks: what blocks of pixels give was measured on processors alone. */
export function usualImageLayer(device: 'cpu' | 'gpu'): ImageLayer {
  return device === 'cpu' ? 'blocks' : 'plain';
}

/**
 * @param arrays a checkpoint's weights; without them the model starts from the initial weights of the seed
 * @param imageLayer how the run computes its image layer, from its first step to its last
 */
export function createTrainer(
  settings: TrainedSettings,
  seed: number,
  arrays: ReadonlyMap<string, NamedArray> | undefined,
  imageLayer: ImageLayer = 'plain',
): Trainer {
  switch (settings.kind) {
    case 'vae': {
      const architecture = betaVaeArchitecture(settings.hyperParameters);
      return new BetaVaeTrainer(architecture, arrays ?? initialWeights(architecture, seed), imageLayer);
    }
    case 'dcgan': {
      const architecture = dcganArchitecture(settings.hyperParameters);
      return new DcganTrainer(
        architecture,
        arrays ?? initialWeights(dcganWeights(architecture), seed),
        imageLayer,
      );
    }
  }
}
