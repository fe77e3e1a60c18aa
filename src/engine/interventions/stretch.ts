import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';

export type Axis = 'horizontal' | 'vertical';

/**
 * Stretches maps or pictures about their centre, at the same size (paper, Sec. 4.1):
 *   y(x) = v(c + (x − c) / factor),  c = (W − 1) / 2,
 * straight lines between pixels. A factor above 1 moves content outwards and cuts what leaves the frame; below 1 it moves
 * inwards, and what would come from outside the frame is the nearest edge pixel. The paper leaves interpolation, centre
 * and borders open; these are our choice.
 *
 * @param x [B, H, W, C]
 * @param factor above 0; 1 gives back every bit
 * @returns [B, H, W, C]; differentiable
 */
export function stretch(x: Tensor4D, axis: Axis, factor: number): Tensor4D {
  if (!(factor > 0 && Number.isFinite(factor))) throw new RangeError(`a stretch by ${factor}`);
  if (factor === 1) return x.clone();
  const dimension = axis === 'horizontal' ? 2 : 1;
  const { below, share } = sources(x.shape[dimension], factor);
  return tf.tidy(() => {
    const shape: [number, number, number, number] = [1, 1, 1, 1];
    shape[dimension] = share.length;
    const weight = tf.tensor4d(share, shape);
    const low = tf.gather(x, tf.tensor1d(below, 'int32'), dimension);
    const above = below.map((index) => Math.min(index + 1, share.length - 1));
    const high = tf.gather(x, tf.tensor1d(above, 'int32'), dimension);
    return low.add<Tensor4D>(high.sub<Tensor4D>(low).mul(weight));
  });
}

/** Where each pixel comes from: `below` + `share` of the way to the next pixel. */
function sources(length: number, factor: number): { below: Int32Array; share: Float32Array } {
  const below = new Int32Array(length);
  const share = new Float32Array(length);
  const centre = (length - 1) / 2;
  for (let x = 0; x < length; x++) {
    const from = Math.min(length - 1, Math.max(0, centre + (x - centre) / factor));
    below[x] = Math.floor(from);
    share[x] = from - below[x]!;
  }
  return { below, share };
}

/**
 * The same stretch as a matrix that a line of pixels is multiplied by: new = matrix · old.
 * @returns [length, length], rows first
 */
export function stretchMatrix(length: number, factor: number): Float32Array {
  const { below, share } = sources(length, factor);
  const matrix = new Float32Array(length * length);
  for (let x = 0; x < length; x++) {
    const low = below[x]!;
    const high = Math.min(low + 1, length - 1);
    matrix[x * length + low]! += 1 - share[x]!;
    matrix[x * length + high]! += share[x]!;
  }
  return matrix;
}
