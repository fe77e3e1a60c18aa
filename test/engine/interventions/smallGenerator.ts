import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { hasEncoder, TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import type { EncodingModel } from '../../../src/engine/models/trainedModel.ts';

/** An untrained β-VAE of 4 fine channels whose image kernel is enlarged, so that its pictures use the range of tanh. */
export function smallGenerator(seed = 1): EncodingModel {
  const hyperParameters = { ...vaePresets.compact, width: 2, fineChannels: 4, latent: 5 };
  const arrays = initialWeights(betaVaeArchitecture(hyperParameters), seed);
  const kernel = arrays.get('decoder.image.kernel')!.data;
  for (let i = 0; i < kernel.length; i++) kernel[i]! *= 100;
  // Without a spread of the hidden values, batch norm with untrained statistics would leave the maps near zero.
  for (const name of ['decoder.start', 'decoder.coarse', 'decoder.intermediate', 'decoder.fine']) {
    arrays.get(`${name}.gamma`)!.data.fill(8);
  }
  const model = new TrainedModel({ kind: 'vae', hyperParameters }, arrays);
  if (!hasEncoder(model)) throw new Error('a β-VAE has an encoder');
  return model;
}
