import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import type { VaeHyperParameters } from '../../../src/contract/hyperParameters.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { hasEncoder, TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import type { EncodingModel } from '../../../src/engine/models/trainedModel.ts';

export const tinyParameters: VaeHyperParameters = {
  ...vaePresets.compact,
  ...{ width: 2, fineChannels: 4, latent: 4, batch: 8, logVarianceHead: 'linear' },
};

/** A network of few channels with random weights, large enough that its pictures differ. */
export function tinyVae(seed = 1): EncodingModel {
  const arrays = initialWeights(betaVaeArchitecture(tinyParameters), seed);
  for (const [name, { data }] of arrays)
    if (name.endsWith('.kernel')) data.forEach((x, i) => (data[i] = 10 * x));
  const model = new TrainedModel({ kind: 'vae', hyperParameters: tinyParameters }, arrays);
  if (!hasEncoder(model)) throw new Error('a β-VAE has an encoder');
  return model;
}
