import type { DcganHyperParameters } from '../../contract/hyperParameters.ts';
import { generate, judge } from '../models/dcgan.ts';
import { dcganArchitecture, dcganWeights } from '../models/dcganArchitecture.ts';
import type { Pass } from '../models/layers.ts';
import { initialWeights } from '../models/networkWeights.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { TrainedDcgan } from '../models/trainedDcgan.ts';
import { batchNormalizeTraining } from '../tensorflow/batchNormalization.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/**
 * The DCGAN that a run began with: initial weights of its seed, and batch norms whose running statistics are those of
 * the given pictures and latents, taken as one batch each. See `untrainedBetaVae` for the reason.
 *
 * @param images [B, 64, 64, 3] in [−1, 1], for the discriminator
 * @param latents [B, latent], for the generator
 */
export function untrainedDcgan(
  hyperParameters: DcganHyperParameters,
  seed: number,
  images: Tensor4D,
  latents: Tensor2D,
): TrainedDcgan {
  const architecture = dcganArchitecture(hyperParameters);
  const all = dcganWeights(architecture);
  const arrays = initialWeights(all, seed);
  const measured = new Map<string, NamedArray>();
  tf.tidy(() => {
    const weights = new Map<string, Tensor>();
    for (const [name, { shape, data }] of arrays) weights.set(name, tf.tensor(data, shape));
    // From zeros one pass moves the statistics by a known share of the way: dividing by it gives the batch's own.
    for (const [name, { shape }] of all.statistics) weights.set(name, tf.zeros([...shape]));
    const share = shareOfOneBatch();
    const pass: Pass = {
      mode: 'training',
      onStatistics: (name, value) => {
        measured.set(name, { shape: value.shape, data: value.dataSync<'float32'>().map((x) => x / share) });
        value.dispose();
      },
    };
    judge(architecture, weights, images, pass);
    generate(architecture, weights, latents, pass);
  });
  return new TrainedDcgan(hyperParameters, new Map([...arrays, ...measured]));
}

/** By how much one batch moves running statistics, measured on a map of ones. */
function shareOfOneBatch(): number {
  let share = 0;
  tf.tidy(() => {
    const one = tf.tensor1d([1]);
    const zero = tf.tensor1d([0]);
    batchNormalizeTraining(tf.ones([1, 2, 1, 1]), one, zero, { mean: zero, variance: zero }, (statistics) => {
      share = statistics.mean.dataSync<'float32'>()[0]!;
      tf.dispose([statistics.mean, statistics.variance]);
    });
  });
  return share;
}
