import { sizeOf } from '../models/safetensors.ts';

/*
 * TensorFlow keeps the channels of maps last, [B, H, W, C]; ONNX and PyTorch keep them first, [B, C, H, W]. Kernels and
 * the matrices that begin or end at flattened maps follow.
 */

/**
 * An array with its axes in another order.
 * @param order which old axis each new one is, for example [3, 2, 0, 1]
 */
export function transposed(
  data: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): { shape: number[]; data: Float32Array } {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const to = order.map((axis) => shape[axis]!);
  const steps = order.map((axis) => strides[axis]!);
  const result = new Float32Array(data.length);
  const place = to.map(() => 0);
  let from = 0;
  for (let at = 0; at < result.length; at++) {
    result[at] = data[from]!;
    // Counts up like an odometer, and keeps the old place along with it.
    for (let axis = to.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      place[axis]! += 1;
      if (place[axis]! < to[axis]!) break;
      from -= steps[axis]! * to[axis]!;
      place[axis] = 0;
    }
  }
  return { shape: to, data: result };
}

/**
 * A convolution's kernel: [kh, kw, in, out] → [out, in, kh, kw]; of a transposed one [kh, kw, out, in] → [in, out, kh, kw].
 * Both are the same order of axes.
 */
export function kernelChannelsFirst(
  data: Float32Array,
  shape: readonly number[],
): { shape: number[]; data: Float32Array } {
  return transposed(data, shape, [3, 2, 0, 1]);
}

/** The columns of a matrix [from, side · side · channels] from the order of H, W, C to that of C, H, W. */
export function columnsChannelsFirst(data: Float32Array, side: number, channels: number): Float32Array {
  const rows = data.length / (side * side * channels);
  return transposed(data, [rows, side, side, channels], [0, 3, 1, 2]).data;
}

/** The rows of a matrix [side · side · channels, to] from the order of H, W, C to that of C, H, W. */
export function rowsChannelsFirst(data: Float32Array, side: number, channels: number): Float32Array {
  const columns = data.length / (side * side * channels);
  return transposed(data, [side, side, channels, columns], [2, 0, 1, 3]).data;
}

/** The columns of a matrix [from, channels · side · side] from the order of C, H, W to that of H, W, C. */
export function columnsChannelsLast(data: Float32Array, side: number, channels: number): Float32Array {
  const rows = data.length / (side * side * channels);
  return transposed(data, [rows, channels, side, side], [0, 2, 3, 1]).data;
}

/** The rows of a matrix [channels · side · side, to] from the order of C, H, W to that of H, W, C. */
export function rowsChannelsLast(data: Float32Array, side: number, channels: number): Float32Array {
  const columns = data.length / (side * side * channels);
  return transposed(data, [channels, side, side, columns], [1, 2, 0, 3]).data;
}
