import type { ModelSettings } from '../../contract/runFiles.ts';
import type { NamedArray } from './safetensors.ts';
import { TrainedBetaVae } from './trainedBetaVae.ts';
import { TrainedDcgan } from './trainedDcgan.ts';

/** A model with fixed weights; `kind` says which. Both generate and can be analysed, only the β-VAE encodes. */
export type TrainedModel = TrainedBetaVae | TrainedDcgan;

/**
 * @param arrays every weight and running statistic by name, as a checkpoint holds them
 * @returns the caller's to dispose
 */
export function trainedModel(settings: ModelSettings, arrays: ReadonlyMap<string, NamedArray>): TrainedModel {
  switch (settings.kind) {
    case 'vae':
      return new TrainedBetaVae(settings.hyperParameters, arrays);
    case 'dcgan':
      return new TrainedDcgan(settings.hyperParameters, arrays);
  }
}
