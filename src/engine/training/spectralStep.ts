import type { SpectralOptions } from '../../contract/hyperParameters.ts';
import type { Level } from '../../contract/levels.ts';
import { independenceAtLags, independenceStep } from '../equations/spectralIndependence.eq13.ts';
import type { SliceArithmetic } from '../equations/spectralIndependence.eq13.ts';
import type { SpectralGrid } from '../math/lagTable.ts';
import {
  halfSpectrumLags,
  lagCount,
  lagsBetweenTaps,
  lagTable,
  tapCount,
  zeroLag,
} from '../math/lagTable.ts';
import type { BetaVaeArchitecture } from '../models/betaVaeArchitecture.ts';
import { kernelShape } from '../models/layers.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import type { Attribute } from '../tensorflow/rawOp.ts';
import { float32, rawOp1 } from '../tensorflow/rawOp.ts';
import type { ResourceVariable } from '../tensorflow/resourceVariable.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '../tensorflow/tf.ts';

/** The levels the paper constrains (Section 4.2), in the order of our steps: from the picture inwards. */
export const spectralLevels: readonly Level[] = ['image', 'fine', 'intermediate'];

/** Below this share of the constant's power a map's own power is rounding of float32. */
const roundingShare = 1e-9;

const complex64: Attribute = { type: 'dtype', value: 'complex64' };

/** All slices of a layer's kernel at once: taps are [in, 25, out], a number for each slice [in, 1, out]. */
const tensors: SliceArithmetic<Tensor> = {
  minus: (a, b) => a.sub(b),
  times: (a, b) => a.mul(b),
  over: (a, b) => a.divNoNan(b),
  scaled: (a, factor) => a.mul(factor),
  squared: (a) => a.square(),
  root: (a) => a.sqrt(),
  atMost: (a, limit) => a.minimum(limit),
  product: (matrices, slices) => tf.matMul(matrices, slices),
  tapSum: (a) => a.sum(1, true),
  mean: (a) => a.mean(),
};

/** What the step needs of a trainer. */
export interface SpectralTarget {
  readonly architecture: Pick<BetaVaeArchitecture, 'decoder'>;
  readonly variables: ReadonlyMap<string, ResourceVariable>;
}

/**
 * One step down the objective of spectral independence, equation (13), on the kernels of the image, fine and
 * intermediate levels, with the maps held fixed: for every slice k of a layer's kernel and the power S of the map it
 * slides over, in this batch. The equation's file has the formula.
 *
 * @param inputs the maps [B, H, W, in] that go into each decoder layer; levels not among them are left alone
 */
export function spectralStep(
  trainer: SpectralTarget,
  inputs: ReadonlyMap<Level, Tensor4D>,
  options: SpectralOptions,
): void {
  for (const level of spectralLevels) {
    const layer = trainer.architecture.decoder.find((candidate) => candidate.level === level);
    const maps = inputs.get(level);
    if (layer === undefined || maps === undefined) continue;
    const variable = trainer.variables.get(`${layer.name}.kernel`);
    if (variable === undefined) throw new Error(`the trainer has no kernel for ${layer.name}`);
    const updated = tf.tidy(() => {
      const kernel = variable.read() as Tensor4D;
      const weights = independenceMatrices(layer, maps, options.grid);
      const change = spectralChange(slicesOf(layer, kernel), weights, options);
      return kernel.add<Tensor4D>(kernelOf(layer, change));
    });
    variable.assign(updated);
    updated.dispose();
  }
}

/**
 * T = R/<S> − R₁ for each map of a layer, [in, 25, 25]; zero for a map that is constant in every picture.
 * @param maps [B, H, W, in]
 */
export function independenceMatrices(layer: ConvolutionLayer, maps: Tensor4D, grid: SpectralGrid): Tensor3D {
  return tf.tidy(() => {
    const channels = maps.shape[3];
    const tables = lagTensors(layer.direction, maps.shape[1], grid);
    const spectrum = summedPower(maps);
    const correlation = spectrum.matMul<Tensor2D>(tables.transform);
    const power = correlation.slice([0, zeroLag], [channels, 1]);
    const constant = spectrum.slice([0, 0], [channels, 1]);
    const alive = power.greater(constant.mul(roundingShare)).cast('float32');
    const perLag = independenceAtLags(tensors, { lags: correlation, power, flat: tables.flat, alive });
    return perLag.gather(tables.between, 1).reshape([channels, tapCount, tapCount]);
  });
}

/**
 * Sum over the batch of (Re V̂(u))² and (Im V̂(u))² of each map, side by side, [in, H·(W/2 + 1)·2]: maps are real, so
 * half of the columns say it all. A complex number is read as the two it is made of: its modulus costs twice as much.
 */
function summedPower(maps: Tensor4D): Tensor2D {
  const [, height, width, channels] = maps.shape;
  const planes = maps.transpose<Tensor4D>([0, 3, 1, 2]);
  const spectrum = rawOp1('RFFT2D', { Treal: float32, Tcomplex: complex64 }, [
    planes,
    tf.tensor1d([height, width], 'int32'),
  ]);
  const parts = rawOp1('Bitcast', { T: complex64, type: float32 }, [spectrum]);
  return parts
    .square()
    .sum(0)
    .reshape([channels, height * (width / 2 + 1) * 2]);
}

/** What the step adds to every slice, [in, 25, out]. */
export function spectralChange(slices: Tensor3D, matrices: Tensor3D, options: SpectralOptions): Tensor3D {
  return tf.tidy(() => independenceStep(tensors, slices, matrices, options) as Tensor3D);
}

/** A kernel as TensorFlow lays it out → [in, 25, out]. */
export function slicesOf(layer: ConvolutionLayer, kernel: Tensor4D): Tensor3D {
  const { inputChannels, outputChannels } = layer;
  const order = layer.direction === 'up' ? [3, 0, 1, 2] : [2, 0, 1, 3];
  return kernel.transpose(order).reshape([inputChannels, tapCount, outputChannels]);
}

/** [in, 25, out] → the kernel as TensorFlow lays it out. */
export function kernelOf(layer: ConvolutionLayer, slices: Tensor3D): Tensor4D {
  const [height, width] = kernelShape(layer);
  const { inputChannels, outputChannels } = layer;
  const order = layer.direction === 'up' ? [1, 2, 3, 0] : [1, 2, 0, 3];
  return slices.reshape([inputChannels, height, width, outputChannels]).transpose(order);
}

interface LagTensors {
  /** From half a power spectrum to r(l), [H·(W/2 + 1)·2, 81]; its scale is free. */
  transform: Tensor2D;
  /** r₁(l), [81] */
  flat: Tensor;
  /** The lag between taps a and b, [625] */
  between: Tensor;
}

const arrays = new Map<string, { transform: Float32Array; flat: Float32Array }>();

/** The constants of a layer as tensors of the caller's scope; their numbers are worked out once a process. */
function lagTensors(direction: ConvolutionLayer['direction'], size: number, grid: SpectralGrid): LagTensors {
  const key = `${direction} ${size} ${grid}`;
  let cached = arrays.get(key);
  if (cached === undefined) {
    const table = lagTable(direction, size, grid);
    cached = { transform: halfSpectrumLags(table), flat: Float32Array.from(table.flat) };
    arrays.set(key, cached);
  }
  return {
    transform: tf.tensor2d(cached.transform, [cached.transform.length / lagCount, lagCount]),
    flat: tf.tensor1d(cached.flat),
    between: tf.tensor1d(lagsBetweenTaps, 'int32'),
  };
}
