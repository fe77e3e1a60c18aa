import type { DcganHyperParameters } from '../../contract/hyperParameters.ts';
import { generate, judge } from '../models/dcgan.ts';
import { dcganArchitecture, dcganWeights } from '../models/dcganArchitecture.ts';
import type { Pass } from '../models/layers.ts';
import { initialWeights } from '../models/networkWeights.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { TrainedDcgan } from '../models/trainedDcgan.ts';
import { runningShare } from '../tensorflow/batchNormalization.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/**
 * The DCGAN that a run began with: initial weights of its seed, and batch norms whose running statistics are those of
 * the given latents in the generator and of the given pictures in the discriminator.
 *
 * @param images [B, 64, 64, 3] in [−1, 1]; null leaves the discriminator's as a fresh network has them
 * @param latents [B, latent]
 */
export function untrainedDcgan(
  hyperParameters: DcganHyperParameters,
  seed: number,
  images: Tensor4D | null,
  latents: Tensor2D,
): TrainedDcgan {
  const architecture = dcganArchitecture(hyperParameters);
  const network = dcganWeights(architecture);
  const arrays = initialWeights(network, seed);
  const measured = new Map<string, NamedArray>();
  tf.tidy(() => {
    const weights = new Map<string, Tensor>();
    for (const [name, { shape, data }] of arrays) weights.set(name, tf.tensor(data, shape));
    // From zeros one pass moves the statistics by a known share of the way: dividing by it gives the batch's own.
    for (const [name, { shape }] of network.statistics) weights.set(name, tf.zeros([...shape]));
    const pass: Pass = {
      mode: 'training',
      onStatistics: (name, value) => {
        const data = value.dataSync<'float32'>().map((x) => x / runningShare);
        measured.set(name, { shape: value.shape, data });
        value.dispose();
      },
    };
    generate(architecture, weights, latents, pass);
    if (images !== null) judge(architecture, weights, images, pass);
  });
  return new TrainedDcgan(hyperParameters, new Map([...arrays, ...measured]));
}
