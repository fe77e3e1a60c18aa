import type { VaeHyperParameters } from '../../contract/hyperParameters.ts';
import { betaVaeArchitecture, startSize } from '../models/betaVaeArchitecture.ts';
import type { BetaVaeArchitecture } from '../models/betaVaeArchitecture.ts';
import { convolve, weight } from '../models/layers.ts';
import type { Weights } from '../models/layers.ts';
import { initialWeights } from '../models/networkWeights.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { TrainedBetaVae } from '../models/trainedBetaVae.ts';
import { relu } from '../tensorflow/activations.ts';
import { batchNormalizeInference } from '../tensorflow/batchNormalization.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { mergedStatistics, sliceStatistics } from './batchStatistics.ts';
import type { BatchStatistics } from './batchStatistics.ts';

/**
 * The network that a run began with: initial weights of its seed, and batch norms whose running statistics are those of
 * the given pictures and latents. Those a fresh network has (mean 0, variance 1) would leave its maps far from what
 * training ever saw, and its spectra with them.
 *
 * The pictures come in slices and are run slice by slice, layer by layer; the statistics are those of all slices
 * together, as one batch of all would give them. Without pictures the encoder's stay a fresh network's.
 *
 * @param images [B, 64, 64, 3] each, in [−1, 1], for the encoder; `latents` [B, latent] each, for the decoder
 * @param rest is called between two slices: others may be answered meanwhile
 */
export async function untrainedBetaVae(
  hyperParameters: VaeHyperParameters,
  seed: number,
  images: readonly Tensor4D[],
  latents: readonly Tensor2D[],
  rest: () => Promise<void> = () => Promise.resolve(),
): Promise<TrainedBetaVae> {
  const architecture = betaVaeArchitecture(hyperParameters);
  const arrays = initialWeights(architecture, seed);
  const weights = new Map<string, Tensor>();
  for (const [name, { shape, data }] of arrays) weights.set(name, tf.tensor(data, shape));
  const measured = new Map<string, NamedArray>();
  const walk: Walk = { architecture, weights, measured, rest };
  try {
    if (images.length > 0) await measureEncoder(walk, images);
    await measureDecoder(walk, latents);
  } finally {
    tf.dispose([...weights.values()]);
  }
  return new TrainedBetaVae(hyperParameters, new Map([...arrays, ...measured]));
}

interface Walk {
  architecture: BetaVaeArchitecture;
  weights: Weights;
  /** Running statistics by name, as a checkpoint holds them. */
  measured: Map<string, NamedArray>;
  rest: () => Promise<void>;
}

async function measureEncoder(walk: Walk, images: readonly Tensor4D[]): Promise<void> {
  const { architecture, weights } = walk;
  let maps: Tensor4D[] = images.map((slice) => slice.clone());
  try {
    for (const layer of architecture.encoder) {
      const kernel = weight(weights, `${layer.name}.kernel`) as Tensor4D;
      maps = await through(walk, layer.name, maps, (slice) => convolve(layer, kernel, slice));
    }
    if (architecture.hyperParameters.logVarianceHead === 'linear') return;
    for (const head of ['encoder.mean', 'encoder.logVariance']) {
      const rows = await through(
        walk,
        head,
        maps.map((slice) => slice.clone()),
        (slice) =>
          dense(weights, head, slice.reshape([slice.shape[0], architecture.encodedLength])).reshape([
            slice.shape[0],
            ...[1, 1, architecture.hyperParameters.latent],
          ]),
      );
      tf.dispose(rows);
    }
  } finally {
    tf.dispose(maps);
  }
}

async function measureDecoder(walk: Walk, latents: readonly Tensor2D[]): Promise<void> {
  const { architecture, weights } = walk;
  const rows = latents.map((slice) => slice.clone());
  let maps = await through(walk, 'decoder.start', rows, (slice) =>
    dense(weights, 'decoder.start', slice).reshape([
      slice.shape[0],
      startSize,
      startSize,
      architecture.startChannels,
    ]),
  );
  try {
    for (const layer of architecture.decoder) {
      if (layer.level === 'image') continue;
      const kernel = weight(weights, `${layer.name}.kernel`) as Tensor4D;
      maps = await through(walk, layer.name, maps, (slice) => convolve(layer, kernel, slice));
    }
  } finally {
    tf.dispose(maps);
  }
}

function dense(weights: Weights, name: string, x: Tensor2D): Tensor2D {
  return tf.matMul(x, weight(weights, `${name}.matrix`) as Tensor2D).add(weight(weights, `${name}.bias`));
}

/** A layer, its batch norm and its ReLU, slice by slice; the statistics are kept. Takes over the slices. */
async function through<T extends Tensor>(
  { weights, measured, rest }: Walk,
  name: string,
  slices: readonly T[],
  layer: (slice: T) => Tensor4D,
): Promise<Tensor4D[]> {
  const maps: Tensor4D[] = [];
  const parts: BatchStatistics[] = [];
  try {
    for (const slice of slices) {
      const put = tf.tidy(() => layer(slice));
      slice.dispose();
      maps.push(put);
      parts.push(sliceStatistics(put));
      await rest();
    }
    const { count, mean, variance } = mergedStatistics(parts);
    const keep = (what: string, data: Float64Array): void => {
      measured.set(`${name}.${what}`, { shape: [data.length], data: Float32Array.from(data) });
    };
    keep('runningMean', mean);
    // The running variance is the unbiased one, as TensorFlow's op keeps it.
    keep(
      'runningVariance',
      variance.map((value) => (value * count) / Math.max(1, count - 1)),
    );
    const running = {
      mean: tf.tensor1d(Float32Array.from(mean)),
      variance: tf.tensor1d(Float32Array.from(variance)),
    };
    const [gamma, beta] = ['gamma', 'beta'].map((what) => weight(weights, `${name}.${what}`) as Tensor1D);
    for (const [index, map] of maps.entries()) {
      maps[index] = tf.tidy(() => relu(batchNormalizeInference(map, gamma!, beta!, running)));
      map.dispose();
      await rest();
    }
    tf.dispose([running.mean, running.variance]);
    return maps;
  } catch (error) {
    tf.dispose([...slices, ...maps]);
    throw error;
  }
}
