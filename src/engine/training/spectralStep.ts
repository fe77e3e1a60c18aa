import type { SpectralOptions } from '../../contract/hyperParameters.ts';
import type { Level } from '../../contract/levels.ts';
import type { SpectralGrid } from '../math/lagTable.ts';
import { lagBetween, lagCount, lagTable, tapCount, zeroLag } from '../math/lagTable.ts';
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

/** What the step needs of a trainer. */
export interface SpectralTarget {
  readonly architecture: Pick<BetaVaeArchitecture, 'decoder'>;
  readonly variables: ReadonlyMap<string, ResourceVariable>;
}

/**
 * One step down the objective of spectral independence, equation (13), on the kernels of the image, fine and
 * intermediate levels, with the maps held fixed:
 *
 *   s² = <|k̂|² ⊙ w>² = (kᵀTk)²,   w = S/<S> − 1,   ∇ₖ s² = 4 s Tk
 *
 * for every slice k of a layer's kernel and the power S of the map it slides over, in this batch. T is made of the
 * map's autocorrelation over the lags between taps (derived).
 *
 * `normalised` (our choice): k ← k − γ s Tk / (2 |Tk|²), which takes the share γ of s away to first order, whatever
 * the scale of the kernel. `gradient`: k ← k − γ s Tk / m with m the layer's mean |k|², one step size for the whole layer.
 * In both a slice changes by at most `cap` of its own length.
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
    const perLag = correlation.divNoNan(power).sub(tables.flat).mul(alive);
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

/** −γ s Tk / … for every slice, [in, 25, out]. */
export function spectralChange(slices: Tensor3D, matrices: Tensor3D, options: SpectralOptions): Tensor3D {
  return tf.tidy(() => {
    const turned = tf.matMul(matrices, slices);
    const s = slices.mul(turned).sum(1, true);
    const lengths = slices.square().sum(1, true);
    const factor =
      options.variant === 'normalised'
        ? s.divNoNan(turned.square().sum(1, true)).mul(-0.5 * options.gamma)
        : s.mul(-options.gamma).divNoNan(lengths.mean());
    const change = turned.mul(factor);
    const largest = lengths.sqrt().mul(options.cap);
    const shrink = largest.divNoNan(change.square().sum(1, true).sqrt()).minimum(1);
    return change.mul<Tensor3D>(shrink);
  });
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

const arrays = new Map<string, { transform: Float32Array; flat: Float32Array; between: Int32Array }>();

/** The constants of a layer as tensors of the caller's scope; their numbers are worked out once a process. */
function lagTensors(direction: ConvolutionLayer['direction'], size: number, grid: SpectralGrid): LagTensors {
  const key = `${direction} ${size} ${grid}`;
  let kept = arrays.get(key);
  if (kept === undefined) {
    kept = lagArrays(direction, size, grid);
    arrays.set(key, kept);
  }
  return {
    transform: tf.tensor2d(kept.transform, [kept.transform.length / lagCount, lagCount]),
    flat: tf.tensor1d(kept.flat),
    between: tf.tensor1d(kept.between, 'int32'),
  };
}

function lagArrays(
  direction: ConvolutionLayer['direction'],
  size: number,
  grid: SpectralGrid,
): { transform: Float32Array; flat: Float32Array; between: Int32Array } {
  const table = lagTable(direction, size, grid);
  const columns = size / 2 + 1;
  const transform = new Float32Array(size * columns * 2 * lagCount);
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < columns; u++) {
      if (u === 0 && v === 0) continue;
      // A column within stands for its mirror image too.
      const weight = (u === 0 || u === size / 2 ? 1 : 2) / table.kept;
      for (let lag = 0; lag < lagCount; lag++) {
        const at = table.place[lag]!;
        if (at < 0) continue;
        const turns = (v * Math.floor(at / size) + u * (at % size)) % size;
        const value = weight * Math.cos((2 * Math.PI * turns) / size);
        const row = 2 * (v * columns + u);
        transform[row * lagCount + lag] = transform[(row + 1) * lagCount + lag] = value;
      }
    }
  }
  const between = Int32Array.from({ length: tapCount * tapCount }, (_, index) =>
    lagBetween(Math.floor(index / tapCount), index % tapCount),
  );
  return { transform, flat: Float32Array.from(table.flat), between };
}
