import { hiddenStages, startStages } from '../models/generator.ts';
import { finishStage, inference } from '../models/layers.ts';
import type { Stage } from '../models/layers.ts';
import { modelNetworks } from '../models/modelNetworks.ts';
import type { ModelDefinition } from '../models/modelNetworks.ts';
import { initialWeights, weightTensors } from '../models/networkWeights.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { TrainedModel } from '../models/trainedModel.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { mergedStatistics, sliceStatistics } from './batchStatistics.ts';
import type { BatchStatistics } from './batchStatistics.ts';

/**
 * The model that a run began with: initial weights of its seed, and batch norms whose running statistics are those of
 * the given pictures and latents. Those a fresh network has (mean 0, variance 1) would leave its maps far from what
 * training ever saw, and its spectra with them.
 *
 * The pictures come in slices and are run slice by slice, layer by layer, each layer with the statistics of what
 * goes into its batch norm; these are those of all slices together, as one batch of all would give them. Without pictures the encoder's
 * or discriminator's stay a fresh network's.
 *
 * @param images [B, 64, 64, 3] each, in [−1, 1], for the encoder or discriminator
 * @param latents [B, latent] each, for the decoder or generator
 * @param rest is called between two slices: others may be answered meanwhile
 */
export async function untrainedModel(
  model: ModelDefinition,
  seed: number,
  images: readonly Tensor4D[],
  latents: readonly Tensor2D[],
  rest: () => Promise<void> = () => Promise.resolve(),
): Promise<TrainedModel> {
  const { weights: network, generator, analyser } = modelNetworks(model);
  const arrays = initialWeights(network, seed);
  const calibration: Calibration = { weights: weightTensors(network, arrays), measured: new Map(), rest };
  try {
    if (images.length > 0) {
      const seen = await calibrateAll(calibration, analyser.stages, clones(images));
      try {
        for (const head of analyser.heads) tf.dispose(await calibrate(calibration, head, clones(seen)));
      } finally {
        tf.dispose(seen);
      }
    }
    const [first, ...others] = startStages(generator);
    const start = await calibrate(calibration, first, clones(latents));
    tf.dispose(await calibrateAll(calibration, [...others, ...hiddenStages(generator)], start));
  } finally {
    tf.dispose([...calibration.weights.values()]);
  }
  return new TrainedModel(model, new Map([...arrays, ...calibration.measured]));
}

interface Calibration {
  /** Weights, with the statistics of the slices for the layers that they went through. */
  weights: Map<string, Tensor>;
  /** Running statistics by name, as a checkpoint holds them. */
  measured: Map<string, NamedArray>;
  rest: () => Promise<void>;
}

/** Runs the slices through stages, each of which takes in what the one before puts out. Takes over the slices. */
async function calibrateAll(
  calibration: Calibration,
  stages: readonly Stage<Tensor4D>[],
  slices: Tensor4D[],
): Promise<Tensor4D[]> {
  let maps = slices;
  for (const stage of stages) maps = await calibrate(calibration, stage, maps);
  return maps;
}

/** Runs the slices through a stage, whose batch norm is given their statistics on the way. Takes over the slices. */
async function calibrate<Input extends Tensor>(
  calibration: Calibration,
  stage: Stage<Input>,
  slices: readonly Input[],
): Promise<Tensor4D[]> {
  const { weights, rest } = calibration;
  const maps: Tensor4D[] = [];
  const parts: BatchStatistics[] = [];
  try {
    for (const slice of slices) {
      const put = tf.tidy(() => stage.linear(weights, slice));
      slice.dispose();
      maps.push(put);
      if (stage.normalised) parts.push(sliceStatistics(put));
      await rest();
    }
    if (stage.normalised) setStatistics(calibration, stage.name, mergedStatistics(parts));
    for (const [index, map] of maps.entries()) {
      maps[index] = tf.tidy(() => finishStage(stage, weights, map, inference));
      map.dispose();
      await rest();
    }
    return maps;
  } catch (error) {
    tf.dispose([...slices, ...maps]);
    throw error;
  }
}

/**
 * The slices go on with their own mean and variance, as a batch does in training; what is kept as the running variance is
 * the unbiased one, as TensorFlow's op keeps it.
 */
function setStatistics(
  { weights, measured }: Calibration,
  name: string,
  { count, mean, variance }: BatchStatistics,
): void {
  const unbiased = variance.map((value) => (value * count) / Math.max(1, count - 1));
  for (const [what, own, kept] of [
    ['runningMean', mean, mean],
    ['runningVariance', variance, unbiased],
  ] as const) {
    const full = `${name}.${what}`;
    measured.set(full, { shape: [kept.length], data: Float32Array.from(kept) });
    tf.dispose(weights.get(full)!);
    weights.set(full, tf.keep(tf.tensor1d(Float32Array.from(own))));
  }
}

function clones<T extends Tensor>(tensors: readonly T[]): T[] {
  return tensors.map((tensor) => tensor.clone());
}
