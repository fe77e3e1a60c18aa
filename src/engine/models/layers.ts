import type { Doubling } from '../../contract/importedModel.ts';
import type { Level } from '../../contract/levels.ts';
import { addBias } from '../tensorflow/addBias.ts';
import { batchNormalizeInference, batchNormalizeTraining } from '../tensorflow/batchNormalization.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor1D, Tensor4D } from '../tensorflow/tf.ts';

/** Side of every kernel, in pixels. */
export const kernelSize = 5;

/** Weights and running statistics by name. */
export type Weights = ReadonlyMap<string, Tensor>;

/** A 5×5 convolution with SAME padding, followed by batch norm and ReLU unless it puts out the image. */
export interface ConvolutionLayer {
  /** Prefix of its weights' names, for example `decoder.fine`. */
  name: string;
  level: Level;
  /** `down` strides by 2, `up` is the transposed convolution with stride 2, `same` keeps the size. */
  direction: 'down' | 'up' | 'same';
  inputSize: number;
  outputSize: number;
  inputChannels: number;
  outputChannels: number;
  /** False for a layer with a bias instead: of models trained here the image layer alone, whose non-linearity is the caller's. */
  normalised: boolean;
  /** What follows batch norm or bias in a hidden layer; ReLU where it is not said. */
  activate?: (maps: Tensor4D) => Tensor4D;
  /** How its maps are doubled in size after that, before anybody sees them; not at all where it is not said. */
  doubled?: Doubling | undefined;
  /** Of a transposed convolution: the pixels cut off before the first where it is not the one that SAME cuts. */
  cut?: number | undefined;
  /** Outputs that are not one again: of the layer that puts out a grey picture, its three colours alike, 1; all where it is not said. */
  ownOutputs?: number | undefined;
  /** The taps of 5×5 that its kernel has, where it has fewer: the others are 0. */
  taps?: readonly number[] | undefined;
}

/** How a layer is run: with the batch's own statistics, or with the running ones. */
export type Pass =
  | { mode: 'inference' }
  /** Receives the running statistics after this batch, by name; the receiver disposes them. */
  | {
      mode: 'training';
      onStatistics: (name: string, value: Tensor1D) => void;
      /** Sees the maps that go into each decoder layer; who wants them beyond the pass keeps them. */
      onInput?: (level: Level, maps: Tensor4D) => void;
      /** Other ways to compute the same functions; without them layers and networks have their own. */
      ways?: Partial<Ways>;
    };

/** A layer's convolution: x [B, H, W, in] → [B, H', W', out]. */
export type Convolve = (layer: ConvolutionLayer, kernel: Tensor4D, x: Tensor4D) => Tensor4D;

export interface Ways {
  convolve: Convolve;
  /** Of the layer that puts out the picture. [B, H, W, 3], [3] → [B, H, W, 3] */
  addImageBias: (picture: Tensor4D, bias: Tensor1D) => Tensor4D;
}

export const inference: Pass = { mode: 'inference' };

export function weight(weights: Weights, name: string): Tensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new Error(`the model has no weight named ${name}`);
  return tensor;
}

/** Shape of a layer's kernel: [5, 5, in, out]; for `up` [5, 5, out, in], as TensorFlow's transposed convolution wants. */
export function kernelShape(layer: ConvolutionLayer): [number, number, number, number] {
  const { inputChannels, outputChannels } = layer;
  return layer.direction === 'up'
    ? [kernelSize, kernelSize, outputChannels, inputChannels]
    : [kernelSize, kernelSize, inputChannels, outputChannels];
}

/** The convolution alone: x [B, H, W, in] → [B, H', W', out]. */
export function convolve(layer: ConvolutionLayer, kernel: Tensor4D, x: Tensor4D): Tensor4D {
  switch (layer.direction) {
    case 'down':
      return tf.conv2d(x, kernel, 2, 'same');
    case 'same':
      return tf.tidy(() => tf.conv2d(x, ownTaps(layer, kernel), 1, 'same'));
    case 'up':
      return transposedConvolution(layer, kernel, x);
  }
}

/** The part of a kernel in 5×5 that is not zeros, where SAME places it alike: of `same` about its middle, of `up` 4×4 at its beginning. */
export function ownTaps({ direction, taps }: ConvolutionLayer, kernel: Tensor4D): Tensor4D {
  const side = taps === undefined ? kernelSize : Math.sqrt(taps.length);
  if (side === kernelSize || (direction === 'up' && side !== kernelSize - 1)) return kernel;
  if (kernel.shape[0] === side) return kernel;
  const first = Math.floor(taps![0]! / kernelSize);
  const [, , third, fourth] = kernel.shape;
  return kernel.slice<Tensor4D>([first, first, 0, 0], [side, side, third, fourth]);
}

