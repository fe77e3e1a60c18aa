import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import type { VaeHyperParameters } from '../../../src/contract/hyperParameters.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { TrainedBetaVae } from '../../../src/engine/models/trainedBetaVae.ts';

export const tinyParameters: VaeHyperParameters = {
  ...vaePresets.compact,
  ...{ width: 2, fineChannels: 4, latent: 4, batch: 8 },
};

/** A network of few channels with random weights, large enough that its pictures differ. */
export function tinyVae(seed = 1): TrainedBetaVae {
  const arrays = initialWeights(betaVaeArchitecture(tinyParameters), seed);
  for (const [name, { data }] of arrays)
    if (name.endsWith('.kernel')) data.forEach((x, i) => (data[i] = 10 * x));
  return new TrainedBetaVae(tinyParameters, arrays);
}
