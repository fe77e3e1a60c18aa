import { StudioError } from '../../contract/errors.ts';
import { firstNonFinite } from '../math/firstNonFinite.ts';
import { createRandom } from '../math/random.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor } from '../tensorflow/tf.ts';
import { kernelShape } from './layers.ts';
import type { ConvolutionLayer } from './layers.ts';
import type { NamedArray } from './safetensors.ts';
import { sizeOf } from './safetensors.ts';

/** A weight’s shape and how it is initialised: constant, or normal around a mean. */
export interface Initialiser {
  shape: readonly number[];
  mean: number;
  deviation: number;
  /** The taps of a kernel that are not 0, where it has fewer than 5×5. */
  taps?: readonly number[] | undefined;
}

/** The weights of a network by name, and how they are initialised. */
export interface NetworkWeights {
  /** What the optimiser moves. */
  trained: ReadonlyMap<string, Initialiser>;
  /** Running means and variances of the batch norms. */
  statistics: ReadonlyMap<string, Initialiser>;
}

/** Collects a network's weights: kernels and matrices from N(0, 0.02²), γ from N(1, 0.02²), the rest 0 (the base codes). */
export class ParameterSpec implements NetworkWeights {
  readonly trained = new Map<string, Initialiser>();
  readonly statistics = new Map<string, Initialiser>();

  /** A convolution's kernel, with batch norm where the layer has one, else with a bias. */
  convolution(layer: ConvolutionLayer): void {
    const { taps } = layer;
    this.trained.set(`${layer.name}.kernel`, { shape: kernelShape(layer), mean: 0, deviation: 0.02, taps });
    if (layer.normalised) this.batchNorm(layer.name, layer.outputChannels);
    else this.bias(layer.name, layer.outputChannels);
  }

  matrix(name: string, from: number, to: number): void {
    this.trained.set(`${name}.matrix`, { shape: [from, to], mean: 0, deviation: 0.02 });
  }

  /** A matrix that is 0 before the first step: what it puts out begins at its bias. */
  zeroMatrix(name: string, from: number, to: number): void {
    this.trained.set(`${name}.matrix`, { shape: [from, to], mean: 0, deviation: 0 });
  }

  bias(name: string, channels: number): void {
    this.trained.set(`${name}.bias`, { shape: [channels], mean: 0, deviation: 0 });
  }

  batchNorm(name: string, channels: number): void {
    this.trained.set(`${name}.gamma`, { shape: [channels], mean: 1, deviation: 0.02 });
    this.trained.set(`${name}.beta`, { shape: [channels], mean: 0, deviation: 0 });
    this.statistics.set(`${name}.runningMean`, { shape: [channels], mean: 0, deviation: 0 });
    this.statistics.set(`${name}.runningVariance`, { shape: [channels], mean: 1, deviation: 0 });
  }
}

/** A layer with batch norm whose output's side follows from its direction. */
export function convolutionLayer(
  part: 'encoder' | 'decoder' | 'generator' | 'discriminator',
  level: ConvolutionLayer['level'],
  direction: ConvolutionLayer['direction'],
  inputSize: number,
  inputChannels: number,
  outputChannels: number,
): ConvolutionLayer {
  const outputSize = direction === 'up' ? inputSize * 2 : direction === 'down' ? inputSize / 2 : inputSize;
  const name = `${part}.${level}`;
  return { name, level, direction, inputSize, outputSize, inputChannels, outputChannels, normalised: true };
}

/** The weights and statistics before the first step. */
export function initialWeights(network: NetworkWeights, seed: number): Map<string, NamedArray> {
  const arrays = new Map<string, NamedArray>();
  let stream = 0;
  for (const [name, { shape, mean, deviation, taps }] of [...network.trained, ...network.statistics]) {
    const random = createRandom(seed, stream);
    stream += 1;
    const data = new Float32Array(sizeOf(shape)).fill(mean);
    if (deviation > 0) for (let i = 0; i < data.length; i++) data[i] = mean + deviation * random.normal();
    if (taps !== undefined) keepTaps(data, shape, taps);
    arrays.set(name, { shape: [...shape], data });
  }
  return arrays;
}

/** Sets the other taps of a kernel [5, 5, …] to 0. */
function keepTaps(data: Float32Array, shape: readonly number[], taps: readonly number[]): void {
  const each = data.length / (shape[0]! * shape[1]!);
  for (let tap = 0; tap * each < data.length; tap++) {
    if (!taps.includes(tap)) data.fill(0, tap * each, (tap + 1) * each);
  }
}

/**
 * Holds the arrays of a file against the network that they are meant for.
 * @param source what holds them, for the sentence
 * @throws StudioError `damaged` where one is missing, has another shape, or a value that is no finite number
 */
export function requireArrays(
  network: NetworkWeights,
  arrays: ReadonlyMap<string, NamedArray>,
  source: string,
): void {
  for (const [name, { shape }] of [...network.trained, ...network.statistics]) {
    requireArray(arrays.get(name), name, shape, source);
  }
}

/** The same of the optimiser's moments, two for each trained weight: `m.<name>` and `v.<name>`. */
export function requireMoments(
  network: NetworkWeights,
  moments: ReadonlyMap<string, NamedArray>,
  source: string,
): void {
  for (const [name, { shape }] of network.trained) {
    for (const each of [`m.${name}`, `v.${name}`]) requireArray(moments.get(each), each, shape, source);
  }
}

function requireArray(
  array: NamedArray | undefined,
  name: string,
  shape: readonly number[],
  source: string,
): void {
  const refused = (reason: string): StudioError =>
    new StudioError('damaged', `${source} cannot be used: ${reason}. Use another checkpoint.`);
  if (array === undefined) throw refused(`it lacks ${name}, so it is of another model`);
  if (array.shape.join() !== shape.join()) {
    throw refused(
      `${name} is ${array.shape.join(' × ')}, not ${shape.join(' × ')}, so it is of another model`,
    );
  }
  const wrong = firstNonFinite(array.data);
  if (wrong >= 0) {
    throw refused(
      `${name} holds ${array.data[wrong]!}, which is not finite, so training had diverged by then`,
    );
  }
}

/** Every weight and statistic of a network as a tensor that is kept until its owner disposes it. */
export function weightTensors(
  network: NetworkWeights,
  arrays: ReadonlyMap<string, NamedArray>,
): Map<string, Tensor> {
  const named = [...network.trained.keys(), ...network.statistics.keys()].map((name) => {
    const array = arrays.get(name);
    if (array === undefined) throw new Error(`the weights file lacks ${name}`);
    return [name, array] as const;
  });
  // Only now: where one is missing, no tensor may stay.
  return new Map(named.map(([name, { data, shape }]) => [name, tf.keep(tf.tensor(data, shape))]));
}