/** Pixels that TensorFlow's SAME cuts before the first of a transposed 5×5 convolution with stride 2. */
export const cutOfSame = 1;

function transposedConvolution(layer: ConvolutionLayer, kernel: Tensor4D, x: Tensor4D): Tensor4D {
  const { outputChannels, cut = cutOfSame } = layer;
  const [batch, height] = x.shape;
  const side = 2 * height;
  if (cut === cutOfSame) {
    return tf.tidy(() =>
      tf.conv2dTranspose(x, ownTaps(layer, kernel), [batch, side, side, outputChannels], 2, 'same'),
    );
  }
  const whole = side + kernelSize - 2;
  return tf.tidy(() =>
    tf
      .conv2dTranspose(x, kernel, [batch, whole, whole, outputChannels], 2, 'valid')
      .slice<Tensor4D>([0, cut, cut, 0], [batch, side, side, outputChannels]),
  );
}

/** Maps of twice the side, [B, H, W, C] → [B, 2H, 2W, C]. */
export function doubled(maps: Tensor4D, way: Doubling): Tensor4D {
  const side: [number, number] = [2 * maps.shape[1], 2 * maps.shape[2]];
  return way === 'nearest'
    ? tf.image.resizeNearestNeighbor(maps, side, false, false)
    : tf.image.resizeBilinear(maps, side, false, true);
}

/**
 * A layer in the parts that all share who run it: in training, once it is trained, and where an untrained network's
 * statistics are measured between its linear part and its batch norm.
 */
export interface Stage<Input extends Tensor> {
  /** Prefix of its weights' names. */
  readonly name: string;
  /** Whether batch norm follows the linear part; a bias does otherwise. */
  readonly normalised: boolean;
  /** Neither does. */
  readonly isPlain?: boolean;
  /** x [B, …] → maps [B, H, W, C]; `convolution` in place of `convolve` where it is given. */
  readonly linear: (weights: Weights, x: Input, convolution?: Convolve) => Tensor4D;
  readonly activate: (maps: Tensor4D) => Tensor4D;
}

export function convolutionStage(
  layer: ConvolutionLayer,
  activate: Stage<Tensor4D>['activate'],
): Stage<Tensor4D> {
  const { name, normalised, doubled: way } = layer;
  return {
    name,
    normalised,
    linear: (weights, x, convolution = convolve) =>
      convolution(
        layer,
        (weights.get(`${name}.ownKernel`) ?? weight(weights, `${name}.kernel`)) as Tensor4D,
        x,
      ),
    activate: way === undefined ? activate : (maps) => doubled(activate(maps), way),
  };
}

export function runStage<Input extends Tensor>(
  stage: Stage<Input>,
  weights: Weights,
  x: Input,
  pass: Pass,
): Tensor4D {
  return finishStage(stage, weights, stage.linear(weights, x, waysOf(pass).convolve), pass);
}

export function waysOf(pass: Pass): Partial<Ways> {
  return (pass.mode === 'training' && pass.ways) || {};
}

/** What comes after a stage's linear part: batch norm or bias, and its non-linearity. */
export function finishStage(
  { name, normalised, isPlain, activate }: Omit<Stage<never>, 'linear'>,
  weights: Weights,
  maps: Tensor4D,
  pass: Pass,
): Tensor4D {
  if (isPlain === true) return activate(maps);
  return activate(
    normalised
      ? normalise(name, weights, maps, pass)
      : addBias(maps, weight(weights, `${name}.bias`) as Tensor1D),
  );
}

/** Batch norm over batch, height and width; the weights are `<name>.gamma` and so on. */
function normalise(name: string, weights: Weights, x: Tensor4D, pass: Pass): Tensor4D {
  const gamma = weight(weights, `${name}.gamma`) as Tensor1D;
  const beta = weight(weights, `${name}.beta`) as Tensor1D;
  const running = {
    mean: weight(weights, `${name}.runningMean`) as Tensor1D,
    variance: weight(weights, `${name}.runningVariance`) as Tensor1D,
  };
  if (pass.mode === 'inference') return batchNormalizeInference(x, gamma, beta, running);
  return batchNormalizeTraining(x, gamma, beta, running, ({ mean, variance }) => {
    pass.onStatistics(`${name}.runningMean`, mean);
    pass.onStatistics(`${name}.runningVariance`, variance);
  });
}
